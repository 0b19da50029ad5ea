"""What the pages say about a call: heading, second line, look. The words are the product's key states.

Every failure says what happened to the client. That a phone rings is said only when a leg said so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .. import phones
from ..models import Call, FirstCall, Member, Status
from . import endings, lifecycle
from .causes import explain
from .looks import LOOKS, SHORT


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
    look, icon, pill = LOOKS[call.status]
    own, others = SHORT[Status(call.status)]
    said = _SAID[Status(call.status)](call, call.account.brand_name)
    is_own = call.member_id == viewer.pk
    if not is_own and Status(call.status) in _SEEN_BY_OTHERS:
        said |= _SEEN_BY_OTHERS[Status(call.status)](call)
    return Wording(
        heading=str(said["heading"]),
        second=str(said.get("second", "")),
        look=look,
        icon=icon,
        short=endings.short(call) or str(own if is_own else others),
        pill=pill,
        clock=said.get("clock"),
        until=said.get("until"),
        seconds=said.get("seconds"),
        names_client=who(call) in str(said["heading"]),
    )


def who(call: Call) -> str:
    """The person, else the phone."""
    return call.contact_name or phones.shown(call.contact_phone)


def _calling(call: Call, brand: str) -> dict[str, Any]:
    return {"heading": _("Calling…"), "clock": call.requested_at}


def _accepted(call: Call, brand: str) -> dict[str, Any]:
    if call.employee_answered_at:
        return {"heading": _("Call is on its way"), "second": _("You're on the line")}
    if call.params.get("first_call") == FirstCall.CONTACT:
        return {
            "heading": _("Call is on its way"),
            "second": _("The client is rung first; when they answer, we ring you"),
        }
    return {"heading": _("Call is on its way"), "second": _("Your phone is about to ring")}


def _incoming(call: Call, brand: str) -> dict[str, Any]:
    return {"heading": _("%(name)s is calling") % {"name": who(call)}, "clock": call.requested_at}


def _missed(call: Call, brand: str) -> dict[str, Any]:
    return {"heading": _("Missed call"), "second": _("Nobody picked up"), "seconds": call.wait_duration}


def _ringing_you(call: Call, brand: str) -> dict[str, Any]:
    shown = _("It shows %(number)s") % {"number": phones.shown(call.number_digits)}
    return {"heading": _("Your phone is ringing — pick up"), "second": shown, "clock": call.employee_ringing_at}


def _ringing_contact(call: Call, brand: str) -> dict[str, Any]:
    if call.params.get("first_call") == FirstCall.CONTACT and not call.employee_answered_at:
        heading, second = _("Ringing the client first"), _("When they answer, we ring you")
    else:
        heading, second = _("Ringing %(name)s") % {"name": who(call)}, _("You're on the line")
    return {"heading": heading, "second": second, "clock": call.contact_ringing_at}


def _talking(call: Call, brand: str) -> dict[str, Any]:
    return {"heading": _("Talking"), "clock": lifecycle.facts_of(call).talk_began_at}


def _talked(call: Call, brand: str) -> dict[str, Any]:
    return {"heading": _("Talked"), "seconds": call.talk_duration}


def _no_answer(call: Call, brand: str) -> dict[str, Any]:
    return {"heading": _("No answer"), "seconds": call.wait_duration}


def _busy(call: Call, brand: str) -> dict[str, Any]:
    return {"heading": _("Busy")}


def _unavailable(call: Call, brand: str) -> dict[str, Any]:
    return {"heading": _("Unavailable")}


def _you_missed(call: Call, brand: str) -> dict[str, Any]:
    return {"heading": _("You didn't pick up"), "second": endings.missed(call, own=True)}


def _you_offline(call: Call, brand: str) -> dict[str, Any]:
    client = _("The client was not called. Open the softphone and try again")
    if endings.client_was_called(call):
        client = _("The client was called and waited. Open the softphone and try again")
    return {"heading": _("Your phone is offline"), "second": client}


def _somebody_else(call: Call, brand: str) -> dict[str, Any]:
    heading = _("A colleague picked up, not you")
    if call.answered_by:
        heading = _("%(name)s picked up, not you") % {"name": call.answered_by}
    return {"heading": heading, "second": _("This number rings others too")}


def _not_the_caller(call: Call) -> str:
    if not call.answered_by:
        return _("A colleague picked up, not %(member)s") % {"member": call.member_name}
    return _("%(name)s picked up, not %(member)s") % {"name": call.answered_by, "member": call.member_name}


def _ended(call: Call, brand: str) -> dict[str, Any]:
    return {**endings.ended(call, own=True)}


def _refused(call: Call, brand: str) -> dict[str, Any]:
    if call.cause == "limit_exceeded":
        return _paused(call, brand)
    cause, remedy = explain(call.cause, brand)
    return {
        "heading": _("Not called: %(cause)s") % {"cause": cause},
        "second": _("%(remedy)s. The client was not disturbed") % {"remedy": remedy},
    }


def _paused(call: Call, brand: str) -> dict[str, Any]:
    """Out of points: for the rest of the minute, or of the day. The resets are seconds from the answer."""
    limits: dict[str, Any] = (call.error or {}).get("limits") or {}
    params: dict[str, Any] = (call.error or {}).get("params") or {}
    answered_at = call.attempted_at or call.requested_at
    if params.get("limit_type") == "day" or limits.get("day_remaining") == 0:
        again = localtime(answered_at + timedelta(seconds=limits.get("day_reset") or 0))
        heading = _("Today's %(brand)s limit is used up") % {"brand": brand}
        second = _("Renews at %(time)s. The client was not disturbed") % {"time": f"{again:%H:%M}"}
        return {"heading": heading, "second": second}
    until = answered_at + timedelta(seconds=limits.get("minute_reset") or 60)
    return {
        "heading": _("Paused"),
        "until": until,
        "second": _("You can press again then. The client was not disturbed"),
    }


def _unknown(call: Call, brand: str) -> dict[str, Any]:
    return {
        "heading": _("Checking with %(brand)s whether the call went out") % {"brand": brand},
        "second": _("Their answer got lost. If your phone rings, pick up. We won't dial again by ourselves"),
        "clock": call.requested_at,
    }


def _not_placed(call: Call, brand: str) -> dict[str, Any]:
    second = _("Checked with %(brand)s: no call was made, the client was not disturbed") % {"brand": brand}
    return {"heading": _("The call did not happen"), "second": second}


def _not_sent(call: Call, brand: str) -> dict[str, Any]:
    if call.cause in ("refused", "dns", "connect_timeout", "unreachable", ""):
        heading = _("Can't reach %(brand)s") % {"brand": brand}
        return {"heading": heading, "second": _("Nothing was sent, no call was made. You can press again")}
    cause, remedy = explain(call.cause, brand)
    return {
        "heading": _("Not called: %(cause)s") % {"cause": cause},
        "second": _("Nothing was sent, no call was made. %(remedy)s") % {"remedy": remedy},
    }


_SAID: dict[Status, Callable[[Call, Any], dict[str, Any]]] = {
    Status.CALLING: _calling,
    Status.ACCEPTED: _accepted,
    Status.INCOMING: _incoming,
    Status.RINGING_YOU: _ringing_you,
    Status.RINGING_CONTACT: _ringing_contact,
    Status.TALKING: _talking,
    Status.TALKED: _talked,
    Status.NO_ANSWER: _no_answer,
    Status.BUSY: _busy,
    Status.UNAVAILABLE: _unavailable,
    Status.YOU_MISSED: _you_missed,
    Status.YOU_OFFLINE: _you_offline,
    Status.MISSED: _missed,
    Status.SOMEBODY_ELSE: _somebody_else,
    Status.ENDED: _ended,
    Status.REFUSED: _refused,
    Status.UNKNOWN: _unknown,
    Status.NOT_PLACED: _not_placed,
    Status.NOT_SENT: _not_sent,
}

# Where the words speak to the caller as "you", others read about the person.
_SEEN_BY_OTHERS: dict[Status, Callable[[Call], dict[str, Any]]] = {
    Status.RINGING_YOU: lambda call: {"heading": _("Ringing %(name)s") % {"name": call.member_name}, "second": ""},
    Status.RINGING_CONTACT: lambda call: {"heading": _("Ringing %(name)s") % {"name": who(call)}, "second": ""},
    Status.ACCEPTED: lambda call: {"second": ""},
    Status.YOU_MISSED: lambda call: {
        "heading": _("%(name)s did not pick up") % {"name": call.member_name},
        "second": endings.missed(call, own=False),
    },
    Status.YOU_OFFLINE: lambda call: {
        "heading": _("%(name)s: the phone was offline") % {"name": call.member_name},
        "second": endings.client(call),
    },
    Status.SOMEBODY_ELSE: lambda call: {
        "heading": _not_the_caller(call),
        "second": _("This number rings other phones too"),
    },
    Status.ENDED: lambda call: {**endings.ended(call, own=False)},
    Status.UNKNOWN: lambda call: {"second": _("Their answer got lost. Nothing is sent again")},
}
