"""`get.call_legs_report`: one row for each party that was rung."""

from typing import Any

from support.simulator import Clock, Rpc

WINDOW = {"date_from": "2026-10-01 00:00:00", "date_till": "2026-12-01 00:00:00"}


def legs(data_api: Rpc, **params: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = data_api.data("get.call_legs_report", **WINDOW, **params)
    return rows


def test_a_talk_has_the_employees_leg_and_the_contacts(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    session = call_api.start()
    live = [leg["leg_id"] for leg in call_api.data("list.calls")[0]["legs"]]
    assert legs(data_api) == []
    clock.tick(60)
    employee, contact = legs(data_api)
    assert [employee["id"]] == live
    assert employee["call_session_id"] == contact["call_session_id"] == session
    assert (employee["is_operator"], contact["is_operator"]) == (True, False)
    assert (employee["employee_full_name"], contact["employee_full_name"]) == ("Анна Кузнецова", None)
    assert [(leg["duration"], leg["total_duration"]) for leg in (employee, contact)] == [(17, 20), (12, 17)]
    assert employee["connect_time"] == contact["start_time"]


def test_a_leg_that_nobody_picked_up_is_the_last_one(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    call_api.start("79260000003")
    clock.tick(60)
    (leg,) = legs(data_api)
    assert (leg["connect_time"], leg["duration"], leg["finish_reason"]) == (None, 0, "operator_not_responsive")


def test_a_colleague_has_a_leg_of_their_own_that_stays_the_same(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    call_api.start("79260000005")
    rung = {leg["employee_full_name"]: leg["leg_id"] for leg in call_api.data("list.calls")[0]["legs"]}
    clock.tick(4)
    answered = {leg["employee_full_name"]: leg["leg_id"] for leg in call_api.data("list.calls")[0]["legs"]}
    assert answered["Олег Дементьев"] == rung["Олег Дементьев"]
    assert len({*rung.values(), *answered.values()}) == 3
    clock.tick(60)
    anna, oleg, _ = legs(data_api)
    assert (anna["id"], oleg["id"]) == (rung["Анна Кузнецова"], rung["Олег Дементьев"])
    assert (anna["connect_time"], anna["finish_reason"]) == (None, "another_operator_answer")
    assert oleg["connect_time"] is not None


def test_legs_are_narrowed_by_their_call(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    call_api.start()
    session = call_api.start("79260000001")
    clock.tick(60)
    mine = {"field": "call_session_id", "operator": "=", "value": session}
    assert len(legs(data_api)) == 4
    assert len(legs(data_api, filter=mine)) == 2
