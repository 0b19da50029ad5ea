"""Two never fetch the same account at once, and nobody waits for one that has died."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from support import people
from support.catalogues import lists, number_row
from support.presses import at_once
from support.wire_server import WireServer

from clickcall.models import Account, Synchronisation, Tag, VirtualNumber
from clickcall.numbers.sync import synchronise
from clickcall.numbers.sync.job import fetch_what_is_due
from clickcall.provider.client import Client
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_fetches_and_the_others_are_told(
    provider: Callable[..., Simulator], account: Account
) -> None:
    simulator = provider()
    problems = sorted(result.problem for result in at_once(6, lambda _: synchronise(account)))
    methods = [line["method"] for line in simulator.journal() if line["type"] == "request"]
    runs = problems.count("")
    assert runs + problems.count("busy") == 6
    assert methods.count("get.account") == runs
    assert VirtualNumber.objects.count() == 5


def test_while_somebody_is_at_it_nobody_else_asks(scripted: Scripted, account: Account) -> None:
    server = scripted(lists())
    Synchronisation.objects.create(account=account, lease_until=now() + timedelta(seconds=5))
    assert synchronise(account).problem == "busy"
    assert not fetch_what_is_due()
    assert server.requests == []


def test_a_run_that_died_is_begun_anew_after_its_lease(scripted: Scripted, account: Account) -> None:
    scripted(lists())
    Synchronisation.objects.create(account=account, lease_until=now() - timedelta(seconds=1), step="tags", done=4)
    assert fetch_what_is_due()
    assert Synchronisation.objects.get().finished_at is not None


@pytest.mark.parametrize("method", ["get.account", "get.virtual_numbers", "get.tags"])
def test_whoever_lost_the_lease_writes_nothing_more(
    scripted: Scripted, account: Account, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    scripted(lists(virtual_numbers=[number_row()], tags=[{"id": 1, "name": "Lead"}]))
    others = now() + timedelta(seconds=500)
    request = Client.request

    def answered_late(client: Client, asked: str, *args: Any, **kwargs: Any) -> Any:
        answer = request(client, asked, *args, **kwargs)
        if asked == method:
            Synchronisation.objects.update(lease_until=others)
        return answer

    monkeypatch.setattr(Client, "request", answered_late)
    assert synchronise(account).problem == "taken_over"
    row = Synchronisation.objects.get()
    assert (row.lease_until, row.finished_at) == (others, None)
    assert VirtualNumber.objects.exists() == (method == "get.tags")
    assert not Tag.objects.exists()


def test_no_lease_is_left_by_a_run_that_was_not_whole(account: Account) -> None:
    people.make_token(account)
    synchronise(account)
    assert Synchronisation.objects.get().lease_until is None
