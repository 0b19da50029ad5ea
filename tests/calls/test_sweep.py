"""Looking after calls that have not ended: what is asked, by whom, and what may be concluded."""

import io
import json
import socket
from collections.abc import Callable
from contextlib import redirect_stderr
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.utils.timezone import now
from support import people
from support.presses import at_once, connect, placed_at, press, pressed, requests_of
from support.simulator import NUMBER, SEVER, sever_config
from support.wire_server import Script, Seen, WireServer, hangs, http, resets, sends, success

from clickcall.calls import services, sweep
from clickcall.calls.events import seen
from clickcall.calls.sweep import sweep_round
from clickcall.models import Account, Call, Dispatch, EventSource, Member, Status
from clickcall.provider.events import from_report
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]
MOSCOW = ZoneInfo("Europe/Moscow")
SETTLED = 700  # seconds: later than a lost press may be settled


def later(seconds: float) -> time_machine.travel:
    return time_machine.travel(now() + timedelta(seconds=seconds))


def unknown(member: Member, external_id: str = "lost", **fields: Any) -> Call:
    """A press whose answer got lost."""
    defaults: dict[str, Any] = {
        "contact_phone": "79260000000",
        "dispatch": Dispatch.UNKNOWN,
        "status": Status.UNKNOWN,
        "cause": "read_timeout",
        "params": {"first_call": "employee"},
    }
    return Call.objects.create(account=member.account, member=member, external_id=external_id, **(defaults | fields))


def row(external_id: str = "lost", session: int = 100, at: datetime | None = None, **fields: Any) -> dict[str, Any]:
    """A row of the report, in Moscow's time."""
    local = (at or now()).astimezone(MOSCOW).strftime("%Y-%m-%d %H:%M:%S")
    return {
        "id": session,
        "start_time": local,
        "finish_time": local,
        "finish_reason": "caller_busy",
        "contact_phone_number": "79260000000",
        "call_api_external_id": external_id,
        "talk_duration": 0,
        **fields,
    }


def refuses(mnemonic: str) -> Script:
    def script(seen: Seen, sock: socket.socket) -> None:
        error = {"code": -32008, "message": "no", "data": {"mnemonic": mnemonic}}
        sock.sendall(http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "error": error})))

    return script


def rows(*found: dict[str, Any], total: int | None = None) -> Script:
    def script(seen: Seen, sock: socket.socket) -> None:
        offset = seen.call["params"].get("offset", 0)
        sock.sendall(success(seen, list(found)[offset:], {"total_items": len(found) if total is None else total}))

    return script


def provider_that(live: Script | None = None, report: Script | None = None) -> Script:
    """Answers both questions with nothing unless told otherwise."""
    scripts = {"list.calls": live or rows(), "get.calls_report": report or rows()}
    return lambda seen, sock: scripts[seen.call["method"]](seen, sock)


def asked(server: WireServer, method: str) -> list[dict[str, Any]]:
    return [seen.call["params"] for seen in server.requests if seen.call["method"] == method]


# --- a lost press is settled only when both were asked completely ----------------------------------------------------


@pytest.mark.parametrize(
    ("live", "report", "dispatch"),
    [
        (None, None, Dispatch.NOT_PLACED),
        (refuses("component_disabled"), None, Dispatch.NOT_PLACED),
        (None, refuses("internal_error"), Dispatch.UNKNOWN),
        (None, refuses("method_component_disabled"), Dispatch.UNKNOWN),
        (None, resets, Dispatch.UNKNOWN),
        (None, hangs, Dispatch.UNKNOWN),
        (None, sends(http("<html>")), Dispatch.UNKNOWN),
        (None, rows(total=3), Dispatch.UNKNOWN),
        (refuses("access_token_expired"), None, Dispatch.UNKNOWN),
        (refuses("limit_exceeded"), None, Dispatch.UNKNOWN),
        (resets, None, Dispatch.UNKNOWN),
        (sends(http('{"jsonrpc": "2.0", "id": "another", "result": {"data": []}}')), None, Dispatch.UNKNOWN),
    ],
    ids=[
        "both asked",
        "no live list in the plan",
        "report: internal error",
        "report: not in the plan",
        "report: reset",
        "report: never",
        "report: not JSON",
        "report: incomplete",
        "list: dead key",
        "list: limit",
        "list: reset",
        "list: another's answer",
    ],
)
def test_not_placed_needs_two_complete_answers(
    scripted: Scripted,
    anna: Member,
    wire_settings: Callable[..., None],
    live: Script | None,
    report: Script | None,
    dispatch: Dispatch,
) -> None:
    wire_settings(CONNECT_TIMEOUT=0.2, READ_TIMEOUT=0.2)
    scripted(provider_that(live, report))
    call = unknown(anna)
    with later(SETTLED):
        result = sweep_round()
    call.refresh_from_db()
    assert call.dispatch == dispatch
    assert (result.failed_accounts == []) == (dispatch == Dispatch.NOT_PLACED)


