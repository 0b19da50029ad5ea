"""Notifications that come at the same time: in few commits, and each as if it had come alone."""

import json
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from support import people
from support.hooks import SESSION, body, path_of
from support.presses import at_once

from clickcall.calls.webhooks import applying, arriving
from clickcall.calls.webhooks.arriving import Coming
from clickcall.calls.webhooks.reading import read
from clickcall.models import Account, Call, HookDelivery, HookState, Status, VirtualNumber

COUNT = 6
WAIT = 5.0


def lot(account: Account, *events: str, **fields: Any) -> list[Coming]:
    """Each about a session of its own, unless `fields` name one."""
    bodies = [body(event, **({"call_session_id": place} | fields)) for place, event in enumerate(events, 1)]
    return [Coming(account, read(json.dumps(one).encode(), "a secret"), now()) for one in bodies]


def states() -> list[str]:
    return sorted(HookDelivery.objects.values_list("state", flat=True))


@pytest.mark.django_db
def test_a_lot_is_stored_and_marked_by_one_statement_each(account: Account, number: VirtualNumber) -> None:
    with CaptureQueriesContext(connection) as queries:
        arriving._work(lot(account, *["incoming"] * 4))
    asked = [query["sql"].split()[0] for query in queries if '"clickcall_hookdelivery"' in query["sql"]]
    assert (asked, states()) == (["INSERT", "UPDATE"], ["applied"] * 4)
    assert Call.objects.count() == 4


@pytest.mark.django_db
def test_the_calls_of_a_lot_are_asked_for_once_and_each_is_told(account: Account, number: VirtualNumber) -> None:
    arriving._work(lot(account, *["incoming"] * 3))
    with CaptureQueriesContext(connection) as queries:
        arriving._work(lot(account, *["talk_started"] * 3) + lot(account, *["call_finished"] * 3))
    asked = [query["sql"] for query in queries if '"clickcall_call"."call_session_id" IN' in query["sql"]]
    assert len(asked) == 1
    assert list(Call.objects.values_list("status", "is_final")) == [(Status.TALKED, True)] * 3


@pytest.mark.django_db
def test_all_of_a_lot_is_stored_before_any_of_it_is_applied(
    account: Account, number: VirtualNumber, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(applying, "take_in", lambda *args, **own: seen.append(states()))
    arriving._work(lot(account, "incoming", "hello", "incoming"))
    assert seen == [["broken", "new", "new"]] * 2
    assert states() == ["broken", "foreign", "foreign"]


@pytest.mark.django_db
def test_within_a_lot_the_notifications_of_a_call_keep_their_order(account: Account, number: VirtualNumber) -> None:
    arriving._work(lot(account, "incoming", "talk_started", "call_finished", call_session_id=SESSION))
    call = Call.objects.get()
    assert call.status == Status.TALKED
    assert list(call.events.order_by("pk").values_list("kind", flat=True)) == ["incoming", "talk_started", "finished"]


@pytest.mark.django_db
def test_of_a_lot_in_which_one_fails_nothing_is_done_yet(
    account: Account, number: VirtualNumber, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_for(monkeypatch, "2")
    some = lot(account, *["incoming"] * 3)
    arriving._work(some)
    assert (states(), Call.objects.count()) == (["new"] * 3, 0)
    assert [one.is_applied for one in some] == [False] * 3
    assert all(one.row for one in some)


def fail_for(monkeypatch: pytest.MonkeyPatch, session: str) -> None:
    """A bug that shows with this session only."""
    take_in = applying.take_in

    def fail(account: Account, sighting: Any, at: Any, **own: Any) -> Any:
        if sighting.call_session_id == session:
            raise KeyError("a bug")
        return take_in(account, sighting, at, **own)

    monkeypatch.setattr(applying, "take_in", fail)


def hold_the_first(monkeypatch: pytest.MonkeyPatch, others: int) -> None:
    """The first lot, which is one, is held until the others have gathered: they are the second."""
    written, is_first = arriving._written, [True]

    def hold(some: list[Coming]) -> list[HookDelivery]:
        ends = time.monotonic() + WAIT
        while is_first[0] and len(arriving._TOGETHER._queue) < others:
            assert time.monotonic() < ends
            time.sleep(0.001)
        is_first[0] = False
        return written(some)

    monkeypatch.setattr(arriving, "_written", hold)


def send_at_once(account: Account) -> list[int]:
    """The status of each answer."""
    path = path_of(account)

    def work(place: int) -> int:
        told = body("incoming", call_session_id=place + 1)
        sent = Client(raise_request_exception=False).post(path, told, content_type="application/json")
        return sent.status_code

    return sorted(at_once(COUNT, work))


@pytest.mark.django_db(transaction=True)
def test_one_that_fails_leaves_the_others_alone(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    people.make_number(account)
    hold_the_first(monkeypatch, COUNT - 1)
    fail_for(monkeypatch, "3")
    assert send_at_once(account) == [200] * COUNT
    assert states() == ["applied"] * (COUNT - 1) + ["new"]
    assert HookDelivery.objects.get(state=HookState.NEW).applied_at is None  # left to the worker at once


@pytest.mark.django_db(transaction=True)
def test_one_that_cannot_be_stored_is_the_only_one(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    people.make_number(account)
    hold_the_first(monkeypatch, COUNT - 1)
    write_all = arriving._INSERT.write_all

    def fail(rows: list[HookDelivery]) -> list[HookDelivery]:
        if any(row.call_session_id == "3" for row in rows):
            raise DatabaseError("no")
        return write_all(rows)

    monkeypatch.setattr(arriving._INSERT, "write_all", fail)
    assert send_at_once(account) == [200] * (COUNT - 1) + [500]
    assert states() == ["applied"] * (COUNT - 1)


@pytest.fixture
def locked(account: Account) -> Callable[[str], Any]:
    """locked(session): somebody holds that call's row."""

    def hold(session: str) -> tuple[Thread, Event]:
        is_held, may_go = Event(), Event()

        def work() -> None:
            with transaction.atomic():
                Call.objects.select_for_update().get(call_session_id=session)
                is_held.set()
                may_go.wait(WAIT)
            connections.close_all()

        thread = Thread(target=work)
        thread.start()
        assert is_held.wait(WAIT)
        return thread, may_go

    return hold


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_call_that_somebody_holds_holds_up_no_other(account: Account, locked: Callable[[str], Any]) -> None:
    people.make_number(account)
    arriving._work(lot(account, "incoming", "incoming"))
    thread, may_go = locked("2")
    some = lot(account, "call_finished", "call_finished")
    began = time.monotonic()
    arriving._work(some)
    assert time.monotonic() - began < 0.9  # a deadlock would be noticed after a second
    assert applying.apply(some[0].row, account)  # type: ignore[arg-type]
    may_go.set()
    thread.join(WAIT)
    assert applying.apply(some[1].row, account)  # type: ignore[arg-type]
    assert states() == ["applied"] * 4
