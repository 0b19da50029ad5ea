"""When each event last came, and what could not be read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now
from support.hooks import Send, body

from clickcall.calls import webhooks
from clickcall.calls.webhooks import states
from clickcall.models import Account, HookDelivery, Member

pytestmark = pytest.mark.django_db


def test_nothing_has_come_to_a_new_account(account: Account) -> None:
    found = webhooks.state(account)
    assert (found.has_address, found.seen, found.last, found.broken) == (False, {}, None, False)


def test_each_event_is_told_with_its_newest(account: Account, stranger: Member) -> None:
    moment = now()
    for event, minutes in (("incoming", 9), ("incoming", 3), ("lost_call", 7)):
        HookDelivery.objects.create(account=account, event=event, received_at=moment - timedelta(minutes=minutes))
    HookDelivery.objects.create(account=stranger.account, event="waiting")
    seen = {"incoming": moment - timedelta(minutes=3), "lost_call": moment - timedelta(minutes=7)}
    assert webhooks.last_seen(account) == seen
    assert webhooks.state(account).last == seen["incoming"]


def test_the_state_for_the_set_up(account: Account, send: Send) -> None:
    send(body("incoming"))
    send(b"{")
    found = webhooks.state(account)
    assert (found.has_address, list(found.seen), found.broken) == (True, ["incoming"], True)


def test_what_could_not_be_read_is_shown_for_a_week(account: Account) -> None:
    for days in (1, 8):
        HookDelivery.objects.create(account=account, state="broken", received_at=now() - timedelta(days=days))
    HookDelivery.objects.create(account=account, state="applied")
    assert states.broken(account).count() == 1


def test_looking_for_what_is_broken_reads_its_index(account: Account) -> None:
    if connection.vendor == "sqlite":
        assert "hook_broken" in states.broken(account)[:5].explain()
