"""Comparing with the provider over sockets: by command, by repair, by the worker."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils.timezone import now
from support.presses import placed_at, pressed, requests_of
from support.simulator import NUMBER, Rpc
from support.sweeps import SETTLED, asked, later, provider_that, refuses, row, rows
from support.wire_server import Seen, WireServer, resets, success

from clickcall.calls.reconcile import NotAsked, gathering, reconcile, reconcile_yesterdays
from clickcall.calls.sweep import sweep_round
from clickcall.models import Call, Dispatch, Member, Origin, Reconciliation, Status
from clickcall.provider import data_api
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]
MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture(autouse=True)
def by_day() -> Iterator[None]:
    """By the time that calls have settled it must be the same day still."""
    with time_machine.travel(now().astimezone(MOSCOW).replace(hour=12)):
        yield


def today(seconds: float = 0) -> date:
    return (now() + timedelta(seconds=seconds)).astimezone(MOSCOW).date()


def run(*flags: str, day: str = "") -> tuple[int, dict[str, Any]]:
    """Exit code and the printed object."""
    out = io.StringIO()
    try:
        call_command(
            "reconcile", "--account", "acme", "--day", day or today().isoformat(), "--json", *flags, stdout=out
        )
    except SystemExit as ended:
        return int(str(ended.code)), json.loads(out.getvalue() or "{}")
    return 0, json.loads(out.getvalue())


@pytest.fixture
def settled(provider: Simulator, anna: Member) -> Simulator:
    """Three calls that have ended, and everybody knows how."""
    for contact in ("79260000000", "79260000001", "79260000014"):
        pressed(anna, f"+{contact}")
    with later(SETTLED):
        sweep_round(everything=True)
    return provider


def test_a_settled_day_is_equal(settled: Simulator) -> None:
    with later(SETTLED):
        code, result = run()
    assert code == 0
    assert (result["provider"], result["ours"], result["both"]) == (3, 3, 3)
    assert Reconciliation.objects.get().result == result


def test_what_was_lost_here_is_found_and_repaired(settled: Simulator, anna: Member) -> None:
    lost, changed = Call.objects.order_by("pk")[:2]
    Call.objects.filter(pk=lost.pk).delete()
    Call.objects.filter(pk=changed.pk).update(total_duration=0)
    with later(SETTLED):
        code, result = run()
        assert code == 1
        named = [{"external_id": lost.external_id, "call_session_id": int(lost.call_session_id)}]
        assert result["only_provider"] == named
        assert [one["external_id"] for one in result["different"]] == [changed.external_id]
        assert not Reconciliation.objects.get().is_equal

        assert run("--repair")[0] == 0
        assert run()[0] == 0
    repaired = Call.objects.get(call_session_id=lost.call_session_id)
    assert (repaired.origin, repaired.status, repaired.is_final) == (Origin.OTHER, Status.TALKED, True)
    assert Reconciliation.objects.get().is_equal


def test_what_only_we_have_is_left_alone_by_a_repair(settled: Simulator, anna: Member) -> None:
    Call.objects.create(
        account=anna.account,
        member=anna,
        external_id="invented",
        call_session_id="1",
        contact_phone="79260000000",
        dispatch=Dispatch.ACCEPTED,
        status=Status.ACCEPTED,
    )
    with later(SETTLED):
        code, result = run("--repair")
    assert (code, result["only_ours"]) == (1, [{"external_id": "invented", "call_session_id": 1}])
    assert Call.objects.filter(external_id="invented").exists()


def test_another_programs_press_is_counted_apart(settled: Simulator, anna: Member) -> None:
    rpc = Rpc(anna.account.call_api_url)
    rpc.start("79260000000")
    rpc.close()
    with later(SETTLED):
        assert run() == (0, run()[1])
        assert run()[1]["others"] == 1


def test_a_lost_press_that_nobody_looked_up_is_repaired(provider: Simulator, anna: Member) -> None:
    call = pressed(anna, "+7 926 000-00-14")
    assert call.dispatch == Dispatch.UNKNOWN
    with later(SETTLED):
        code, result = run()
        assert (code, result["different"][0]["fields"]["dispatch"]) == (1, ["unknown", "accepted"])
        assert run("--repair")[0] == 0
    call.refresh_from_db()
    (placed,) = placed_at(provider)
    assert (call.dispatch, call.call_session_id) == (Dispatch.ACCEPTED, str(placed["call_session_id"]))


@pytest.mark.parametrize("report", [resets, refuses("method_component_disabled"), rows(total=3)])
def test_a_provider_that_does_not_answer_completely_ends_with_3(scripted: Scripted, anna: Member, report: Any) -> None:
    scripted(provider_that(report=report))
    assert run() == (3, {})
    assert not Reconciliation.objects.exists()


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "2999-01-01", ""])
def test_a_day_that_is_none_is_refused(anna: Member, day: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("reconcile", "--account", "acme", "--day", day)
    assert refused.value.returncode == 2


def test_people_read_a_sentence(settled: Simulator) -> None:
    out = io.StringIO()
    with later(SETTLED):
        call_command("reconcile", "--account", "acme", "--day", today().isoformat(), stdout=out)
    assert "the provider has 3 of our calls, we have 3; 0 missing, 0 extra, 0 different" in out.getvalue()


def test_a_day_with_more_rows_than_can_be_paged_is_asked_for_in_parts(
    scripted: Scripted, anna: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_api, "MAX_OFFSET", 2)
    monkeypatch.setattr(data_api, "_REPORT_PAGE", 1)
    began = now() - timedelta(hours=3)
    found = [row(f"p{n}", session=n, at=began + timedelta(minutes=n), virtual_phone_number=NUMBER) for n in range(1, 9)]

    def report(seen: Seen, sock: Any) -> None:
        params = seen.call["params"]
        within = [one for one in found if params["date_from"] <= one["start_time"] <= params["date_till"]]
        part = within[params["offset"] : params["offset"] + params["limit"]]
        sock.sendall(success(seen, part, {"total_items": len(within)}))

    server = scripted(provider_that(report=report))
    _day, sightings = gathering.gather(anna.account, began.astimezone(MOSCOW).date())
    assert sorted(int(one.call_session_id) for one in sightings) == list(range(1, 9))
    assert len({params["date_from"] for params in asked(server, "get.calls_report")}) > 1


def test_fields_that_nobody_knows_and_nulls_are_no_difference(scripted: Scripted, anna: Member) -> None:
    nulls = {"talk_duration": None, "contact_phone_number": None, "brand_new": {"x": [1]}, "employees": None}
    began = now() - timedelta(hours=1)
    scripted(provider_that(report=rows(row("a-press", session=5, at=began, virtual_phone_number=None, **nulls))))
    Call.objects.create(
        account=anna.account,
        member=anna,
        external_id="a-press",
        call_session_id="5",
        contact_phone="79260000000",
        dispatch=Dispatch.ACCEPTED,
        status=Status.BUSY,
        is_final=True,
        finish_reason="caller_busy",
        talk_duration=4,
        requested_at=began,
        accepted_at=began,
        finished_at=began,
    )
    assert reconcile(anna.account, began.astimezone(MOSCOW).date()).is_equal


def test_an_account_without_a_key_is_not_asked(anna: Member) -> None:
    with pytest.raises(NotAsked):
        reconcile(anna.account, today())


def moscow(hour: int, minute: int = 0) -> datetime:
    """Tomorrow at this hour."""
    return datetime.combine(today() + timedelta(days=1), datetime.min.time(), MOSCOW).replace(hour=hour, minute=minute)


def test_the_worker_compares_yesterday_once_from_three_in_the_morning(settled: Simulator, anna: Member) -> None:
    day = today()
    before = len(requests_of(settled, "get.calls_report"))
    for hour, minute, results in ((2, 59, 0), (3, 1, 1), (3, 2, 1), (9, 0, 1)):
        with time_machine.travel(moscow(hour, minute)):
            reconcile_yesterdays()
        assert Reconciliation.objects.filter(day=day).count() == results
    assert len(requests_of(settled, "get.calls_report")) == before + 1


def test_a_comparison_from_during_the_day_is_made_again_after_it(settled: Simulator, anna: Member) -> None:
    with later(SETTLED):
        reconcile(anna.account, today())
    with time_machine.travel(moscow(4)):
        reconcile_yesterdays()
        assert Reconciliation.objects.get(day=today(-86_400)).at > now() - timedelta(minutes=1)


def test_the_worker_tries_a_silent_provider_again_after_a_while(scripted: Scripted, anna: Member) -> None:
    server = scripted(resets)
    pressed(anna)
    before = len(server.requests)
    for minute, tried in ((0, 1), (5, 1), (16, 2)):
        with time_machine.travel(moscow(4, minute)):
            reconcile_yesterdays()
        assert len(server.requests) - before == tried


def test_the_worker_leaves_accounts_alone_in_which_nobody_calls(provider: Simulator) -> None:
    with time_machine.travel(moscow(4)):
        reconcile_yesterdays()
    assert provider.journal() == []