@pytest.mark.parametrize(("seconds", "dispatch"), [(590, Dispatch.UNKNOWN), (610, Dispatch.NOT_PLACED)])
def test_a_lost_press_is_settled_only_after_its_time(
    scripted: Scripted, anna: Member, seconds: int, dispatch: Dispatch
) -> None:
    scripted(provider_that())
    call = unknown(anna)
    with later(seconds):
        sweep_round()
    call.refresh_from_db()
    assert call.dispatch == dispatch


def test_an_accepted_press_is_never_settled_as_not_placed(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that())
    call = unknown(anna, dispatch=Dispatch.ACCEPTED, status=Status.ACCEPTED, call_session_id="5", cause="")
    with later(SETTLED):
        sweep_round()
    call.refresh_from_db()
    assert call.dispatch == Dispatch.ACCEPTED


def test_a_later_sighting_turns_not_placed_into_accepted(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that())
    call = unknown(anna)
    with later(SETTLED):
        sweep_round()
        call = services.apply_event(call, seen(from_report(row(), MOSCOW), now()))
    assert (call.dispatch, call.call_session_id, call.status) == (Dispatch.ACCEPTED, "100", Status.BUSY)


# --- what is taken for the call -----------------------------------------------------------------------------------


def test_a_lost_press_is_found_in_the_report(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that(report=rows(row())))
    call = unknown(anna)
    assert sweep_round().changed == 1
    call.refresh_from_db()
    assert (call.dispatch, call.call_session_id, call.cause) == (Dispatch.ACCEPTED, "100", "")
    assert (call.status, call.is_final) == (Status.BUSY, True)


@pytest.mark.parametrize(
    "other",
    [
        row(contact_phone_number="79269999999"),
        row(at=datetime(2026, 1, 1, tzinfo=UTC)),
        row("somebody-else"),
        row(call_api_external_id=None),
    ],
    ids=["another contact", "long ago", "another press", "no press"],
)
def test_what_is_not_this_press_is_not_taken_for_it(scripted: Scripted, anna: Member, other: dict[str, Any]) -> None:
    scripted(provider_that(report=rows(other)))
    call = unknown(anna)
    sweep_round()
    call.refresh_from_db()
    assert (call.dispatch, call.call_session_id) == (Dispatch.UNKNOWN, "")


def test_a_clock_of_the_provider_that_is_a_little_behind_is_no_reason_to_overlook(
    scripted: Scripted, anna: Member
) -> None:
    scripted(provider_that(report=rows(row(at=now() - timedelta(minutes=4)))))
    call = unknown(anna)
    sweep_round()
    call.refresh_from_db()
    assert call.dispatch == Dispatch.ACCEPTED


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_sessions_the_first_is_taken_and_the_second_raises_an_alarm_once(
    scripted: Scripted, anna: Member, caplog: pytest.LogCaptureFixture, order: int
) -> None:
    two = [row(session=100, finish_time=None, finish_reason=None), row(session=101)][::order]
    scripted(provider_that(report=rows(*two)))
    call = unknown(anna)
    sweep_round()
    sweep_round(everything=True)
    call.refresh_from_db()
    assert call.call_session_id == "100"
    assert not call.is_final, "the second session's end is not the first one's"
    alarms = call.events.filter(kind="second_session")
    assert [event.data["call_session_id"] for event in alarms] == ["101"]
    assert [record.levelname for record in caplog.records].count("CRITICAL") == 1


LOST = ["79260000009", "79260000010", "79260000011", "79260000014", "79260000021"]


@pytest.mark.parametrize("contact", LOST)
def test_a_call_whose_answer_got_lost_is_found_while_it_rings(provider: Simulator, anna: Member, contact: str) -> None:
    call = pressed(anna, f"+{contact}")
    assert call.dispatch == Dispatch.UNKNOWN
    sweep_round(everything=True)
    call.refresh_from_db()
    (placed,) = placed_at(provider)
    assert (call.dispatch, call.call_session_id) == (Dispatch.ACCEPTED, str(placed["call_session_id"]))
    assert call.status == Status.RINGING_YOU
    assert len(requests_of(provider)) == 1


