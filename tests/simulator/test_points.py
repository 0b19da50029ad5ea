"""Points: what is charged, what is refused, what is told."""

from collections.abc import Callable

from support.simulator import NORTHWIND, Clock, Rpc, sever_config

from clickcall.simulator import Config, Simulator

Start = Callable[[Config], Rpc]


def remaining(rpc: Rpc) -> tuple[int, int]:
    """Points left in the minute and in the day, after this question was charged."""
    limits = rpc.ask("list.calls")["result"]["metadata"]["limits"]
    return limits["minute_remaining"], limits["day_remaining"]


def start_of_minute(clock: Clock) -> None:
    clock.tick(60 - clock.now % 60)


def test_only_successes_are_charged(call_api: Rpc) -> None:
    assert remaining(call_api) == (99_999, 999_999)
    refused = call_api.error("start.vnumber_call", contact="x")
    assert refused["metadata"]["limits"]["day_remaining"] == 999_999
    assert remaining(call_api) == (99_998, 999_998)


def test_the_minutes_limit_holds_until_the_minute_ends(call_api_of: Start, clock: Clock) -> None:
    start_of_minute(clock)
    rpc = call_api_of(sever_config(minute_limit=2))
    rpc.data("list.calls")
    rpc.data("list.calls")
    clock.tick(10)
    error = rpc.error("list.calls")
    assert (error["mnemonic"], error["code"]) == ("limit_exceeded", -32029)
    assert error["params"] == {"limit_type": "minute", "limit_max_value": 2}
    assert error["metadata"]["limits"]["minute_reset"] == 50
    clock.tick(50)
    assert rpc.data("list.calls") == []


def test_the_days_limit_outlasts_the_minute(call_api_of: Start, clock: Clock) -> None:
    rpc = call_api_of(sever_config(day_limit=1))
    rpc.data("list.calls")
    clock.tick(60)
    error = rpc.error("list.calls")
    assert error["params"] == {"limit_type": "day", "limit_max_value": 1}
    clock.tick(error["metadata"]["limits"]["day_reset"])
    assert rpc.data("list.calls") == []


def test_accounts_have_points_of_their_own(call_api_of: Start) -> None:
    rpc = call_api_of(sever_config(day_limit=1))
    rpc.data("list.calls")
    rpc.token = NORTHWIND
    assert rpc.data("list.calls") == []


def test_a_reset_gives_the_points_back(call_api: Rpc, simulator: Simulator) -> None:
    before = remaining(call_api)
    simulator.reset()
    assert remaining(call_api) == before
