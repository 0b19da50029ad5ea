"""The worker examines each account every six hours, and no two workers the same one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils.timezone import now
from support import people
from support.presses import at_once
from support.wire_server import WireServer, answers

from clickcall.accounts.doctor.rounds import examine_in_turn
from clickcall.models import Account, Checkup, Points, Token

pytestmark = pytest.mark.django_db
Scripted = Callable[..., WireServer]


@pytest.fixture(autouse=True)
def _no_claims() -> None:
    cache.clear()


def test_an_account_with_a_key_is_examined_once_in_six_hours(scripted: Scripted, account: Account) -> None:
    people.make_account("other")
    people.make_token(account)
    scripted(answers([]))
    assert [examine_in_turn(), examine_in_turn()] == [1, 0]
    Checkup.objects.update(at=now() - timedelta(hours=6, seconds=1))
    cache.clear()
    assert examine_in_turn() == 1
    assert Checkup.objects.get().account == account


def test_presses_come_first(scripted: Scripted, account: Account, token: Token) -> None:
    server = scripted(answers([]))
    soon = now() + timedelta(seconds=30)
    Points.objects.create(account=account, seen_at=now(), minute_limit=60, minute_remaining=15, minute_resets_at=soon)
    assert examine_in_turn() == 0
    assert server.requests == []


def test_archived_keys_are_nobodys_turn(account: Account) -> None:
    people.make_token(account, archived_at=now())
    assert examine_in_turn() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_examine_an_account_once(scripted: Scripted, account: Account, token: Token) -> None:
    server = scripted(answers([]))
    assert sorted(at_once(2, lambda _: examine_in_turn())) == [0, 1]
    assert len(server.requests) == 2