@pytest.mark.parametrize("contact", ["79260000012", "79260000013"])
def test_a_call_that_was_never_placed_is_settled(provider: Simulator, anna: Member, contact: str) -> None:
    call = pressed(anna, f"+{contact}")
    assert call.dispatch == Dispatch.UNKNOWN
    with later(SETTLED):
        sweep_round()
    call.refresh_from_db()
    assert (call.dispatch, call.status) == (Dispatch.NOT_PLACED, Status.NOT_PLACED)
    assert (len(requests_of(provider)), placed_at(provider)) == (1, [])


ENDS = {
    "79260000000": Status.TALKED,
    "79260000001": Status.BUSY,
    "79260000002": Status.NO_ANSWER,
    "79260000003": Status.YOU_MISSED,
    "79260000004": Status.YOU_OFFLINE,
    "79260000005": Status.SOMEBODY_ELSE,
    "79260000006": Status.UNAVAILABLE,
    "79260000018": Status.TALKED,
    "79260000019": Status.TALKED,
}


@pytest.mark.parametrize("contact", ENDS)
def test_every_end_of_a_call_is_told_in_its_words(provider: Simulator, anna: Member, contact: str) -> None:
    call = pressed(anna, f"+{contact}")
    with later(SETTLED):
        sweep_round()
    call.refresh_from_db()
    assert (call.status, call.is_final) == (ENDS[contact], True)
    assert call.finished_at is not None
    assert call.total_duration is not None


def test_a_call_is_followed_from_the_first_ring_to_the_end(provider: Simulator, anna: Member) -> None:
    call = pressed(anna)
    shown = []
    start = now()
    for second in (1, 4, 9, 60):
        with time_machine.travel(start + timedelta(seconds=second)):
            sweep_round(everything=True)
        call.refresh_from_db()
        shown.append(call.status)
    assert shown == [Status.RINGING_YOU, Status.RINGING_CONTACT, Status.TALKING, Status.TALKED]
    assert call.talk_duration is not None
    assert call.record_link.startswith("https://")


# --- one question for many calls ----------------------------------------------------------------------------------


def test_many_calls_are_asked_about_with_one_list_and_one_report(provider: Simulator, anna: Member) -> None:
    for position in range(12):
        pressed(anna, f"+7 926 100-00-{position:02}")
    result = sweep_round(everything=True)
    assert (result.asked, result.failed_accounts) == (12, [])
    assert len(requests_of(provider, "list.calls")) == 1
    (report,) = requests_of(provider, "get.calls_report")
    assert report["params"]["include_ongoing_calls"] is True
    assert len(report["params"]["filter"]["value"]) == 12


def test_everything_goes_on_beyond_one_batch_and_a_round_of_the_loop_does_not(
    scripted: Scripted, anna: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "BATCH", 3)
    server = scripted(provider_that())
    for position in range(8):
        unknown(anna, f"lost-{position}")
    assert sweep_round().asked == 3
    assert sweep_round(everything=True).asked == 8
    pages = [params["filter"]["value"] for params in asked(server, "get.calls_report")]
    assert [len(page) for page in pages] == [3, 3, 3, 2]
    assert {name for page in pages[1:] for name in page} == {f"lost-{position}" for position in range(8)}


def test_a_provider_that_does_not_answer_is_not_asked_for_every_batch(
    scripted: Scripted, anna: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "BATCH", 2)
    server = scripted(resets)
    for position in range(6):
        unknown(anna, f"lost-{position}")
    assert sweep_round(everything=True).failed_accounts == ["acme"]
    assert len(server.requests) == 1


def test_one_silent_provider_does_not_keep_another_account_waiting(
    provider: Simulator, anna: Member, stranger: Member
) -> None:
    unknown(anna)
    connect(stranger.account, "http://127.0.0.1:1")
    people.make_token(stranger.account, SEVER)
    lost = unknown(stranger)
    with later(SETTLED):
        assert sweep_round().failed_accounts == ["rival"]
    assert Call.objects.exclude(pk=lost.pk).get().dispatch == Dispatch.NOT_PLACED
    assert Call.objects.get(pk=lost.pk).dispatch == Dispatch.UNKNOWN


def test_a_call_has_its_turn_every_two_seconds(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that())
    unknown(anna)
    with time_machine.travel(now(), tick=False) as clock:
        sweep_round()
        clock.shift(1.9)
        sweep_round()
        assert len(asked(server, "list.calls")) == 1
        clock.shift(0.2)
        sweep_round()
        assert len(asked(server, "list.calls")) == 2


def test_nothing_is_asked_where_nothing_is_open(provider: Simulator, anna: Member) -> None:
    unknown(anna, dispatch=Dispatch.REFUSED, status=Status.REFUSED, is_final=True)
    assert sweep_round(everything=True).asked == 0
    assert provider.journal() == []


