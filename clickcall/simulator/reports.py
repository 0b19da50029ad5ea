"""`get.calls_report`: how calls ended."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, datetime
from typing import Any
from zoneinfo import ZoneInfo

from clickcall.simulator.calls import Call
from clickcall.simulator.listing import PAGING, Field, listing
from clickcall.simulator.methods import Asked, Given
from clickcall.simulator.recordings import is_recorded, record_id, talk_link
from clickcall.simulator.refusals import Refusal
from clickcall.simulator.regions import region_of
from clickcall.simulator.schema import Param, Schema
from clickcall.simulator.tags import tags_of
from clickcall.simulator.world import World

FORMAT = "%Y-%m-%d %H:%M:%S"
SCHEMA: Schema = {
    **PAGING,
    "date_from": Param(required=True),
    "date_till": Param(required=True),
    "include_ongoing_calls": Param("boolean"),
}
FIELDS = {
    "id": Field("number"),
    "start_time": Field(),
    "finish_time": Field(),
    "finish_reason": Field(),
    "is_lost": Field("boolean"),
    "direction": Field(),
    "contact_phone_number": Field(),
    "virtual_phone_number": Field(),
    "wait_duration": Field("number"),
    "talk_duration": Field("number"),
    "clean_talk_duration": Field("number"),
    "total_duration": Field("number"),
    "call_records": Field("array"),
    "full_record_file_link": Field(),
    "communication_id": Field("number"),
    "cpn_region_name": Field(default=False),
    "employees": Field("array", default=False),
    "tags": Field("array", default=False),
    "call_api_external_id": Field(default=False),
    "call_api_request_id": Field(default=False),
}
"""The four at the end are answered only when `fields` asks for them."""


@dataclass(frozen=True, slots=True)
class Window:
    """The calls that are asked for: from `first` on and before `last`, Unix times. `zone` is the account's."""

    first: float
    last: float
    zone: ZoneInfo


def get_calls_report(world: World, asked: Asked) -> Given:
    """Calls by their start, in the account's zone; running ones only with `include_ongoing_calls`."""
    between = window(asked)
    return listing(_rows(world, asked, between), FIELDS, asked.params)


def window(asked: Asked) -> Window:
    """What `date_from` and `date_till` mean. Raises Refusal."""
    zone = ZoneInfo(asked.account.timezone)
    first, last = (_asked(asked.params, name, zone) for name in ("date_from", "date_till"))
    if last < first:
        raise Refusal("invalid_parameter_value", "date_till", asked.params["date_till"])
    if last > _three_months_on(first):
        raise Refusal("date_interval_limit_reached")
    return Window(first.timestamp(), last.timestamp() + 1, zone)


def finished(world: World, asked: Asked, between: Window) -> Iterator[Call]:
    """The calls that are over and reported."""
    now = world.clock()
    for call in world.exchange.between(asked.account, between.first, between.last):
        if _is_reported(world, call, now):
            yield call


def _is_reported(world: World, call: Call, now: float) -> bool:
    return not call.is_live(now) and now >= call.ends_at + world.config.report_delay / world.speed


def _rows(world: World, asked: Asked, between: Window) -> Iterator[dict[str, Any]]:
    yield from world.exchange.past.between(asked.account, between.first, between.last)
    now, ongoing = world.clock(), asked.params.get("include_ongoing_calls", False)
    for call in world.exchange.between(asked.account, between.first, between.last):
        if call.row:
            yield call.row
        elif _is_reported(world, call, now) or (ongoing and call.is_live(now)):
            row = report_row(world, call, now, between.zone)
            if not call.is_live(now) and bool(row["call_records"]) == call.is_talked(now):
                call.row = row  # it will not change any more
            yield row


def report_row(world: World, call: Call, now: float, zone: ZoneInfo) -> dict[str, Any]:
    """All fields of a call at `now`. Durations are whole seconds as at speed 1, times are those of the clock."""
    ended = not call.is_live(now)
    waited, talked = call.durations(now)
    recorded = is_recorded(call, now, world.config.recording_delay)
    return {
        "id": call.id,
        "start_time": local(call.placed_at, zone),
        "finish_time": local(call.ends_at, zone) if ended else None,
        "finish_reason": call.finish_reason if ended else None,
        "is_lost": ended and call.direction == "in" and not call.is_talked(now),
        "direction": call.direction,
        "contact_phone_number": call.contact,
        "virtual_phone_number": call.virtual_number,
        "wait_duration": waited,
        "talk_duration": talked,
        "clean_talk_duration": talked,
        "total_duration": waited + talked,
        "call_records": [record_id(call)] if recorded else [],
        "full_record_file_link": talk_link(world.exchange.base_url, call) if recorded else None,
        "communication_id": call.communication_id,
        "cpn_region_name": region_of(call.contact),
        "employees": list(_employees(call, now)),
        "tags": tags_of(call),
        "call_api_external_id": call.external_id,
        "call_api_request_id": call.request_id,
    }


def _employees(call: Call, now: float) -> Iterator[dict[str, Any]]:
    """Whoever was rung by `now`."""
    for step in call.plan.steps:
        answered = call.answered(step, now)
        if step.party == "employee":
            for person in [call.employee, call.colleague] if step.colleague else [call.employee]:
                picked_up = answered and (person == call.colleague) == step.colleague
                if person:
                    yield {
                        "employee_id": person.id,
                        "employee_full_name": person.name,
                        "is_answered": picked_up,
                        "is_talked": picked_up and call.is_talked(now),
                    }
        if not answered:
            return


def _asked(params: dict[str, Any], name: str, zone: ZoneInfo) -> datetime:
    try:
        return moment(params[name], zone)
    except ValueError as error:
        raise Refusal("invalid_parameter_value", name, params[name]) from error


def moment(text: str, zone: ZoneInfo) -> datetime:
    """A time as the reports write it. Raises ValueError for any other spelling."""
    found = datetime.strptime(text, FORMAT).replace(tzinfo=zone)
    try:
        found.timestamp()
    except OverflowError as error:
        raise ValueError(text) from error
    if found.strftime(FORMAT) != text:
        raise ValueError(text)
    return found


def _three_months_on(first: datetime) -> datetime:
    year, month = first.year + (first.month + 2) // 12, (first.month + 2) % 12 + 1
    if year > MAXYEAR:
        return first
    return first.replace(year=year, month=month, day=min(first.day, calendar.monthrange(year, month)[1]))


def local(at: float, zone: ZoneInfo) -> str:
    """A Unix time as the reports write it."""
    return datetime.fromtimestamp(at, zone).strftime(FORMAT)
