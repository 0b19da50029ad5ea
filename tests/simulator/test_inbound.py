"""People who call in: now and then, or when a test wants it."""

from dataclasses import replace
from typing import Any

import pytest
import requests
from support.simulator import NUMBER, Clock, Rpc, sever_config

from clickcall.simulator import ConfigError, Simulator
from clickcall.simulator.config import Inbound

WINDOW = {"date_from": "2026-10-01 00:00:00", "date_till": "2026-12-01 00:00:00"}
CALLER = "79161234501"


def let_in(simulator: Simulator, **order: Any) -> requests.Response:
    return requests.post(f"{simulator.url}inbound", json={"account": "sever", "contact": CALLER, **order}, timeout=5)


def test_an_order_makes_a_call_at_once(simulator: Simulator, call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    answer = let_in(simulator, virtual_phone_number="74951045771", missed=False)
    assert answer.status_code == 201
    (live,) = call_api.data("list.calls")
    assert live["call_session_id"] == answer.json()["call_session_id"]
    assert (live["direction"], live["external_id"]) == ("in", None)
    assert (live["contact_phone_number"], live["virtual_phone_number"]) == (CALLER, "74951045771")
    assert [leg["employee_full_name"] for leg in live["legs"]] == [None, "Олег Дементьев"]
    clock.tick(60)
    (row,) = data_api.data("get.calls_report", **WINDOW, fields=["is_lost", "talk_duration", "call_api_external_id"])
    assert (row["is_lost"], row["call_api_external_id"]) == (False, None)
    assert row["talk_duration"] > 10


def test_a_missed_call_is_lost(simulator: Simulator, data_api: Rpc, clock: Clock) -> None:
    let_in(simulator, missed=True)
    clock.tick(60)
    (row,) = data_api.data("get.calls_report", **WINDOW, fields=["is_lost", "virtual_phone_number", "finish_reason"])
    assert row == {"is_lost": True, "virtual_phone_number": NUMBER, "finish_reason": "operator_not_responsive"}


def test_a_caller_on_the_blacklist_rings_nobody(simulator: Simulator, call_api: Rpc, data_api: Rpc) -> None:
    let_in(simulator, contact="79991112233")
    assert call_api.data("list.calls") == []
    (row,) = data_api.data("get.calls_report", **WINDOW, fields=["is_lost", "employees", "finish_reason"])
    assert row == {"is_lost": True, "employees": [], "finish_reason": "numa_in_black_list"}


def test_the_journal_tells_of_calls_from_outside(simulator: Simulator, clock: Clock) -> None:
    session = simulator.inbound("sever", CALLER, missed=True)
    clock.tick(60)
    placed, ended = simulator.journal()
    assert (placed["event"], placed["direction"], placed["call_session_id"]) == ("placed", "in", session)
    assert (placed["external_id"], placed["request_id"]) == (None, None)
    assert (ended["event"], ended["finish_reason"]) == ("ended", "operator_not_responsive")


@pytest.mark.parametrize(
    "wrong", [{"contact": "+7916"}, {"virtual_phone_number": "78123098765"}, {"missed": 1}, {"account": "nobody"}]
)
def test_what_cannot_ring_is_refused(simulator: Simulator, wrong: dict[str, Any]) -> None:
    assert let_in(simulator, **wrong).status_code == 400
    assert simulator.journal() == []


def test_a_test_is_told_as_well_what_cannot_ring(simulator: Simulator) -> None:
    with pytest.raises(ConfigError, match="78123098765"):
        simulator.inbound("sever", CALLER, "78123098765")


@pytest.mark.parametrize(("missed_every", "missed"), [(0, 0), (1, 6), (2, 3), (3, 2)])
def test_the_share_of_missed_calls_is_configured(clock: Clock, missed_every: int, missed: int) -> None:
    callers = Inbound(every=45, account="sever", callers=(CALLER, "79161234502"), missed_every=missed_every)
    with Simulator(replace(sever_config(inbound=callers)), clock=clock) as simulator:
        clock.tick(6 * 45 + 44)
        lines = simulator.journal()
    assert sum(line["event"] == "placed" for line in lines) == 6
    assert sum(line.get("finish_reason") == "operator_not_responsive" for line in lines) == missed
    assert {line["contact"] for line in lines} == {CALLER, "79161234502"}
