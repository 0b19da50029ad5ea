"""What calls and outcomes do to a contact's place in the queue."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from support.calls import make_call
from support.queue import NOT_PICKED_UP, TALKED, ended

from clickcall.contacts import queue
from clickcall.models import Call, Contact, Effect, Member, Origin, Outcome, QueueEntry, QueueState, WrapUp

pytestmark = pytest.mark.django_db


def entry(contact: Contact) -> QueueEntry:
    return QueueEntry.objects.get(contact=contact)


def said(call: Call, effect: Effect) -> None:
    """The member says how the call went."""
    outcome, _ = Outcome.objects.get_or_create(account=call.account, name=effect.label, effect=effect)
    WrapUp.objects.update_or_create(
        call=call, defaults={"account": call.account, "member": call.member, "outcome": outcome, "decided_at": now()}
    )
    queue.note_outcome(call, outcome)


@pytest.mark.parametrize("reason", ["caller_not_responsive", "caller_busy", "caller_number_problems"])
def test_who_is_not_reached_is_called_again_in_two_hours(anna: Member, ivan: Contact, reason: str) -> None:
    call = ended(anna, ivan, finish_reason=reason)
    found = entry(ivan)
    assert (found.state, found.attempts, found.list) == (QueueState.OPEN, 1, ivan.list)
    assert found.next_attempt_at == call.finished_at + timedelta(hours=2)


def test_noting_the_same_end_again_changes_nothing(anna: Member, ivan: Contact) -> None:
    call = ended(anna, ivan)
    before = QueueEntry.objects.values().get()
    queue.note_end(call)
    assert QueueEntry.objects.values().get() == before


def test_after_four_attempts_there_is_no_contact(anna: Member, ivan: Contact) -> None:
    states = []
    for day in (9, 6, 3, 0):
        ended(anna, ivan, now() - timedelta(days=day))
        states.append((entry(ivan).attempts, entry(ivan).state))
    assert states == [(1, "open"), (2, "open"), (3, "open"), (4, "none")]
    assert entry(ivan).next_attempt_at is None


def test_a_list_follows_its_own_plan(anna: Member, ivan: Contact) -> None:
    ivan.list.retry_plan = ["30m"]
    ivan.list.save()
    call = ended(anna, ivan)
    assert entry(ivan).next_attempt_at == call.finished_at + timedelta(minutes=30)
    ended(anna, ivan, now() + timedelta(hours=1))
    assert entry(ivan).state == QueueState.NO_CONTACT


def test_a_talk_begins_the_plan_anew(anna: Member, ivan: Contact) -> None:
    ended(anna, ivan, now() - timedelta(days=3))
    ended(anna, ivan, now() - timedelta(days=2), **TALKED)
    assert (entry(ivan).attempts, entry(ivan).state) == (0, QueueState.OPEN)
    ended(anna, ivan, now())
    assert entry(ivan).attempts == 1


def test_a_talk_without_an_outcome_comes_back_on_the_next_day(anna: Member, ivan: Contact) -> None:
    call = ended(anna, ivan, **TALKED)
    due = entry(ivan).next_attempt_at
    assert due is not None
    assert due.astimezone(anna.account.tz).date() == call.finished_at.astimezone(anna.account.tz).date() + timedelta(1)


@pytest.mark.parametrize(
    "facts",
    [NOT_PICKED_UP, {"dispatch": "refused", "finished_at": None}, {"dispatch": "not_placed", "finished_at": None}],
    ids=["not picked up", "refused", "not placed"],
)
def test_a_press_that_rang_nobody_is_no_attempt(anna: Member, ivan: Contact, facts: dict[str, str]) -> None:
    ended(anna, ivan, **facts)
    assert not QueueEntry.objects.exists()


def test_a_caller_who_came_by_himself_and_a_number_without_a_contact_change_nothing(
    anna: Member, ivan: Contact
) -> None:
    inbound = make_call(anna, contact=ivan, origin=Origin.INBOUND, dispatch="", external_id=None, call_session_id="7")
    queue.note_end(inbound)
    queue.note_end(make_call(anna, finish_reason="caller_busy", finished_at=now()))
    assert not QueueEntry.objects.exists()


def test_an_end_that_is_learnt_late_does_not_undo_a_newer_one(anna: Member, ivan: Contact) -> None:
    late = ended(anna, ivan, now() - timedelta(hours=5))
    newer = ended(anna, ivan)
    queue.note_end(late)
    assert entry(ivan).attempts == 2
    assert entry(ivan).next_attempt_at > newer.finished_at + timedelta(hours=2)


@pytest.mark.parametrize(
    ("effect", "state"),
    [
        (Effect.DONE, QueueState.DONE),
        (Effect.DO_NOT_CALL, QueueState.DONE),
        (Effect.WRONG_NUMBER, QueueState.BAD_NUMBER),
        (Effect.CALL_BACK, QueueState.OPEN),
        (Effect.MACHINE, QueueState.OPEN),
        (Effect.TRY_AGAIN, QueueState.OPEN),
    ],
)
def test_an_outcome_decides_whether_the_contact_stays(
    anna: Member, ivan: Contact, effect: Effect, state: QueueState
) -> None:
    said(ended(anna, ivan, **TALKED), effect)
    assert entry(ivan).state == state


def test_an_answering_machine_is_an_attempt_and_no_talk(anna: Member, ivan: Contact) -> None:
    ended(anna, ivan, now() - timedelta(days=1))
    call = ended(anna, ivan, **TALKED)
    said(call, Effect.MACHINE)
    assert entry(ivan).attempts == 2
    ended(anna, ivan, now() + timedelta(hours=1))
    assert entry(ivan).attempts == 3


def test_the_newer_word_about_a_call_holds(anna: Member, ivan: Contact) -> None:
    call = ended(anna, ivan, **TALKED)
    said(call, Effect.DONE)
    said(call, Effect.TRY_AGAIN)
    assert (entry(ivan).state, entry(ivan).attempts) == (QueueState.OPEN, 0)
    assert entry(ivan).next_attempt_at == call.finished_at + timedelta(hours=2)


def test_who_is_done_stays_so_when_somebody_calls_again(anna: Member, ivan: Contact) -> None:
    said(ended(anna, ivan, now() - timedelta(days=1), **TALKED), Effect.DONE)
    ended(anna, ivan)
    assert entry(ivan).state == QueueState.DONE


def test_somebody_not_reached_is_tried_again_by_the_plan_whatever_is_said_about_it(anna: Member, ivan: Contact) -> None:
    ended(anna, ivan, now() - timedelta(days=1))
    said(ended(anna, ivan), Effect.TRY_AGAIN)
    assert (entry(ivan).attempts, entry(ivan).state) == (2, QueueState.OPEN)
