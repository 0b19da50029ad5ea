"""The provider itself sends the notifications, over real sockets: a press is told to its end, and nobody asks."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.utils.timezone import now
from pytest_django.live_server_helper import LiveServer
from support import people
from support.hooks import path_of
from support.presses import connect, pressed, requests_of
from support.simulator import NUMBER, SEVER, sever_config

from clickcall.calls.sweep import look_afterwards
from clickcall.calls.webhooks import pasting
from clickcall.calls.wrapup import pending
from clickcall.models import Account, Call, HookDelivery, HookState, Member, Origin, Status
from clickcall.simulator import Simulator
from clickcall.simulator.config import Notifications

pytestmark = pytest.mark.django_db(transaction=True)
SPEED = 60
ANSWERED, BUSY, SLOW = "+7 926 000-00-00", "+7 926 000-00-01", "+7 926 000-00-17"
COLLEAGUE = "+7 926 000-00-05"
Tell = Callable[..., Any]


def until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    """Waits for what happens in other threads."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, [(row.event, row.state, row.problem) for row in HookDelivery.objects.all()]
        time.sleep(0.02)


@pytest.fixture
def telling(account: Account, live_server: LiveServer) -> Tell:
    """telling(templates={…}, **faults): the account's provider, which sends notifications to our web server."""

    @contextmanager
    def start(templates: dict[str, str] | None = None, **faults: Any) -> Iterator[Simulator]:
        config = replace(sever_config(), webhooks=Notifications(**faults), slow_seconds=0.4, recording_delay=1.0)
        with Simulator(config, speed=SPEED) as simulator:
            connect(account, simulator.url)
            simulator.webhook("sever", live_server.url + path_of(account), templates or pasting.templates())
            yield simulator
            until(lambda: simulator.world.webhooks.pending == 0)

    people.make_token(account, SEVER)
    people.make_number(account, NUMBER)
    return start


def sent(simulator: Simulator) -> list[dict[str, Any]]:
    return [line for line in simulator.journal() if line["type"] == "webhook"]


def has_ended(call: Call) -> bool:
    """No notification tells why a call ended without a talk: the report is asked for that."""
    call.refresh_from_db()
    return call.finished_at is not None


def test_a_press_is_told_to_its_end_and_nobody_asks_for_it(telling: Tell, anna: Member) -> None:
    with telling() as simulator:
        call = pressed(anna, ANSWERED)
        until(lambda: has_ended(call))
    call.refresh_from_db()
    assert (call.status, call.origin) == (Status.TALKED, Origin.PRESS)
    assert call.talk_duration
    assert call.record_link.startswith(simulator.url)
    assert Call.objects.count() == 1
    assert {line["status"] for line in sent(simulator)} == {200}
    assert not HookDelivery.objects.filter(state__in=(HookState.NEW, HookState.BROKEN)).exists()
    assert requests_of(simulator, "list.calls") == requests_of(simulator, "get.calls_report") == []


def test_after_a_colleagues_talk_nobody_is_asked_how_it_went(telling: Tell, anna: Member) -> None:
    def is_told() -> bool:
        """The report; a notification may move the call's turn on meanwhile."""
        Call.objects.update(next_check_at=now())
        look_afterwards()
        call.refresh_from_db()
        return call.status == Status.SOMEBODY_ELSE

    with telling():
        call = pressed(anna, COLLEAGUE)
        until(lambda: has_ended(call))
        assert (call.status, call.finish_reason) == (Status.TALKED, ""), (
            "that it was a colleague's is told by nobody yet"
        )
        assert pending.unsaid(anna) is None
        until(is_told)
    assert pending.unsaid(anna) is None


def test_repeated_and_in_disorder_they_make_one_call_of_each_press(telling: Tell, anna: Member) -> None:
    with telling(repeat=0.5, shuffle=0.5, seed=7) as simulator:
        calls = [pressed(anna, phone) for phone in (ANSWERED, BUSY, ANSWERED)]
        until(lambda: all(has_ended(call) for call in calls))
    assert Call.objects.count() == 3
    assert len(sent(simulator)) == HookDelivery.objects.count() > 12
    assert {line["status"] for line in sent(simulator)} == {200}


def test_notifications_may_come_before_our_own_answer(telling: Tell, anna: Member) -> None:
    with telling() as simulator:
        call = pressed(anna, SLOW)
        until(lambda: has_ended(call))
    first, our_answer = call.events.filter(source="hook").earliest("at"), call.events.filter(source="answer")
    assert all(first.at < answer.at for answer in our_answer)
    assert Call.objects.count() == 1
    assert {line["status"] for line in sent(simulator)} == {200}


def test_a_client_who_calls_and_is_missed_is_in_the_log(telling: Tell, anna: Member) -> None:
    with telling() as simulator:
        simulator.inbound("sever", "79261112233", NUMBER, missed=True)
        until(lambda: Call.objects.filter(status=Status.MISSED).exists())
    call = Call.objects.get()
    assert (call.origin, call.status, call.contact_phone) == (Origin.INBOUND, Status.MISSED, "79261112233")


def test_a_template_that_was_pasted_wrongly_is_stored_and_told(telling: Tell, anna: Member) -> None:
    wrong = {event: body.replace("{{", '"{{').replace("}}", '}}"') for event, body in pasting.templates().items()}
    with telling(wrong) as simulator:
        pressed(anna, BUSY)
        until(lambda: HookDelivery.objects.count() >= 2)
    assert {line["status"] for line in sent(simulator)} == {400}
    assert set(HookDelivery.objects.values_list("state", "problem")) == {("broken", "quotes")}
