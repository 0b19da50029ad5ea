"""What the pages say about a call: heading, second line, look. The words are the product's key states.

Every failure says what happened to the client. That a phone rings is said only when a leg said so. Here stand the words
for whoever pressed, and those that are the same for everybody; what others read instead is in `others`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from .. import phones
from ..models import Call, FirstCall, Member, Status
from . import endings, lifecycle, unplaced, witness
from .looks import LOOKS, SHORT
from .others import OTHERS
from .whose import is_linked, is_own, is_somebody_else, returned, rung, who

__all__ = ["Pill", "Wording", "describe", "pill", "who"]


@dataclass(frozen=True, slots=True)
class Pill:
    """The state of a call in a few words; `css` is the class of its look."""

    css: str
    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class Wording:
    """`look` are the live bar's and the card's classes, `pill` the pill's; `clock` is when its seconds began."""

    heading: str
    second: str
    look: str
    icon: str
    short: str
    pill: str
    clock: datetime | None = None
    until: datetime | None = None
    seconds: int | None = None
    names_client: bool = False


def describe(call: Call, viewer: Member) -> Wording:
    """The wording of a call as this member reads it."""
    status, short = Status(call.status), pill(call, viewer)
    said = _SAID[status](call, viewer)
    if not is_own(call, viewer) and status in OTHERS:
        said |= OTHERS[status](call, viewer)
    return Wording(
        heading=str(said["heading"]),
        second=str(said.get("second", "")),
        look="" if _is_settled(call) else LOOKS[status][0],
        icon=short.icon,
        short=short.words,
        pill=short.css,
        clock=said.get("clock"),
        until=said.get("until"),
        seconds=said.get("seconds"),
        names_client=who(call, viewer) in str(said["heading"]),
    )


def pill(call: Call, viewer: Member) -> Pill:
    """The part of the wording that stands in a row, without the rest; it needs few columns of the call."""
    _look, icon, css = LOOKS[call.status]
    own, others = SHORT[Status(call.status)]
    words = endings.short(call) or str(own if is_own(call, viewer) else others)
    return Pill("" if _is_settled(call) else css, icon, words)


def _is_settled(call: Call) -> bool:
    """A missed call about which nothing is left to do."""
    return call.status == Status.MISSED and not call.is_waiting


def _accepted(call: Call, viewer: Member) -> dict[str, Any]:
    if call.employee_answered_at:
        return {"heading": _("Call is on its way"), "second": _("You're on the line")}
    if call.params.get("first_call") == FirstCall.CONTACT:
        return {
            "heading": _("Call is on its way"),
            "second": _("The client is rung first; when they answer, we ring you"),
        }
    return {"heading": _("Call is on its way"), "second": _("Your phone is about to ring")}


def _ringing_you(call: Call, viewer: Member) -> dict[str, Any]:
    shown = phones.shown(call.number_digits)
    said = {"heading": _("Your phone is ringing — pick up"), "second": _("It shows %(number)s") % {"number": shown}}
    if is_somebody_else(call.employee_name, viewer):
        said["heading"] = _("Ringing %(name)s") % {"name": call.employee_name}
        said["second"] = _("This number rings others too")
        if not is_linked(viewer):
            said["second"] = _("If this is your phone, pick up. It shows %(number)s") % {"number": shown}
    return {**said, "clock": call.employee_ringing_at}


def _ringing_contact(call: Call, viewer: Member) -> dict[str, Any]:
    if call.params.get("first_call") == FirstCall.CONTACT and not call.employee_answered_at:
        heading, second = _("Ringing the client first"), _("When they answer, we ring you")
    else:
        heading, second = _("Ringing %(name)s") % {"name": who(call, viewer)}, _("You're on the line")
    return {"heading": heading, "second": second, "clock": call.contact_ringing_at}


def _talking(call: Call, viewer: Member) -> dict[str, Any]:
    said: dict[str, Any] = {"heading": _("Talking"), "clock": lifecycle.facts_of(call).talk_began_at}
    name = call.answered_by or call.employee_name
    if is_linked(viewer) and is_somebody_else(name, viewer):
        said["second"] = _("%(name)s picked up, not you") % {"name": name}
    return said


def _talked(call: Call, viewer: Member) -> dict[str, Any]:
    return {"heading": _("Talked"), "seconds": call.talk_duration}


def _no_answer(call: Call, viewer: Member) -> dict[str, Any]:
    return {"heading": _("No answer"), "seconds": call.wait_duration}


def _you_missed(call: Call, viewer: Member) -> dict[str, Any]:
    return {"heading": _("You didn't pick up"), "second": endings.missed(call, own=True)}


def _you_offline(call: Call, viewer: Member) -> dict[str, Any]:
    client = _("The client was not called. Open the softphone and try again")
    if endings.client_was_called(call):
        client = _("The client was called and waited. Open the softphone and try again")
    return {"heading": _("Your phone is offline"), "second": client}


def _somebody_else(call: Call, viewer: Member) -> dict[str, Any]:
    heading = _("A colleague picked up, not you")
    if call.answered_by:
        heading = _("%(name)s picked up, not you") % {"name": call.answered_by}
    return {"heading": heading, "second": _("This number rings others too")}


def _incoming(call: Call, viewer: Member) -> dict[str, Any]:
    name = rung(call)
    second = _("Ringing %(name)s") % {"name": name} if name and call.employee_ringing_at else ""
    return {
        "heading": _("%(name)s is calling") % {"name": who(call, viewer)},
        "second": second,
        "clock": call.requested_at,
    }


def _missed(call: Call, viewer: Member) -> dict[str, Any]:
    second = _("Nobody picked up, %(returned)s") % {"returned": returned(call)}
    return {"heading": _("Missed call"), "second": second, "seconds": call.wait_duration}


_SAID: dict[Status, Callable[[Call, Member], dict[str, Any]]] = {
    Status.CALLING: lambda call, viewer: unplaced.calling(call),
    Status.ACCEPTED: _accepted,
    Status.INCOMING: _incoming,
    Status.RINGING_YOU: _ringing_you,
    Status.RINGING_CONTACT: _ringing_contact,
    Status.TALKING: _talking,
    Status.TALKED: _talked,
    Status.NO_ANSWER: _no_answer,
    Status.BUSY: lambda call, viewer: {"heading": _("Busy")},
    Status.UNAVAILABLE: lambda call, viewer: {"heading": _("Unavailable")},
    Status.YOU_MISSED: _you_missed,
    Status.YOU_OFFLINE: _you_offline,
    Status.MISSED: _missed,
    Status.SOMEBODY_ELSE: _somebody_else,
    Status.ENDED: lambda call, viewer: {**endings.ended(call, own=True)},
    Status.REFUSED: lambda call, viewer: unplaced.refused(call),
    Status.UNKNOWN: witness.words,
    Status.NOT_PLACED: lambda call, viewer: unplaced.not_placed(call),
    Status.NOT_SENT: lambda call, viewer: unplaced.not_sent(call),
}
