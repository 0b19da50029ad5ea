"""What ClickCall knows about one finish reason of the provider."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Who(StrEnum):
    """Who can do something about it; CLIENT: nobody here, at most one tries again later."""

    ME = "me"
    ADMIN = "admin"
    PROVIDER = "provider"
    CLIENT = "client"


class Group(StrEnum):
    """The groups of finish_reasons.json."""

    NORMAL = "normal"
    SOMEONE_ELSE = "someone_else"
    CLIENT = "client"
    ME = "me"
    SETTINGS = "settings"
    LIMITS = "limits"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Reason:
    """A cause that begins in lower case, what to do, and who can do it; `%(brand)s` is the account's brand.

    `others` is the cause as it is read by anybody but the caller, `%(name)s`; None where nobody is spoken to.
    `short` are the pill's words where the group's own would be wrong. `midway`: the client's phone may have rung before
    it, though no leg told us so. `beyond`: says more than the heading of its status.
    """

    cause: "StrPromise"
    remedy: "StrPromise"
    who: Who
    others: "StrPromise | None" = None
    short: "StrPromise | None" = None
    midway: bool = False
    beyond: bool = False
