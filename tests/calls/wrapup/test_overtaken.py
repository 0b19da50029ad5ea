"""The outcome of a call after which somebody else has talked to the contact, or after which something was agreed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from support.queue import TALKED, ended

from clickcall.calls.views.wrap_up import told
from clickcall.calls.wrapup import outcomes, services
from clickcall.calls.wrapup.services import Draft
from clickcall.contacts import callbacks
from clickcall.models import Call, Callback, Contact, DoNotCall, Effect, Member, QueueEntry, QueueState, WrapUp

TOMORROW = timedelta(days=1)


def decided(call: Call, effect: str, **given: Any) -> WrapUp:
    outcomes.store_usual(call.account)
    assert call.member
    chosen = call.account.outcomes.filter(effect=effect)[0]
    return services.decide(call, Draft(outcome=chosen, **given), by=call.member)


@pytest.fixture
def old(boris: Member, ivan: Contact) -> Call:
    return ended(boris, ivan, at=now() - timedelta(days=3), **TALKED)


@pytest.fixture
def new(old: Call, anna: Member, ivan: Contact) -> Call:
    return ended(anna, ivan, at=now() - timedelta(days=1), **TALKED)


def test_the_outcome_of_an_older_talk_leaves_what_was_agreed_since_then(old: Call, new: Call) -> None:
    decided(new, Effect.CALL_BACK, callback_at=now() + TOMORROW, asked_by_client=True)
    row = decided(old, Effect.DONE)
    assert Callback.objects.open().get().call == new
    assert QueueEntry.objects.get().state == QueueState.OPEN
    assert told(row, old).startswith("Noted: ")
    assert told(row, old).endswith("what was said of that one holds")


@pytest.mark.parametrize("effect", [Effect.MACHINE, Effect.CALL_BACK])
def test_the_outcome_of_an_older_talk_opens_nothing_again(old: Call, new: Call, effect: str) -> None:
    decided(new, Effect.DONE)
    decided(old, effect, callback_at=now() + TOMORROW)
    assert QueueEntry.objects.get().state == QueueState.DONE


def test_a_newer_talk_decides_also_while_nobody_has_said_how_it_went(old: Call, new: Call) -> None:
    decided(old, Effect.DONE)
    assert QueueEntry.objects.get().state == QueueState.OPEN


def test_an_attempt_after_the_talk_does_not_decide_and_counts_on(old: Call, anna: Member, ivan: Contact) -> None:
    later = ended(anna, ivan, at=now() - timedelta(days=1))
    decided(old, Effect.DONE)
    assert QueueEntry.objects.get().state == QueueState.DONE
    decided(old, Effect.MACHINE)
    entry = QueueEntry.objects.get()
    assert (entry.state, entry.attempts) == (QueueState.OPEN, 2)
    assert later.finished_at
    assert entry.next_attempt_at
    assert entry.next_attempt_at > later.finished_at


def test_what_was_agreed_after_the_talk_stays_when_its_outcome_is_said(old: Call, anna: Member, ivan: Contact) -> None:
    callbacks.promise(contact=ivan, digits="79260000000", member=anna, due_at=now() + TOMORROW, made_by=anna)
    decided(old, Effect.DONE)
    assert Callback.objects.open().exists()


def test_nobody_calls_whoever_asked_for_that_in_an_older_talk(old: Call, new: Call) -> None:
    decided(new, Effect.CALL_BACK, callback_at=now() + TOMORROW)
    decided(old, Effect.DO_NOT_CALL)
    assert DoNotCall.objects.in_force().count() == 1
    assert not Callback.objects.open().exists()
