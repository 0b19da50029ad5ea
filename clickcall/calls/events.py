"""What becomes known about a call, whoever tells it: one shape for our own request, live lists and reports."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..models import Dispatch, EventSource
from ..provider.sighting import Leg, Sighting
from .lifecycle import Facts

_SOURCES = {"list": EventSource.LIST, "report": EventSource.REPORT, "hook": EventSource.HOOK}


@dataclass(frozen=True, slots=True)
class Event:
    """`news` are the facts that this event knows; `data` what was said, redacted.

    `columns` are further columns of the row that go with it (the error, the token), kept from the furthest dispatch.
    """

    source: EventSource
    kind: str
    at: datetime
    news: Facts = field(default_factory=Facts)
    data: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)


def seen(sighting: Sighting, at: datetime) -> Event:
    """A call seen at the provider: it was placed, whatever we heard or did not hear before."""
    employee = [leg for leg in sighting.legs if leg.is_employee]
    contact = [leg for leg in sighting.legs if not leg.is_employee]
    ended = sighting.finished_at if not sighting.ongoing else None
    talked = any(person.talked for person in sighting.employees)
    news = Facts(
        dispatch=Dispatch.ACCEPTED,
        call_session_id=sighting.call_session_id,
        accepted_at=sighting.started_at or at,
        employee_ringing_at=at if _any(employee, "ringing") else None,
        employee_answered_at=at if _any(employee, "talking") else None,
        contact_ringing_at=at if _any(contact, "ringing") else None,
        contact_answered_at=at if _any(contact, "talking") else None,
        finished_at=ended,
        finish_reason=sighting.finish_reason[:100] if ended else "",  # what a column holds; `data` has the whole
        wait_duration=sighting.wait_duration if ended else None,
        talk_duration=sighting.talk_duration if ended else None,
        total_duration=sighting.total_duration if ended else None,
        answered_by=_who_answered(sighting) if ended or talked else "",
        record_link=sighting.record_link,
    )
    kind = "finished" if ended else _kind(employee, contact)
    return Event(_SOURCES[sighting.source], kind, at, news, sighting.raw)


def _any(legs: list[Leg], state: str) -> bool:
    return any(leg.state == state for leg in legs)


def _kind(employee: list[Leg], contact: list[Leg]) -> str:
    if _any(employee, "talking") and _any(contact, "talking"):
        return "talking"
    if _any(contact, "ringing"):
        return "ringing_contact"
    return "ringing_employee" if _any(employee, "ringing") else "seen"


def _who_answered(sighting: Sighting) -> str:
    return next((person.name[:200] for person in sighting.employees if person.talked or person.answered), "")
