"""A notification becomes a sighting: a pure function over a body that can hold anything.

Source: API.md, "Event notifications". The body is what our own template makes of the provider's variables; `event` is
the constant that the template carries, because neither the notification's name nor its mnemonic is a closed list.
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clickcall.provider.coerce import digits, flag, moment, seconds, session_id, text, web_link
from clickcall.provider.events import DIRECTIONS
from clickcall.provider.redact import redact
from clickcall.provider.sighting import SeenEmployee, Sighting, Stage

# The words of our templates. What is not here says nothing about how far a call has come.
STAGES: dict[str, Stage] = {
    "incoming": "incoming",
    "outgoing": "outgoing",
    "waiting": "waiting",
    "talk_started": "talk_started",
    "talk_finished": "talk_finished",
    "call_finished": "finished",
    "recording_ready": "recorded",
    "lost_call": "lost",
}
EVENTS = tuple(STAGES)
_OVER: frozenset[Stage] = frozenset({"finished", "lost"})
_TALKED: frozenset[Stage] = frozenset({"talk_started", "talk_finished"})
_DIRECTION: dict[Stage, str] = {"incoming": "in", "outgoing": "out", "lost": "in"}
_MILLISECONDS_FROM = 1e11  # seconds would be the year 5138
_FIRST_YEAR, _LAST_YEAR = 2000, 2199


def event_of(body: Mapping[str, Any]) -> str:
    """The event that the body names, in the words of our templates; "" where it names none of them."""
    name = text(body.get("event")).lower()
    return name if name in STAGES else ""


def told_at(body: Mapping[str, Any], tz: ZoneInfo) -> datetime | None:
    """When it happened, in UTC: the Unix time (seconds or milliseconds), else the local time in the account's `tz`."""
    return _unix(body.get("notification_timestamp")) or moment(body.get("notification_time"), tz)


def from_hook(body: Mapping[str, Any], tz: ZoneInfo) -> Sighting:
    """The body of a notification. `tz` is the account's zone, that of its naive times. Never raises.

    Numbers may be strings, and what is empty is absent. A notification says when a thing happened, not when the call
    began: `started_at` is there only where it follows (the event is the beginning, or the length is told at the end).
    """
    stage = STAGES.get(event_of(body), "")
    at, over = told_at(body, tz), stage in _OVER
    wait, total = seconds(body.get("wait_time_duration")), seconds(body.get("total_time_duration"))
    return Sighting(
        source="hook",
        stage=stage,
        call_session_id=session_id(body.get("call_session_id")),
        external_id=text(body.get("external_id")),
        contact=digits(body.get("contact_phone_number")),
        virtual_number=digits(body.get("virtual_phone_number")),
        direction=DIRECTIONS.get(text(body.get("direction")).lower(), "") or _DIRECTION.get(stage, ""),
        started_at=_began(stage, at, wait, total),
        ongoing=not over and stage != "recorded",
        finished_at=at if over else None,
        finish_reason=text(body.get("finish_reason")),
        is_lost=True if stage == "lost" else flag(body.get("is_lost")),
        wait_duration=wait,
        talk_duration=seconds(body.get("talk_time_duration")),
        total_duration=total,
        communication_id=text(body.get("communication_id")),
        record_link=web_link(body.get("file_link")),
        employees=_employees(body, stage),
        raw=redact(dict(body)),
    )


def _began(stage: Stage, at: datetime | None, wait: int | None, total: int | None) -> datetime | None:
    if at is None or stage in ("incoming", "outgoing"):
        return at
    lasted = total if stage == "finished" else wait if stage == "lost" else None
    return at - timedelta(seconds=lasted) if lasted is not None and lasted < 86_400 else None


def _employees(body: Mapping[str, Any], stage: Stage) -> tuple[SeenEmployee, ...]:
    """The employee of the event; in the events of a talk it is the one who talks."""
    identifier, name = text(body.get("employee_id")), text(body.get("employee_full_name"))
    talked = True if stage in _TALKED else None
    return (SeenEmployee(identifier, name, answered=talked, talked=talked),) if identifier or name else ()


def _unix(value: object) -> datetime | None:
    """A time from a number or from its digits; None for anything else, and for years that nobody means."""
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
        if number >= _MILLISECONDS_FROM:
            number /= 1000
        at = datetime.fromtimestamp(number, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if _FIRST_YEAR <= at.year <= _LAST_YEAR else None
