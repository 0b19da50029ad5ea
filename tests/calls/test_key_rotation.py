"""A key is changed while eight people press: no press is lost, and each is one call."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from support import people
from support.presses import at_once, connect, placed_at, pressed, requests_of
from support.simulator import NUMBER, SEVER, sever_config

from clickcall.accounts import services
from clickcall.models import Account, Call, Dispatch, Member, Token
from clickcall.simulator import Simulator
from clickcall.simulator.config import Token as Key

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "demo-key-sever-the-new-one-0123456"
PRESSERS = 8


@pytest.fixture
def provider(account: Account, wire_settings: Callable[..., None]) -> Iterator[Simulator]:
    """With two keys and a login; the account knows nothing of them yet."""
    with Simulator(sever_config(blacklist=(), tokens=(Key(SEVER), Key(NEW)))) as simulator:
        connect(account, simulator.url)
        people.make_number(account, NUMBER)
        yield simulator


def kill(provider: Simulator, key: str, state: str) -> None:
    """As if somebody blocked it in the cabinet."""
    with provider.world.lock:
        keys = provider.world.access._keys
        owner, old = keys[key]
        keys[key] = (owner, replace(old, state=state))


class Change:
    """Something done under eight who press; `wait_for_all` returns when each has begun and ended a press since."""

    def __init__(self) -> None:
        self.began = threading.Barrier(PRESSERS + 1)
        self.done = threading.Event()
        self.seen = threading.Barrier(PRESSERS + 1)

    def wait_for_all(self) -> None:
        self.done.set()
        self.seen.wait(60)


def while_all_press(member: Member, change: Callable[[Change], None]) -> list[Call]:
    """Eight press before, during and after the change; their calls."""
    when = Change()

    def work(place: int) -> list[Call]:
        if place == PRESSERS:
            when.began.wait(60)
            change(when)
            return []
        calls = [pressed(member)]
        when.began.wait(60)
        while not when.done.is_set():
            calls.append(pressed(member))
        calls.append(pressed(member))
        when.seen.wait(60)
        return [*calls, pressed(member)]

    return [call for calls in at_once(PRESSERS + 1, work) for call in calls]


def every_press_is_one_call(provider: Simulator, calls: list[Call]) -> None:
    assert len(calls) >= 3 * PRESSERS
    assert {call.dispatch for call in calls} == {Dispatch.ACCEPTED}
    placed = Counter(line["external_id"] for line in placed_at(provider))
    assert placed == Counter(call.external_id for call in calls)


@pytest.mark.parametrize("state", ["blocked", "expired"])
def test_a_key_that_dies_beside_another_one_costs_no_press(provider: Simulator, anna: Member, state: str) -> None:
    old = people.make_token(anna.account, SEVER)
    new = people.make_token(anna.account, NEW, name="new", position=1)

    def die(when: Change) -> None:
        kill(provider, SEVER, state)
        when.wait_for_all()

    calls = while_all_press(anna, die)
    every_press_is_one_call(provider, calls)
    assert {call.token_id for call in calls} == {old.pk, new.pk}
    old.refresh_from_db()
    assert old.last_error == f"access_token_{state}"


def test_a_key_is_rotated_by_adding_the_new_one_and_stopping_the_old_one(provider: Simulator, anna: Member) -> None:
    old = people.make_token(anna.account, SEVER)

    def rotate(when: Change) -> None:
        services.add_token(account=anna.account, name="new", secret=NEW)
        when.wait_for_all()
        services.archive_token(Token.objects.get(pk=old.pk))
        kill(provider, SEVER, "blocked")

    calls = while_all_press(anna, rotate)
    every_press_is_one_call(provider, calls)
    assert pressed(anna).token is not None
    assert pressed(anna).token != old


def test_a_session_that_dies_under_eight_who_press_costs_one_log_in(provider: Simulator, anna: Member) -> None:
    services.add_token(account=anna.account, name="robot", login="api@sever.example", password="sever-password")

    def end_the_session(when: Change) -> None:
        with provider.world.lock:
            provider.world.access._sessions.clear()
        when.wait_for_all()

    calls = while_all_press(anna, end_the_session)
    every_press_is_one_call(provider, calls)
    assert len(requests_of(provider, "login.user")) == 2
