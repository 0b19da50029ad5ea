"""One question for many calls, each asked about by one worker at a time."""

import io
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr
from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection, connections
from django.utils.timezone import now
from support import people
from support.calls import make_call
from support.presses import at_once, connect, press, pressed, requests_of
from support.simulator import SEVER
from support.sweeps import SETTLED, asked, later, provider_that, unknown
from support.wire_server import Seen, WireServer, resets

from clickcall.calls.sweep import SweepResult, claims, look_afterwards, look_out, sweep_round
from clickcall.models import Account, Call, Dispatch, EventSource, Member, Status
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]


def test_many_calls_are_asked_about_with_one_list_and_one_report(provider: Simulator, anna: Member) -> None:
    for position in range(12):
        pressed(anna, f"+7 926 100-00-{position:02}")
    result = sweep_round(everything=True)
    assert (result.asked, result.failed_accounts) == (12, [])
    assert len(requests_of(provider, "list.calls")) == 1
    assert requests_of(provider, "get.calls_report") == [], "what the list shows need not be asked for again"
    with later(120):
        assert sweep_round(everything=True).changed == 12
    assert len(requests_of(provider, "list.calls")) == 2
    (report,) = requests_of(provider, "get.calls_report")
    assert report["params"]["include_ongoing_calls"] is True
    assert len(report["params"]["filter"]["value"]) == 12


def test_everything_goes_on_beyond_one_batch_and_a_round_of_the_loop_does_not(
    scripted: Scripted, anna: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "BATCH", 3)
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
    monkeypatch.setattr(claims, "BATCH", 2)
    server = scripted(resets)
    for position in range(6):
        unknown(anna, f"lost-{position}")
    assert sweep_round(everything=True).failed_accounts == ["acme"]
    assert [seen.call["method"] for seen in server.requests] == ["list.calls", "get.calls_report"]


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


def unreadable_key(account: Account) -> None:
    """A row that was encrypted by a key which is no longer in CLICKCALL_TOKEN_KEYS."""
    text = Fernet(Fernet.generate_key()).encrypt(b"lost").decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clickcall_token SET secret = %s WHERE account_id = %s", [text, account.pk])


def test_a_key_that_cannot_be_read_any_more_keeps_no_other_account_waiting(
    provider: Simulator, anna: Member, stranger: Member, caplog: pytest.LogCaptureFixture
) -> None:
    connect(stranger.account, provider.url)
    people.make_token(stranger.account, SEVER)
    lost = unknown(anna), unknown(stranger)
    unreadable_key(anna.account)
    with later(SETTLED):
        assert sweep_round().failed_accounts == ["acme"]
    assert [Call.objects.get(pk=call.pk).dispatch for call in lost] == [Dispatch.UNKNOWN, Dispatch.NOT_PLACED]
    assert "the access key 'main'" in caplog.text


def test_a_key_that_cannot_be_read_any_more_does_not_end_the_other_jobs_for_all(
    scripted: Scripted, serve: Scripted, anna: Member, stranger: Member
) -> None:
    scripted(provider_that())
    server = serve(provider_that())
    connect(stranger.account, server.url.removesuffix("/v4.0"))
    people.make_token(stranger.account, SEVER)
    unreadable_key(anna.account)
    with later(60):
        for caller in (anna, stranger):
            make_call(caller, external_id="one", requested_at=now(), finish_reason="timeout", finished_at=now())
        Call.objects.update(next_check_at=now())
        look_out()
        look_afterwards()
    assert len(asked(server, "get.calls_report")) == 2


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


@pytest.mark.django_db(transaction=True)
def test_each_call_is_claimed_by_one_of_many_at_once(anna: Member) -> None:
    for position in range(6):
        unknown(anna, f"lost-{position}")
    claimed = at_once(4, lambda _: [call.external_id for call in claims.claim_open(anna.account, everything=True)])
    assert sorted(name for names in claimed for name in names) == [f"lost-{position}" for position in range(6)]


@pytest.mark.django_db(transaction=True)
def test_while_a_provider_is_silent_others_are_asked_and_it_is_not_asked_again(
    scripted: Scripted, serve: Scripted, anna: Member, stranger: Member
) -> None:
    gate, reached = threading.Event(), threading.Event()

    def silent(seen: Seen, sock: socket.socket) -> None:
        reached.set()
        gate.wait(20)
        resets(seen, sock)

    connect(stranger.account, serve(provider_that()).url.removesuffix("/v4.0"))
    people.make_token(stranger.account, SEVER)
    server = scripted(silent)
    unknown(anna)
    with later(SETTLED), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(_round)
        try:
            assert reached.wait(10)
            unknown(anna, "second")
            lost = unknown(stranger, "other", requested_at=now() - timedelta(seconds=SETTLED))
            assert sweep_round().asked == 1
            assert Call.objects.get(pk=lost.pk).dispatch == Dispatch.NOT_PLACED
            assert len(server.requests) == 1
        finally:
            gate.set()
        assert waiting.result(20).failed_accounts == ["acme"]


def _round() -> SweepResult:
    try:
        return sweep_round()
    finally:
        connections.close_all()


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
    Call.objects.update(next_check_at=now() + timedelta(minutes=20))
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
