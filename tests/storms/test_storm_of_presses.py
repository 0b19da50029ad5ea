"""A thousand presses while answers get lost, connections break, processes die and notifications come as they like.

In the end every call is final, and the log is the provider's journal, call by call: none twice, none missing.
"""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from django.db import connections
from django.utils.timezone import now
from pytest_django.live_server_helper import LiveServer
from support import people
from support.hooks import path_of
from support.presses import connect, press
from support.simulator import NUMBER, SEVER, sever_config
from support.storms import (
    deadly,
    differences,
    mortal_workers,
    pressing,
    requests_per_press,
    survived,
    wait_until_all_is_final,
)

from clickcall.calls.reconcile import reconcile
from clickcall.calls.webhooks import pasting
from clickcall.models import Account, Call, Dispatch, HookDelivery, HookState, Member
from clickcall.simulator import Simulator
from clickcall.simulator.config import Notifications
from clickcall.simulator.fates import Fate

pytestmark = pytest.mark.django_db(transaction=True)
SPEED = 60
SEED = 20261123
THREADS = 8
# Ten minutes of talk are no fault; a used-up minute would only make everybody wait for the next one.
LEFT_OUT = {Fate.LONG_TALK, Fate.LIMIT_EXCEEDED}


def contacts(count: int) -> list[str]:
    """Half of the numbers have a fate of the simulator's, the others are answered."""
    chance = random.Random(SEED)
    fated = [number for number, fate in sever_config().fates.items() if fate not in LEFT_OUT]
    return [
        chance.choice(fated) if chance.random() < 0.5 else f"7926{chance.randrange(10**7):07}" for _ in range(count)
    ]


@pytest.mark.parametrize("presses", [100, pytest.param(1000, marks=pytest.mark.storm)], ids=["a tenth", "full size"])
@pytest.mark.parametrize("told", [True, False], ids=["with notifications", "without"])
def test_after_a_storm_the_log_is_the_providers(
    account: Account,
    anna: Member,
    boris: Member,
    live_server: LiveServer,
    wire_settings: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    presses: int,
    told: bool,
) -> None:
    wire_settings(CONNECT_TIMEOUT=1.0, READ_TIMEOUT=0.6)
    people.make_token(account, SEVER)
    people.make_number(account, NUMBER)
    faults = Notifications(repeat=0.3, shuffle=0.4, lose=0.2, seed=SEED)
    config = replace(sever_config(blacklist=()), webhooks=faults, slow_seconds=0.3, report_delay=30.0)
    monkeypatch.setattr(pressing, "send", deadly(pressing.send, 0.05, SEED))
    with Simulator(config, speed=SPEED) as simulator:
        connect(account, simulator.url)
        if told:
            simulator.webhook("sever", live_server.url + path_of(account), pasting.templates())
        with mortal_workers():
            press_all((anna, boris), contacts(presses))
            wait_until_all_is_final(simulator, 60 + presses / 5)
        check(simulator, account, presses)


def press_all(members: tuple[Member, ...], numbers: list[str]) -> None:
    def one(position: int) -> None:
        member = members[position % len(members)]
        try:
            survived(partial(press, member, f"+{numbers[position]}", external_id=f"storm-{position}"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, range(len(numbers))))


def check(simulator: Simulator, account: Account, presses: int) -> None:
    assert differences(simulator) == []
    assert Call.objects.count() == presses
    sent = requests_per_press(simulator)
    assert set(sent.values()) == {1}, "nothing is ever sent twice"
    dispatches = set(Call.objects.values_list("dispatch", flat=True))
    assert dispatches == {Dispatch.ACCEPTED, Dispatch.REFUSED, Dispatch.NOT_PLACED}
    assert not HookDelivery.objects.filter(state__in=(HookState.NEW, HookState.BROKEN)).exists()
    kept = reconcile(account, now().astimezone(account.tz).date())
    assert kept.is_equal, kept.result
    assert kept.result["both"] == Call.objects.filter(dispatch=Dispatch.ACCEPTED).count()
