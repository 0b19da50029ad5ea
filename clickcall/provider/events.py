"""The provider's words become ours: pure functions over rows that can hold anything."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from clickcall.provider.coerce import digits, flag, mapping, moment, seconds, session_id, text, web_link
from clickcall.provider.redact import redact
from clickcall.provider.sighting import Leg, LegState, SeenEmployee, Sighting

__all__ = ["Leg", "SeenEmployee", "Sighting", "from_list_calls", "from_report"]

# A leg's `state` is display text (API.md, "Traps"): the words we know, lower case; any other is in progress.
LEG_STATES: dict[str, LegState] = {
    "dial": "ringing",  # the method's list of states
    "dialing": "ringing",
    "dialling": "ringing",
    "calling": "ringing",
    "ringing": "ringing",
    "дозвон": "ringing",
    "вызов": "ringing",
    "набор": "ringing",
    "набор номера": "ringing",
    "conversation": "talking",  # the method's list of states
    "talking": "talking",  # the method's sample answer
    "talk": "talking",
    "разговор": "talking",
    "беседа": "talking",
}
UNKNOWN_LEG_STATE: LegState = "in_progress"

# Anything else is "": a direction is never guessed.
DIRECTIONS = {"in": "in", "out": "out"}


def from_list_calls(row: Mapping[str, Any], tz: ZoneInfo) -> Sighting:
    """A row of `list.calls`: a live call. `tz` is the account's zone, that of its naive times. Never raises."""
    virtual_number = digits(row.get("virtual_phone_number"))
    legs = tuple(_leg(leg, virtual_number) for leg in _objects(row.get("legs")))
    contact = digits(row.get("contact_phone_number"))
    return Sighting(
        source="list",
        call_session_id=session_id(row.get("call_session_id")),
        external_id=text(row.get("external_id")),
        contact=contact or next((leg.number for leg in legs if not leg.is_employee and leg.number), ""),
        virtual_number=virtual_number,
        direction=_direction(row.get("direction")),
        started_at=moment(row.get("start_time"), tz),
        ongoing=True,
        legs=legs,
        raw=redact(dict(row)),
    )


def from_report(row: Mapping[str, Any], tz: ZoneInfo) -> Sighting:
    """A row of `get.calls_report`. `tz` is the account's zone, that of its naive times. Never raises."""
    finish_reason = text(row.get("finish_reason"))
    return Sighting(
        source="report",
        call_session_id=session_id(row.get("id")),
        external_id=text(row.get("call_api_external_id")),
        contact=digits(row.get("contact_phone_number")),
        virtual_number=digits(row.get("virtual_phone_number")),
        direction=_direction(row.get("direction")),
        started_at=moment(row.get("start_time"), tz),
        ongoing=not text(row.get("finish_time")) and not finish_reason,  # only with `include_ongoing_calls`
        finished_at=moment(row.get("finish_time"), tz),
        finish_reason=finish_reason,
        is_lost=flag(row.get("is_lost")),
        wait_duration=seconds(row.get("wait_duration")),
        talk_duration=seconds(row.get("talk_duration")),
        clean_talk_duration=seconds(row.get("clean_talk_duration")),
        total_duration=seconds(row.get("total_duration")),
        communication_id=text(row.get("communication_id")),
        record_link=web_link(row.get("full_record_file_link")),
        record_ids=tuple(_record_ids(row.get("call_records"))),
        employees=tuple(_employee(e) for e in _objects(row.get("employees"))),
        raw=redact(dict(row)),
        is_by_api=bool(text(row.get("call_api_request_id"))),
        region=text(row.get("cpn_region_name")),
        tags=_tags(row.get("tags")),
    )


def _leg(leg: Mapping[str, Any], virtual_number: str) -> Leg:
    """The party is the one who is called, or who calls when the virtual number is the one called."""
    called, calling = digits(leg.get("called_phone_number")), digits(leg.get("calling_phone_number"))
    return Leg(
        leg_id=text(leg.get("leg_id")),
        is_employee=flag(leg.get("is_operator")) is True,
        state=LEG_STATES.get(text(leg.get("state")).lower(), UNKNOWN_LEG_STATE),
        number=calling if not called or called == virtual_number else called,
        employee_id=text(leg.get("employee_id")),
        employee_name=text(leg.get("employee_full_name")),
    )


def _employee(employee: Mapping[str, Any]) -> SeenEmployee:
    return SeenEmployee(
        employee_id=text(employee.get("employee_id")),
        name=text(employee.get("employee_full_name")),
        answered=flag(employee.get("is_answered")),
        talked=flag(employee.get("is_talked")),
    )


def _direction(value: object) -> str:
    return DIRECTIONS.get(text(value).lower(), "")


def _record_ids(records: object) -> Iterable[str]:
    """`call_records` lists IDs; one written as an object is read too."""
    for record in records if isinstance(records, list) else []:
        identifier = text(mapping(record).get("id") or mapping(record).get("record_id") or record)
        if identifier:
            yield identifier


def _tags(value: object) -> tuple[str, ...] | None:
    """IDs out of `tags[{tag_id, tag_name}]`; None where the report does not tell, as for what is no list."""
    if not isinstance(value, list):
        return None
    found = (text(mapping(tag).get("tag_id") or mapping(tag).get("id")) for tag in value)
    return tuple(dict.fromkeys(tag[:40] for tag in found if tag))


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
