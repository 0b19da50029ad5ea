"""A call's life as `list.calls` shows it, and what can be done to it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from support.simulator import NUMBER, Clock, Rpc, sever_config

from clickcall.simulator import Config, Simulator
from clickcall.simulator.config import Inbound

TALKING = {"Conversation", "Talking"}


def legs(rpc: Rpc) -> list[tuple[bool, str]]:
    """Of the one running call: (is it the employee's leg, its state)."""
    (row,) = rpc.data("list.calls")
    return [(leg["is_operator"], "talks" if leg["state"] in TALKING else leg["state"]) for leg in row["legs"]]


def test_employee_first_rings_the_employee_then_the_contact(call_api: Rpc, clock: Clock) -> None:
    call_api.start(first_call="employee")
    assert legs(call_api) == [(True, "Dial")]
    clock.tick(3)
    assert legs(call_api) == [(True, "talks"), (False, "Dial")]
    clock.tick(5)
    assert legs(call_api) == [(True, "talks"), (False, "talks")]
    clock.tick(11.9)
    assert len(legs(call_api)) == 2
    clock.tick(0.2)
    assert call_api.data("list.calls") == []


def test_contact_first_rings_the_contact_then_the_employee(call_api: Rpc, clock: Clock) -> None:
    call_api.start(first_call="contact")
    assert legs(call_api) == [(False, "Dial")]
    clock.tick(5)
    assert legs(call_api) == [(False, "talks"), (True, "Dial")]
    clock.tick(3)
    assert legs(call_api) == [(False, "talks"), (True, "talks")]


def test_contact_first_and_busy_never_rings_the_employee(call_api: Rpc, clock: Clock) -> None:
    call_api.start("79260000001", first_call="contact")
    clock.tick(0.5)
    assert legs(call_api) == [(False, "Dial")]
    clock.tick(1)
    assert call_api.data("list.calls") == []


def test_a_row_says_who_is_rung_on_which_phone(call_api: Rpc) -> None:
    session = call_api.start(direction="out", external_id="ours", dtmf_string="..1.2", first_call="contact")
    (row,) = call_api.data("list.calls")
    (leg,) = row.pop("legs")
    row.pop("start_time")
    assert row == {
        "call_session_id": session,
        "direction": "out",
        "virtual_phone_number": NUMBER,
        "contact_phone_number": "79260000000",
        "external_id": "ours",
        "tags": [],
    }
    assert (leg["calling_phone_number"], leg["called_phone_number"]) == (NUMBER, "79260000000..1.2")
    assert leg["employee_id"] is None


def test_the_employee_is_the_one_whom_the_numbers_scenario_rings(call_api: Rpc) -> None:
    call_api.start(virtual_phone_number="74951045771")
    (leg,) = call_api.data("list.calls")[0]["legs"]
    assert (leg["employee_id"], leg["employee_full_name"]) == (486102, "Олег Дементьев")
    assert leg["called_phone_number"] == "0486102"


def test_a_colleague_is_rung_too_and_stays_alone(call_api: Rpc, clock: Clock) -> None:
    call_api.start("79260000005")
    names = [leg["employee_full_name"] for leg in call_api.data("list.calls")[0]["legs"]]
    assert names == ["Анна Кузнецова", "Олег Дементьев"]
    clock.tick(4)
    names = [leg["employee_full_name"] for leg in call_api.data("list.calls")[0]["legs"]]
    assert names == ["Олег Дементьев", None]


def test_start_times_come_in_all_documented_spellings(call_api: Rpc, clock: Clock) -> None:
    spellings: set[tuple[int, str]] = set()
    for _ in range(12):
        call_api.start()
        clock.tick(0.000_101)
    for row in call_api.data("list.calls"):
        spellings.add((len(row["start_time"]), row["start_time"][-1:] if "Z" in row["start_time"] else ""))
    assert spellings == {(19, ""), (23, ""), (24, "Z")}


def test_speed_divides_the_durations(clock: Clock) -> None:
    with Simulator(sever_config(), speed=10, clock=clock) as simulator:
        rpc = Rpc(simulator.call_api_url)
        rpc.start()
        clock.tick(0.31)
        assert legs(rpc) == [(True, "talks"), (False, "Dial")]
        clock.tick(1.7)
        assert rpc.data("list.calls") == []
        rpc.close()


def test_numbers_vary_a_little_and_always_alike(call_api: Rpc, simulator: Simulator, clock: Clock) -> None:
    def lengths() -> list[int]:
        simulator.reset()
        for contact in ("79261110000", "79261110001", "79261110002"):
            call_api.start(contact)
        clock.tick(60)
        ends = {line["contact"]: line["at"] for line in simulator.journal() if line.get("event") == "ended"}
        moments = [datetime.fromisoformat(at) for _, at in sorted(ends.items())]
        return [round((moment - moments[0]).total_seconds() * 10) for moment in moments]

    first = lengths()
    assert first == lengths()
    assert len(set(first)) == 3


def test_list_calls_can_be_narrowed(call_api: Rpc) -> None:
    inward, outward = call_api.start(), call_api.start(direction="out", virtual_phone_number="74951045771")

    def listed(**params: str) -> list[int]:
        return [row["call_session_id"] for row in call_api.data("list.calls", **params)]

    assert listed(direction="in") == [inward]
    assert listed(virtual_phone_number="74951045771") == [outward]
    assert listed(direction="in", virtual_phone_number="74951045771") == []


@pytest.mark.parametrize("params", [{"direction": "both"}, {"virtual_phone_number": "+7499"}])
def test_list_calls_is_as_strict_as_the_rest(call_api: Rpc, params: dict[str, Any]) -> None:
    assert call_api.error("list.calls", **params)["mnemonic"] == "invalid_parameter_value"


def test_list_calls_needs_call_management_and_release_does_not(
    call_api_of: Callable[[Config], Rpc],
) -> None:
    rpc = call_api_of(sever_config(call_management=False))
    assert rpc.error("list.calls")["mnemonic"] == "component_disabled"
    assert rpc.data("release.call", call_session_id=rpc.start()) == {"success": "true"}


def test_a_released_call_is_over_at_once(call_api: Rpc, simulator: Simulator, clock: Clock) -> None:
    session = call_api.start()
    clock.tick(4)
    assert call_api.data("release.call", call_session_id=session) == {"success": "true"}
    assert call_api.data("list.calls") == []
    ended = [line for line in simulator.journal() if line.get("event") == "ended"]
    assert [line["finish_reason"] for line in ended] == ["operator_disconnects"]
    clock.tick(60)
    assert len([line for line in simulator.journal() if line.get("event") == "ended"]) == 1


def test_what_is_not_running_cannot_be_released(call_api: Rpc, clock: Clock) -> None:
    session = call_api.start()
    clock.tick(60)
    for wrong in (session, session + 1, 1.5):
        assert call_api.error("release.call", call_session_id=wrong)["mnemonic"] == "call_session_not_found"
    assert call_api.error("release.call", call_session_id=str(session))["mnemonic"] == "data_type_error"


def test_outsiders_call_in_now_and_then(call_api_of: Callable[[Config], Rpc], clock: Clock) -> None:
    config = sever_config(inbound=Inbound(every=90, account="sever", callers=("79161234501",), missed_every=2))
    rpc = call_api_of(replace(config, report_delay=0))
    assert rpc.data("list.calls") == []
    clock.tick(91)
    (row,) = rpc.data("list.calls")
    assert (row["direction"], row["contact_phone_number"], row["external_id"]) == ("in", "79161234501", None)
    caller, employee = row["legs"]
    assert (caller["is_operator"], caller["called_phone_number"]) == (False, row["virtual_phone_number"])
    assert (employee["is_operator"], employee["state"]) == (True, "Dial")
    clock.tick(88)
    assert rpc.data("list.calls") == []
    clock.tick(3)
    assert len(rpc.data("list.calls")) == 1
