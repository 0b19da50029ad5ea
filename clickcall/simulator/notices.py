"""What the provider tells about a call while it runs: which events, when, and what each of them says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from clickcall.simulator.calls import Call
from clickcall.simulator.config import Employee
from clickcall.simulator.recordings import recorded_at

FORMAT = "%Y-%m-%d %H:%M:%S"
MNEMONICS = {
    "incoming": "IN_CALL",
    "outgoing": "OUT_CALL",
    "waiting": "CALL_WAITING",
    "talk_started": "CALL_ANSWERED",
    "talk_finished": "CALL_TALK_FINISHED",
    "call_finished": "CALL_SESSION_FINISHED",
    "recording_ready": "CALL_RECORD_READY",
    "lost_call": "LOST_CALL",
}
"""Our names of the events -> what the simulator puts into `notification_mnemonic`; the real ones are not documented."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One event of a call, at a Unix time."""

    event: str
    at: float
    legs: tuple[int, ...] = ()
    employee: Employee | None = None


def notices(call: Call, recording_delay: float, *, announced: bool = True) -> list[Notice]:
    """All events of a call as it is going to run, in order. `announced`: it begins with incoming or outgoing."""
    found = [*_beginning(call, announced), *_waiting(call), *_end(call, recording_delay)]
    return sorted(found, key=lambda notice: notice.at)


def variables(call: Call, notice: Notice, file_link: str) -> dict[str, Any]:
    """The values of all variables for an event; strings are empty and numbers None where there is nothing to say."""
    return {
        "notification_name": f"ClickCall: {notice.event}",
        "notification_mnemonic": MNEMONICS[notice.event],
        "notification_time": datetime.fromtimestamp(notice.at, ZoneInfo(call.account.timezone)).strftime(FORMAT),
        "notification_timestamp": int(notice.at),
        "app_id": call.account.app_id,
        "call_session_id": call.id,
        "virtual_phone_number": call.virtual_number,
        "contact_phone_number": call.contact,
        "contact_id": None,
        "contact_full_name": "",
        **_employee(notice.employee),
        "employee_ids": ",".join(str(one.id) for one in _rung(call)),
        "communication_id": call.communication_id,
        "communication_number": 1,
        "leg_id": notice.legs[0] if notice.legs else None,
        "leg_ids": ",".join(map(str, notice.legs)),
        "direction": call.direction,
        "call_source": "callapi" if call.request_id is not None else "va",
        "external_id": call.external_id or "",
        "scenario_name": call.scenario_name,
        **_durations(call, notice.at),
        "tag_names": ",".join(tag.name for tag in call.tags),
        "tag_ids": ",".join(str(tag.id) for tag in call.tags),
        "file_link": file_link,
    }


def _durations(call: Call, at: float) -> dict[str, int]:
    waited, talked = call.durations(at)
    return {
        "wait_time_duration": waited,
        "talk_time_duration": talked,
        "total_time_duration": waited + talked,
        "file_duration": talked,
    }


def _employee(person: Employee | None) -> dict[str, Any]:
    return {
        "employee_id": person.id if person else None,
        "employee_full_name": person.name if person else "",
        "employee_phone_number": person.phones[0] if person and person.phones else "",
    }


def _beginning(call: Call, announced: bool) -> Iterator[Notice]:
    if announced:
        yield Notice("incoming" if call.direction == "in" else "outgoing", call.placed_at, employee=call.employee)


def _waiting(call: Call) -> Iterator[Notice]:
    """Each leg begins to ring when those before it have been answered. A caller who is on the line waits for nobody."""
    began, known = call.placed_at, None
    for position, step in enumerate(call.plan.steps):
        if began > call.ends_at or (began == call.ends_at and call.released_at is not None):
            return
        if step.ring:
            for person in call.rung(step, answered=False):
                yield Notice("waiting", began, (call.leg_id(position, person),), person or known)
        if not step.answered:
            return
        began += step.ring / call.speed
        known = call.rung(step, answered=True)[0] or known


def _end(call: Call, recording_delay: float) -> Iterator[Notice]:
    person = call.answerer
    if call.is_talked(call.ends_at):
        legs = tuple(
            call.leg_id(position, call.rung(step, answered=True)[0]) for position, step in enumerate(call.plan.steps)
        )
        yield Notice("talk_started", call.placed_at + call.plan.wait / call.speed, legs, person)
        yield Notice("talk_finished", call.ends_at, legs, person)
    elif call.direction == "in":
        yield Notice("lost_call", call.ends_at, employee=person)
    yield Notice("call_finished", call.ends_at, employee=person)
    if call.is_talked(call.ends_at):
        yield Notice("recording_ready", recorded_at(call, recording_delay), employee=person)


def _rung(call: Call) -> Iterator[Employee]:
    for step in call.plan.steps:
        yield from (person for person in call.rung(step, answered=False) if person)
        if not step.answered:
            return
