"""Calls in a worker's hands: kept for as long as it lives, and free soon after it died."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from django.db import DatabaseError, connections
from django.utils.timezone import now
from support.calls import make_call
from support.simulator import eventually
from support.sweeps import asked, later, provider_that, unknown
from support.wire_server import WireServer

from clickcall.calls.sweep import claims, look_afterwards, sweep_round
from clickcall.models import Call, Member

T = TypeVar("T")
Scripted = Callable[..., WireServer]
Slow = tuple[WireServer, threading.Event]
SHORT = timedelta(seconds=0.5)


@pytest.fixture
def short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "LEASE", SHORT)


@pytest.fixture
def slow(scripted: Scripted) -> Iterator[Slow]:
    """A provider that shows no call, and answers nothing before the event."""
    answer, let_go = provider_that(), threading.Event()

    def script(*args: Any) -> None:
        let_go.wait(10)
        answer(*args)

    yield scripted(script), let_go
    let_go.set()


@contextmanager
def other_worker(work: Callable[[], T]) -> Iterator["Future[T]"]:
    """Does one thing at the same time."""

    def done() -> T:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(done)


def test_the_calls_of_a_dead_worker_are_looked_at_ten_seconds_later(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that())
    unknown(anna)
    assert claims.claim_open(anna.account), "and the worker dies"
    with later(9):
        assert sweep_round(everything=True).asked == 0
    with later(11):
        assert sweep_round().asked == 1


@pytest.mark.django_db(transaction=True)
def test_a_provider_that_takes_longer_than_a_lease_is_asked_by_one_worker(
    slow: Slow, anna: Member, short_leases: None
) -> None:
    server, let_go = slow
    unknown(anna)
    with other_worker(sweep_round) as looked:
        eventually(lambda: asked(server, "list.calls"))
        time.sleep(SHORT.total_seconds() * 1.5)
        assert sweep_round(everything=True).asked == 0
        let_go.set()
        assert looked.result().asked == 1
    assert Call.objects.get().lease_until is None


@pytest.mark.django_db(transaction=True)
def test_an_ended_call_is_looked_up_by_one_worker_and_its_next_turn_is_kept(
    slow: Slow, anna: Member, short_leases: None
) -> None:
    server, let_go = slow
    ended = {"finished_at": now(), "is_final": True, "next_check_at": now(), "talk_duration": 5, "accepted_at": now()}
    call = make_call(anna, call_session_id="100", finish_reason="caller_disconnects", **ended)
    with other_worker(look_afterwards) as looked:
        eventually(lambda: asked(server, "get.calls_report"))
        time.sleep(SHORT.total_seconds() * 1.5)
        look_afterwards()
        let_go.set()
        looked.result()
    assert len(asked(server, "get.calls_report")) == 1
    call.refresh_from_db()
    assert call.next_check_at is not None
    assert call.next_check_at > now() + timedelta(seconds=30), "a minute after the end, for the recording"


@pytest.mark.django_db(transaction=True)
def test_what_somebody_else_holds_by_now_is_left_to_them(anna: Member) -> None:
    call = unknown(anna)
    hold = claims.Hold(claims.claim_open(anna.account), "lease_until")
    theirs = now() + timedelta(seconds=7)
    Call.objects.update(lease_until=theirs)
    hold.renew()
    call.refresh_from_db()
    assert call.lease_until == theirs


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_for_a_moment_ends_no_lease(
    anna: Member, short_leases: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    unknown(anna)
    claimed = claims.claim_open(anna.account)
    renew, tries = claims.Hold.renew, []

    def fails_once(hold: claims.Hold) -> None:
        tries.append(hold)
        if len(tries) == 1:
            raise DatabaseError("away")
        renew(hold)

    monkeypatch.setattr(claims.Hold, "renew", fails_once)
    with claims.held(claimed, "lease_until") as hold:
        first = hold.until
        eventually(lambda: hold.until != first)
        assert Call.objects.get().lease_until == hold.until
    assert "were not renewed" in caplog.text
