"""Whether a number can be called from: in one word, why not, and what to do about it in the provider's cabinet."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import VirtualNumber
from .shown import Pill

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Health:
    """`why` and `remedy` are empty for a number that can be called from."""

    pill: Pill
    why: str = ""
    remedy: str = ""


# The provider's words for a number that is not active. Source: `status` of get.virtual_numbers in the API digest.
OFF: dict[str, tuple[Text, Text]] = {
    "waiting": (
        gettext_lazy("It waits to be connected by %(brand)s."),
        gettext_lazy("Nothing to do but wait. If it takes longer than a day, ask their support."),
    ),
    "cleaning": (
        gettext_lazy("It rests at %(brand)s before somebody gets it again: calls for its last owner still come in."),
        gettext_lazy("Nothing can be done with it. Take another number."),
    ),
    "prereserved": (
        gettext_lazy("It is set aside for you at %(brand)s, but not ordered yet."),
        gettext_lazy("Finish the order in the cabinet, usually under Numbers, then match again."),
    ),
    "reserved": (
        gettext_lazy("It is reserved for you at %(brand)s, but not connected yet."),
        gettext_lazy("Connect it in the cabinet, usually under Numbers, then match again."),
    ),
    "manual_lock": (
        gettext_lazy("Somebody has switched it off at %(brand)s."),
        gettext_lazy("Switch it on in the cabinet, usually under Numbers; if you cannot, ask their support."),
    ),
    "limit_lock": (
        gettext_lazy("%(brand)s has switched it off because a limit is used up."),
        gettext_lazy("Look at balance and limits in the cabinet. It is switched on again once there is enough."),
    ),
}
_OTHER_STATUS: tuple[Text, Text] = (
    gettext_lazy("%(brand)s says of it: %(status)s."),
    gettext_lazy("Look at it in the cabinet, usually under Numbers, or ask their support."),
)
_TROUBLES: dict[str, tuple[Text, Text]] = {
    "gone": (
        gettext_lazy("%(brand)s does not list it any more, so it is no longer yours."),
        gettext_lazy("Give its people another number. If you still rent it, ask the support of %(brand)s."),
    ),
    "call_tracking": (
        gettext_lazy("It counts the calls that advertising brings. %(brand)s lets nobody call from such a number."),
        gettext_lazy("Take an ordinary number to call from."),
    ),
    "stopped": (gettext_lazy("Nobody calls from it here."), gettext_lazy("Press “Use again” if you need it.")),
    "no_scenario": (
        gettext_lazy("It rings nobody: no scenario is switched on for it. Calls from it would be refused."),
        gettext_lazy(
            "Open the number in the cabinet, switch a scenario on (usually under Scenarios), then match again."
        ),
    ),
}


def health(number: VirtualNumber, brand: str) -> Health:
    """A number that came with `rings_others` (see `queries.numbers`) says so."""
    trouble = number.trouble
    if not trouble:
        others = getattr(number, "rings_others", False)
        return Health(Pill(_("Rings others too"), "users", "is-attn") if others else _good())
    why, remedy = OFF.get(number.status, _OTHER_STATUS) if trouble == "off" else _TROUBLES[trouble]
    words = {"brand": brand, "status": number.status}
    return Health(_pill(trouble, brand), str(why) % words, str(remedy) % words)


def status_words(number: VirtualNumber, brand: str) -> str:
    """What the provider says of the number, whatever we think of it."""
    if number.status == "active":
        return _("Switched on at %(brand)s") % {"brand": brand}
    if not number.status:
        return _("Not matched with %(brand)s yet") % {"brand": brand}
    return str(OFF.get(number.status, _OTHER_STATUS)[0]) % {"brand": brand, "status": number.status}


def _good() -> Pill:
    return Pill(_("In use"), "check", "is-good")


def _pill(trouble: str, brand: str) -> Pill:
    match trouble:
        case "gone":
            return Pill(_("Gone at %(brand)s") % {"brand": brand}, "circle-question-mark", "is-bad")
        case "off":
            return Pill(_("Off at %(brand)s") % {"brand": brand}, "phone-off", "is-bad")
        case "call_tracking":
            return Pill(_("Call tracking"), "megaphone")
        case "stopped":
            return Pill(_("Stopped using"), "circle-minus")
        case _:
            return Pill(_("No scenario"), "triangle-alert", "is-attn")