# --- leases -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_side_by_side_ask_about_each_call_once(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that())
    for position in range(6):
        unknown(anna, f"lost-{position}")
    results = at_once(4, lambda _: sweep_round())
    assert sum(result.asked for result in results) == 6
    values = [params["filter"]["value"] for params in asked(server, "get.calls_report")]
    names = [name for value in values for name in (value if isinstance(value, list) else [value])]
    assert sorted(names) == [f"lost-{position}" for position in range(6)]


def test_a_call_that_another_worker_holds_is_left_to_it(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that())
    unknown(anna, lease_until=now() + timedelta(seconds=30))
    assert sweep_round(everything=True).asked == 0
    assert server.requests == []


def test_the_lease_of_a_dead_worker_ends_by_itself(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that())
    unknown(anna, lease_until=now() + timedelta(seconds=30))
    with later(31):
        assert sweep_round().asked == 1


def test_a_round_gives_its_leases_back(scripted: Scripted, anna: Member) -> None:
    scripted(resets)
    call = unknown(anna)
    sweep_round()
    call.refresh_from_db()
    assert call.lease_until is None


# --- the account's zone and its clocks ----------------------------------------------------------------------------


def zoned(zone: str) -> Simulator:
    return Simulator(replace(sever_config(timezone=zone, blacklist=()), report_delay=0))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Europe/London"])
def test_a_zone_that_was_never_told_is_asked_for_and_kept(
    account: Account, anna: Member, wire_settings: Callable[..., None], zone: str
) -> None:
    Account.objects.update(timezone="")
    account.timezone = ""
    with zoned(zone) as provider:
        connect(account, provider.url)
        people.make_token(account, SEVER)
        people.make_number(account, NUMBER)
        call = pressed(anna, "+7 926 000-00-14")
        assert call.dispatch == Dispatch.UNKNOWN
        sweep_round(everything=True)
        call.refresh_from_db()
        assert call.dispatch == Dispatch.ACCEPTED
        with later(120):
            sweep_round(everything=True)
        call.refresh_from_db()
        assert call.status == Status.TALKED
        assert Account.objects.get(pk=account.pk).timezone == zone
        assert len(requests_of(provider, "get.account")) == 1


@pytest.mark.parametrize(
    "moment", ["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00", "2026-03-29T00:59:50+00:00"]
)
def test_a_call_in_the_hour_of_the_clock_change_is_found_and_ended(
    account: Account, anna: Member, wire_settings: Callable[..., None], moment: str
) -> None:
    Account.objects.update(timezone="Europe/London")
    account.timezone = "Europe/London"
    at = datetime.fromisoformat(moment)
    with time_machine.travel(at) as clock, zoned("Europe/London") as provider:
        connect(account, provider.url)
        people.make_token(account, SEVER)
        people.make_number(account, NUMBER)
        call = pressed(anna, "+7 926 000-00-14")
        clock.move_to(at + timedelta(seconds=90))
        sweep_round(everything=True)
        call.refresh_from_db()
        assert (call.dispatch, call.status, call.is_final) == (Dispatch.ACCEPTED, Status.TALKED, True)
        assert call.accepted_at is not None
        assert call.finished_at is not None
        assert abs(call.accepted_at - at) < timedelta(seconds=5)
        assert at < call.finished_at < at + timedelta(seconds=90)


# --- worker --once ------------------------------------------------------------------------------------------------


def once() -> tuple[int, str]:
    """Exit code and standard error of `worker --once`."""
    said = io.StringIO()
    try:
        call_command("worker", "--once", stderr=said)
    except SystemExit as ended:
        return int(str(ended.code)), said.getvalue()
    return 0, said.getvalue()


def test_once_asks_about_every_call_whatever_its_turn_and_ends_with_0(provider: Simulator, anna: Member) -> None:
    call = pressed(anna)
    Call.objects.update(next_check_at=now() + timedelta(hours=1))
    assert once() == (0, "")
    call.refresh_from_db()
    assert call.events.filter(source=EventSource.LIST).exists()


def test_once_ends_with_3_when_a_provider_cannot_be_asked(scripted: Scripted, anna: Member) -> None:
    scripted(resets)
    unknown(anna)
    code, said = once()
    assert code == 3
    assert "acme" in said


def test_once_ends_with_3_without_any_key(provider: Simulator, anna: Member) -> None:
    press(anna)
    anna.account.tokens.all().delete()
    assert once()[0] == 3


def test_once_with_nothing_to_do_ends_with_0(anna: Member) -> None:
    with redirect_stderr(io.StringIO()):
        assert once() == (0, "")
