"""A call as the provider shows it, in our words; made by `events`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

LegState = Literal["ringing", "talking", "in_progress"]
Source = Literal["list", "report", "hook"]
# What a notification says has happened; "" where no notification speaks. API.md, "Event notifications".
Stage = Literal["", "incoming", "outgoing", "waiting", "talk_started", "talk_finished", "finished", "recorded", "lost"]


@dataclass(frozen=True, slots=True)
class Leg:
    """One party of a live call. `number` is that party's own: digits."""

    leg_id: str
    is_employee: bool
    state: LegState
    number: str
    employee_id: str
    employee_name: str


@dataclass(frozen=True, slots=True)
class SeenEmployee:
    """An employee in a report's row."""

    employee_id: str
    name: str
    answered: bool | None
    talked: bool | None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A call seen in `list.calls`, in `get.calls_report` or in a notification.

    Text is "" and other values None where nothing is said.

    Times are aware UTC, durations seconds, numbers digits; `direction` is "in", "out" or "". `raw` is redacted.
    `is_by_api`: a request to the Call API placed it, ours or another program's. `region`: where the contact's number is
    from, in the provider's words. `tags`: IDs of the call's tags.
    """

    source: Source
    call_session_id: str
    external_id: str
    contact: str
    virtual_number: str
    direction: str
    started_at: datetime | None
    ongoing: bool
    legs: tuple[Leg, ...] = ()
    finished_at: datetime | None = None
    finish_reason: str = ""
    is_lost: bool | None = None
    wait_duration: int | None = None
    talk_duration: int | None = None
    clean_talk_duration: int | None = None
    total_duration: int | None = None
    communication_id: str = ""
    record_link: str = ""
    record_ids: tuple[str, ...] = ()
    employees: tuple[SeenEmployee, ...] = ()
    raw: dict[str, Any] = field(default_factory=dict)
    stage: Stage = ""
    is_by_api: bool = False
    region: str = ""
    tags: tuple[str, ...] | None = None
