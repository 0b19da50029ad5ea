"""Days far from UTC, and days on which clocks change, through the command and over a socket."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from support import people
from support.past_days import logged, past_row, remember
from support.presses import connect
from support.simulator import NUMBER, SEVER, sever_config

from clickcall import gateway
from clickcall.models import Account, Member, Origin
from clickcall.simulator import Simulator

DAY, NOON = "2025-11-20", "2025-11-20 12:00:00"
Provider = Callable[[str], Simulator]


@pytest.fixture
def provider(account: Account) -> Iterator[Provider]:
    """provider(zone): the account's provider; both are in that zone."""
    started: list[Simulator] = []

    def start(zone: str = "Europe/Moscow") -> Simulator:
        simulator = Simulator(sever_config(timezone=zone))
        simulator.__enter__()
        started.append(simulator)
        account.timezone = account.provider_timezone = zone
        connect(account, simulator.url)
        people.make_token(account, SEVER)
        people.make_number(account, NUMBER)
        return simulator

    yield start
    gateway.wire().close()
    for simulator in started:
        simulator.__exit__(None, None, None)


def run(day: str = DAY, *flags: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the printed object."""
    out = io.StringIO()
    try:
        call_command("reconcile", "--account", "acme", "--day", day, "--json", *flags, stdout=out, stderr=io.StringIO())
    except SystemExit as ended:
        return int(str(ended.code)), json.loads(out.getvalue() or "{}")
    return 0, json.loads(out.getvalue())


def named(session: int, external_id: str | None = None) -> dict[str, Any]:
    return {"external_id": external_id or f"press-{session}", "call_session_id": session}


def test_repair_takes_in_what_is_missing_and_a_second_time_changes_nothing(provider: Provider, anna: Member) -> None:
    session = past_row(5, NOON, direction="in", call_api_external_id=None, call_api_request_id=None)
    remember(provider("Europe/Moscow"), session)
    assert run()[0] == 1
    assert not anna.account.calls.exists()
    assert run(DAY, "--repair")[0] == 0
    call = anna.account.calls.get()
    assert (call.call_session_id, call.origin, call.is_final) == ("5", Origin.INBOUND, True)
    assert run(DAY, "--repair")[0] == 0
    assert list(anna.account.calls.values_list("pk")) == [(call.pk,)]


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"])
def test_a_day_is_the_accounts_from_its_first_second_to_its_last(provider: Provider, anna: Member, zone: str) -> None:
    simulator = provider(zone)
    edges = ("2025-11-19 23:59:59", f"{DAY} 00:00:00", f"{DAY} 23:59:59", "2025-11-21 00:00:00")
    remember(simulator, *(past_row(session, start) for session, start in enumerate(edges, 5)))
    _code, found = run()
    assert found["only_provider"] == [named(6), named(7)]
    for session in (6, 7):
        logged(anna, session, edges[session - 5])
    assert run()[0] == 0


@pytest.mark.parametrize(
    ("zone", "day", "starts"),
    [
        ("America/New_York", "2025-11-02", ("00:30:00", "01:30:00", "23:30:00")),  # 25 hours
        ("Pacific/Auckland", "2025-09-28", ("00:30:00", "03:30:00", "23:30:00")),  # 23 hours
        ("America/Santiago", "2025-09-07", ("01:00:00", "23:59:59")),  # it begins at one
        ("America/Havana", "2025-11-02", ("00:30:00", "23:59:59")),  # its first hour lives twice
    ],
)
def test_a_day_on_which_clocks_change_is_compared_whole(
    provider: Provider, anna: Member, zone: str, day: str, starts: tuple[str, ...]
) -> None:
    simulator = provider(zone)
    for session, start in enumerate(starts, 5):
        remember(simulator, past_row(session, f"{day} {start}"))
        logged(anna, session, f"{day} {start}")
    code, found = run(day)
    assert (code, found["both"]) == (0, len(starts))


def test_a_call_in_the_second_turn_of_an_hour_is_equal(provider: Provider, anna: Member) -> None:
    remember(provider("America/New_York"), past_row(5, "2025-11-02 01:30:00"))
    logged(anna, 5, "2025-11-02 01:30:00-05:00")
    code, found = run("2025-11-02")
    assert (code, found["different"]) == (0, [])
