"""A call as one row of a log: who called whom, and beside the outcome the few words that explain it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..calls import endings
from ..calls.causes import explain
from ..calls.wording import who
from ..models import Call, Origin, Status


@dataclass(frozen=True, slots=True)
class Row:
    call: Call
    caller: str
    called: str
    detail: str
    waited: int | None  # seconds until the contact was given up


def rows(calls: Iterable[Call]) -> list[Row]:
    return [Row(call, *people(call), detail(call), _waited(call)) for call in calls]


def _waited(call: Call) -> int | None:
    return call.wait_duration if call.status == Status.NO_ANSWER else None


def people(call: Call) -> tuple[str, str]:
    """Who called and who was called."""
    ours = call.member_name or call.answered_by or call.number_name or _("Us")
    return (who(call), ours) if call.origin == Origin.INBOUND else (ours, who(call))


def detail(call: Call) -> str:
    """What the outcome's own words leave open; empty where they say it all."""
    brand = str(call.account.brand_name)
    match call.status:
        case Status.YOU_MISSED | Status.YOU_OFFLINE:
            called = endings.client_was_called(call)
            return _("the client was called and waited") if called else _("the client was not called")
        case Status.SOMEBODY_ELSE:
            return call.answered_by
        case Status.REFUSED | Status.NOT_SENT:
            return explain(call.cause, brand)[0]
        case Status.UNKNOWN:
            return _("the answer of %(brand)s got lost") % {"brand": brand}
        case Status.NOT_PLACED:
            return _("checked with %(brand)s") % {"brand": brand}
    return ""
