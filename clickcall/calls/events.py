"""What becomes known about a call, whoever tells it: one shape for our own request, live lists and reports."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..models import Dispatch, EventSource, FirstCall, Origin
from ..provider.sighting import Leg, Sighting
from .lifecycle import Facts

_SOURCES = {"list": EventSource.LIST, "report": EventSource.REPORT, "hook": EventSource.HOOK}


@dataclass(frozen=True, slots=True)
class Event:
    """`news` are the facts that this event knows; `data` what was said, redacted.

    `columns` are further columns of the row that go with it (the error, the token), kept from the furthest dispatch;
    `rung` names the employee whose phone rings now: no fact that stays, the newest look is right.
    """

    source: EventSource
    kind: str
    at: datetime
    news: Facts = field(default_factory=Facts)
    data: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    rung: str = ""


def seen(
    sighting: Sighting, at: datetime, *, origin: str = Origin.PRESS, first_call: str = FirstCall.EMPLOYEE
) -> Event:
    """A call seen at the provider. A press was placed then, whatever we heard or did not hear before.

    `origin` and `first_call` are those of our row: they say whose phone a notification is about.
    """
    ended = sighting.finished_at if not sighting.ongoing else None
    known: dict[str, Any] = {
        "call_session_id": sighting.call_session_id,
        "communication_id": sighting.communication_id[:64],
        "record_link": sighting.record_link,
        "record_ids": tuple(sorted(set(sighting.record_ids))),
        "answered_by": _who_answered(sighting) if ended or any(who.talked for who in sighting.employees) else "",
        "is_missed": origin == Origin.INBOUND and _is_missed(sighting, ended),
    }
    if origin == Origin.PRESS:
        known |= {"dispatch": Dispatch.ACCEPTED, "accepted_at": sighting.started_at or at}
    known |= _on_the_line(sighting, at, origin, first_call) | (_end(sighting, ended) if ended else {})
    kind = "finished" if ended else _kind(sighting)
    return Event(_SOURCES[sighting.source], kind, at, Facts(**known), sighting.raw, rung=_who_is_rung(sighting, ended))


def _on_the_line(sighting: Sighting, at: datetime, origin: str, first_call: str) -> dict[str, datetime]:
    """Who is rung and who has answered."""
    if sighting.stage == "talk_started":
        return {"employee_answered_at": at, "contact_answered_at": at}
    if sighting.stage == "waiting":
        return _first_rung(at, origin, first_call)
    told: dict[str, datetime] = {}
    for party, name in ((True, "employee"), (False, "contact")):
        legs = [leg for leg in sighting.legs if leg.is_employee == party]
        told |= {f"{name}_ringing_at": at} if _any(legs, "ringing") else {}
        told |= {f"{name}_answered_at": at} if _any(legs, "talking") else {}
    return told


def _first_rung(at: datetime, origin: str, first_call: str) -> dict[str, datetime]:
    """A notification does not tell whose leg it means: only that whoever is rung first has been rung by then."""
    if origin == Origin.OTHER:
        return {}
    is_contact = origin == Origin.PRESS and first_call == FirstCall.CONTACT
    return {"contact_ringing_at" if is_contact else "employee_ringing_at": at}


def _end(sighting: Sighting, ended: datetime) -> dict[str, Any]:
    return {
        "finished_at": ended,
        "finish_reason": sighting.finish_reason[:100],  # what a column holds; `data` has the whole
        "wait_duration": sighting.wait_duration,
        "talk_duration": sighting.talk_duration,
        "total_duration": sighting.total_duration,
    }


def _is_missed(sighting: Sighting, ended: datetime | None) -> bool:
    """A caller reached nobody: the provider says so, or its whole row shows nobody who answered."""
    if sighting.stage == "lost":
        return True
    if not ended or sighting.is_lost is not None:
        return bool(ended and sighting.is_lost)
    nobody = not sighting.talk_duration and not any(who.answered or who.talked for who in sighting.employees)
    return sighting.source == "report" and nobody


def _any(legs: list[Leg], state: str) -> bool:
    return any(leg.state == state for leg in legs)


def _kind(sighting: Sighting) -> str:
    if sighting.stage:
        return sighting.stage
    employee = [leg for leg in sighting.legs if leg.is_employee]
    contact = [leg for leg in sighting.legs if not leg.is_employee]
    if _any(employee, "talking") and _any(contact, "talking"):
        return "talking"
    if _any(contact, "ringing"):
        return "ringing_contact"
    return "ringing_employee" if _any(employee, "ringing") else "seen"


def _who_is_rung(sighting: Sighting, ended: datetime | None) -> str:
    """The employee whose phone rings, else the one who is on the line."""
    if ended:
        return ""
    legs = sorted((leg for leg in sighting.legs if leg.is_employee), key=lambda leg: leg.state != "ringing")
    names = [leg.employee_name for leg in legs] + [person.name for person in sighting.employees]
    return next((name[:200] for name in names if name), "")


def _who_answered(sighting: Sighting) -> str:
    return next((person.name[:200] for person in sighting.employees if person.talked or person.answered), "")
