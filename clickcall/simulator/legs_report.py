"""`get.call_legs_report`: who was rung in a call, one row a leg."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from clickcall.simulator.calls import Call
from clickcall.simulator.config import Employee
from clickcall.simulator.listing import PAGING, Field, listing
from clickcall.simulator.methods import Asked, Given
from clickcall.simulator.plans import Step
from clickcall.simulator.reports import finished, local, window
from clickcall.simulator.schema import Param, Schema
from clickcall.simulator.world import World

SCHEMA: Schema = {**PAGING, "date_from": Param(required=True), "date_till": Param(required=True)}
FIELDS = {
    "id": Field("number"),
    "call_session_id": Field("number"),
    "start_time": Field(),
    "connect_time": Field(),
    "duration": Field("number"),
    "total_duration": Field("number"),
    "is_operator": Field("boolean"),
    "finish_reason": Field(),
    "employee_full_name": Field(),
}


def get_call_legs_report(world: World, asked: Asked) -> Given:
    """The legs of finished calls, by the calls' start."""
    between = window(asked)
    rows = (row for call in finished(world, asked, between) for row in _legs(call, between.zone))
    return listing(rows, FIELDS, asked.params)


def _legs(call: Call, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    began = call.placed_at
    for position, step in enumerate(call.plan.steps):
        answered = call.answered(step, call.ends_at)
        for employee in call.rung(step, answered=False):
            yield _row(call, position, employee, began, zone)
        if not answered:
            return
        began += step.ring / call.speed


def _row(call: Call, position: int, employee: Employee | None, began: float, zone: ZoneInfo) -> dict[str, Any]:
    step = call.plan.steps[position]
    picked_up = _picked_up(call, step, employee)
    joined = began + step.ring / call.speed
    return {
        "id": call.leg_id(position, employee),
        "call_session_id": call.id,
        "start_time": local(began, zone),
        "connect_time": local(joined, zone) if picked_up else None,
        "duration": round((call.ends_at - joined) * call.speed) if picked_up else 0,
        "total_duration": round((call.ends_at - began) * call.speed),
        "is_operator": step.party == "employee",
        "finish_reason": call.finish_reason if picked_up or not step.colleague else "another_operator_answer",
        "employee_full_name": employee.name if employee else None,
    }


def _picked_up(call: Call, step: Step, employee: Employee | None) -> bool:
    return call.answered(step, call.ends_at) and employee in call.rung(step, answered=True)
