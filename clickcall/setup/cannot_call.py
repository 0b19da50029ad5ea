"""Who cannot call now, why, and where that is mended."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Member
from .known import Known
from .step import Step


@dataclass(frozen=True, slots=True)
class CannotCall:
    """`name` and `why` in words, `since` when; `url` and `action` lead to where it is mended."""

    name: str
    why: str
    url: str
    action: str
    since: datetime | None = None


def cannot_call(known: Known, steps: list[Step]) -> list[CannotCall]:
    """Everybody at once where the account itself cannot call, else one by one."""
    blocking = next((step for step in steps if step.slug in ("key", "address") and not step.is_done), None)
    if blocking is not None:
        why = blocking.seen[0].what if blocking.seen else _MISSING[blocking.slug]()
        return [CannotCall(_("Nobody can call"), why, f"{reverse('setup:index')}#{blocking.slug}", _("What to do"))]
    found = [_reason(known, member) for member in known.members]
    return [one for one in found if one is not None]


def _reason(known: Known, member: Member) -> CannotCall | None:
    number, own = member.default_number, member == known.admin
    if number is None:
        why = _("It's you: no number") if own else _("No number")
        return CannotCall(member.name, why, f"{reverse('setup:index')}?open=people#people", _("Give one"))
    if number.trouble:
        url = reverse("numbers:edit", args=[number.pk])
        return CannotCall(member.name, _WHY[number.trouble](), url, _("What to do"))
    if since := known.offline.get(member.pk):
        url = reverse("calls:my_phone") if own else reverse("accounts:person", args=[member.pk])
        return CannotCall(member.name, _("Phone offline"), url, _("What to do"), since)
    return None


_MISSING = {"key": lambda: _("No access key yet"), "address": lambda: _("The key has not been tried yet")}
_WHY = {
    "gone": lambda: _("The number is gone"),
    "call_tracking": lambda: _("The number only counts calls from advertising"),
    "off": lambda: _("The number is switched off"),
    "stopped": lambda: _("The number is no longer in use"),
    "no_scenario": lambda: _("The number rings nobody"),
}
