"""When the worker fetches: soon after the first key, at set intervals, and when somebody asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils.timezone import now
from support import people
from support.catalogues import lists
from support.presses import connect
from support.wire_server import WireServer

from clickcall.models import Account, Heartbeat, Synchronisation, Token
from clickcall.numbers.sync import ask_for, state, synchronise
from clickcall.numbers.sync.job import fetch_what_is_due
from clickcall.numbers.sync.words import in_words

Scripted = Callable[..., WireServer]


def test_an_account_is_fetched_as_soon_as_it_has_a_key(scripted: Scripted, account: Account) -> None:
    scripted(lists())
    Token.objects.update(archived_at=now())
    assert not fetch_what_is_due()
    Token.objects.update(archived_at=None)
    assert fetch_what_is_due()
    assert not fetch_what_is_due()


@pytest.mark.parametrize(("seconds", "due"), [(3500, False), (3601, True)])
def test_then_at_set_intervals(scripted: Scripted, account: Account, seconds: int, due: bool) -> None:
    scripted(lists())
    fetch_what_is_due()
    with time_machine.travel(now() + timedelta(seconds=seconds)):
        assert fetch_what_is_due() is due


def test_the_interval_is_a_setting(scripted: Scripted, account: Account, settings: Any) -> None:
    settings.CLICKCALL_SYNC_SECONDS = 10
    scripted(lists(no={"get.tags": "ip_not_whitelisted"}))
    synchronise(account)
    row = Synchronisation.objects.get()
    assert row.started_at
    assert row.next_at - row.started_at < timedelta(seconds=11)


def test_whoever_asks_is_served_at_once(scripted: Scripted, account: Account) -> None:
    server = scripted(lists())
    fetch_what_is_due()
    assert ask_for(account)
    assert fetch_what_is_due()
    assert [seen.call["method"] for seen in server.requests].count("get.account") == 2


def test_asking_while_somebody_is_at_it_changes_nothing(account: Account) -> None:
    row = Synchronisation.objects.create(account=account, lease_until=now() + timedelta(seconds=9), next_at=now())
    assert not ask_for(account)
    assert Synchronisation.objects.get().next_at == row.next_at


def test_the_account_that_waited_longest_is_first(scripted: Scripted, account: Account, stranger: Any) -> None:
    server = scripted(lists())
    connect(stranger.account, server.url.removesuffix("/v4.0"))
    people.make_token(stranger.account)
    Synchronisation.objects.create(account=account, next_at=now() - timedelta(seconds=5))
    Synchronisation.objects.create(account=stranger.account, next_at=now() - timedelta(seconds=9))
    assert fetch_what_is_due()
    assert Synchronisation.objects.exclude(finished_at=None).get().account == stranger.account


def test_the_state_follows_the_run(scripted: Scripted, account: Account) -> None:
    scripted(lists())
    assert state(account).phase == "never"
    ask_for(account)
    assert state(account).phase == "stalled"
    Heartbeat.objects.create(name="worker", seen_at=now())
    assert (state(account).phase, state(account).is_over) == ("waiting", False)
    seen: list[tuple[str, str, int]] = []
    synchronise(
        account, progress=lambda *_step: seen.append((state(account).phase, state(account).step, state(account).done))
    )
    assert seen[1] == ("running", "Numbers", 1)
    done = state(account)
    assert (done.phase, done.is_over, done.total_counts) == ("done", True, {"added": 0, "changed": 0, "gone": 0})


def test_a_run_that_failed_says_why(account: Account) -> None:
    people.make_token(account)
    synchronise(account)
    found = state(account)
    assert (found.phase, found.finished_at) == ("problem", None)
    assert found.problem
    assert found.problem.what == "The provider was not reached"


@pytest.mark.parametrize("code", ["busy", "no_key", "points_low", "reset", "never_heard_of", "access_token_expired"])
def test_every_problem_has_words(code: str) -> None:
    trouble = in_words(code)
    assert trouble
    assert str(trouble.what)
    assert str(trouble.remedy)
