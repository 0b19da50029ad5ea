"""What a press would need, known before it: the number, the preset, and why a button is grey."""

from functools import cache, cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ..accounts.standing import standing
from ..models import Direction, FirstCall, Member, Preset, VirtualNumber
from ..models.prepared import PreparedModels
from ..numbers.troubles import OF_MY_NUMBER
from ..points import Pause

# "Ordinary call": the salesperson is rung first and hears the client's line instead of music.
ORDINARY: dict[str, Any] = {
    "first_call": FirstCall.EMPLOYEE.value,
    "switch_at_once": True,
    "early_switching": True,
    "direction": Direction.OUT.value,
}


_DEFAULT_PRESET = PreparedModels(
    int, ask=lambda account: Preset.objects.active().filter(account_id=account, is_default=True).order_by()
)


class Preflight:
    """What the buttons of one page share; each thing is looked up when it is first needed, and once."""

    def __init__(self, member: Member) -> None:
        self.member = member

    @cached_property
    def preset(self) -> Preset | None:
        """The account's own way to call; without one it is `ORDINARY`."""
        return next(iter(_DEFAULT_PRESET.instances(self.member.account_id)), None)

    @cached_property
    def number(self) -> VirtualNumber | None:
        """The member's own number, if it is in use. A default number is always one that the member may use."""
        number = self.member.default_number
        return number if number and number.trouble in ("", "no_scenario") else None

    @cached_property
    def blocked(self) -> str:
        """Why no press can work now, and who helps; empty = ready."""
        own = self.member.default_number
        if own is None:
            if self.member.is_admin:
                return _("You have no number to call from. Take one under “Numbers”.")
            return _("You have no number to call from. The admin can give you one.")
        if own.trouble:
            return str(OF_MY_NUMBER[own.trouble]) % {"brand": self.brand}
        if not standing(self.member).keys:
            return _("ClickCall has no access key yet. The admin can add one under “Access keys”.")
        return ""

    @cached_property
    def pause(self) -> Pause | None:
        """While the provider would refuse a press for want of points; None as long as there are some."""
        return standing(self.member).pause

    @property
    def brand(self) -> str:
        return str(self.member.account.brand_name)

    @cached_property
    def press_url(self) -> str:
        return reverse("calls:press")

    @property
    def state_url(self) -> str:
        """The address of a press's state, up to its ID."""
        return _state_url()


@cache
def _state_url() -> str:
    """The same for all buttons."""
    return reverse("calls:state", args=["0"]).removesuffix("0/")


def preflight(member: Member) -> Preflight:
    """The same one for all the buttons of a page: the member lives as long as the request."""
    found: Preflight = member.__dict__.setdefault("_preflight", Preflight(member))
    return found
