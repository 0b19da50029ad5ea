"""A thousand presses while answers get lost, connections break, processes die and notifications come as they like.

In the end every call is final, and the log is the provider's journal, call by call: none twice, none missing.
"""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.db import connections
from django.utils.timezone import now
from support import people
from support.hooks import path_of
from support.mortal_workers import MortalWorkers
from support.presses import connect, press
from support.processes import serving
from support.simulator import NUMBER, SEVER, sever_config
from support.storms import deadly, differences, open_calls, requests_per_press, survived, wait_until

from clickcall.calls.reconcile import reconcile
from clickcall.calls.services import press as pressing
from clickcall.calls.webhooks import pasting
from clickcall.models import Account, Call, Dispatch, HookDelivery, HookState, Member
from clickcall.simulator import Simulator
from clickcall.simulator.config import Config, Notifications
from clickcall.simulator.fates import Fate

pytestmark = pytest.mark.django_db(transaction=True)
SPEED = 60
SETTLE_SECONDS = 5.0
SEED = 20261123
THREADS = 8
FULL = pytest.mark.storm
# Ten minutes of talk are no fault; a used-up minute would only make everybody wait for the next one.
LEFT_OUT = {Fate.LONG_TALK, Fate.LIMIT_EXCEEDED}


@pytest.mark.parametrize(
    ("presses", "is_told"),
    [
        pytest.param(100, True, id="a tenth, with notifications"),
        pytest.param(1000, True, id="with notifications", marks=FULL),
        pytest.param(1000, False, id="without", marks=FULL),
    ],
)
def test_after_a_storm_the_log_is_the_providers(
    account: Account,
    anna: Member,
    boris: Member,
    wire_settings: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    presses: int,
    is_told: bool,
) -> None:
    wire_settings(CONNECT_TIMEOUT=1.0, READ_TIMEOUT=0.6)
    people.make_token(account, SEVER)
    people.make_number(account, NUMBER)
    monkeypatch.setattr(pressing, "send", deadly(pressing.send, 0.05, SEED))
    began = now()
    with Simulator(stormy(), speed=SPEED) as simulator, serving() as address:
        connect(account, simulator.url)
        if is_told:
            simulator.webhook("sever", address + path_of(account), pasting.templates())
        with MortalWorkers(SETTLE_SECONDS) as workers:
            press_all((anna, boris), contacts(presses))
            wait_until(lambda: workers.deaths)
            workers.spare()
            wait_until(lambda: not simulator.world.webhooks.pending and not open_calls())
            assert workers.said() == ""
        wire_settings(READ_TIMEOUT=10.0)
        check(simulator, presses)
        check_days(account, {at.astimezone(account.tz).date() for at in (began, now())})


def stormy() -> Config:
    """The demo's account, whose notifications come twice, late or never."""
    faults = Notifications(repeat=0.3, shuffle=0.4, lose=0.2, seed=SEED)
    return replace(sever_config(blacklist=()), webhooks=faults, slow_seconds=0.3, report_delay=30.0)


def contacts(count: int) -> list[str]:
    """Half of the numbers have a fate of the simulator's, the others are answered."""
    chance = random.Random(SEED)
    fated = [number for number, fate in sever_config().fates.items() if fate not in LEFT_OUT]
    return [
        chance.choice(fated) if chance.random() < 0.5 else f"7926{chance.randrange(10**7):07}" for _ in range(count)
    ]


def press_all(members: tuple[Member, ...], numbers: list[str]) -> None:
    def one(position: int) -> None:
        member = members[position % len(members)]
        try:
            survived(partial(press, member, f"+{numbers[position]}", external_id=f"storm-{position}"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, range(len(numbers))))


def check(simulator: Simulator, presses: int) -> None:
    assert differences(simulator) == []
    assert Call.objects.count() == presses
    assert set(requests_per_press(simulator).values()) == {1}, "nothing is ever sent twice"
    dispatches = set(Call.objects.values_list("dispatch", flat=True))
    assert {Dispatch.ACCEPTED, Dispatch.REFUSED, Dispatch.NOT_PLACED} <= dispatches
    assert not HookDelivery.objects.filter(state__in=(HookState.NEW, HookState.BROKEN)).exists()


def check_days(account: Account, days: set[date]) -> None:
    """The comparison with the provider's report finds nothing, either."""
    both = 0
    for day in days:
        kept = reconcile(account, day)
        assert kept.is_equal, kept.result
        both += kept.result["both"]
    assert both == Call.objects.filter(dispatch=Dispatch.ACCEPTED).count()
