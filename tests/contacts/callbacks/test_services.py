"""Promises to call: made, moved, called off, and kept by a call that rang the client."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from support.calls import make_call

from clickcall.contacts import callbacks
from clickcall.models import Callback, Contact, Member

SOON = timedelta(minutes=10)
PHONE = "79260000000"


def promised(contact: Contact, by: Member, due_at: datetime | None = None, **given: object) -> Callback:
    given = {"member": by, "digits": PHONE, **given}
    return callbacks.promise(contact=contact, due_at=due_at or now() + SOON, made_by=by, **given)  # type: ignore[arg-type]


def make(contact: Contact, member: Member, due_at: datetime, **given: Any) -> Callback:
    """The short way, beside whatever was promised before."""
    given = {"account": contact.account, "contact": contact, "digits": PHONE, "made_by": member, **given}
    return Callback.objects.create(member=member, due_at=due_at, **given)


def is_open(callback: Callback) -> bool:
    return Callback.objects.get(pk=callback.pk).done_at is None


def test_a_promise_keeps_what_was_agreed(ivan: Contact, anna: Member) -> None:
    call = make_call(anna, contact=ivan)
    when = now() + SOON
    made = promised(ivan, anna, when, note="  about the price ", asked_by_client=True, call=call)
    made.refresh_from_db()
    assert (made.contact, made.digits, made.member, made.due_at, made.made_by) == (ivan, PHONE, anna, when, anna)
    assert (made.note, made.asked_by_client, made.call, made.done_at) == ("about the price", True, call, None)
    assert made.account == ivan.account


def test_a_newer_promise_takes_the_place_of_ones_own_and_leaves_a_colleagues(
    ivan: Contact, anna: Member, boris: Member
) -> None:
    older, other, anyones = promised(ivan, anna), promised(ivan, boris), promised(ivan, anna, member=None)
    newer = promised(ivan, anna)
    assert [is_open(one) for one in (older, other, anyones, newer)] == [False, True, True, True]


def test_a_reminder_replaces_reminders_alone_and_nothing_that_was_agreed(ivan: Contact, anna: Member) -> None:
    tomorrow = now() + timedelta(days=1)
    agreed = make(ivan, anna, tomorrow + timedelta(days=3), note="договор", asked_by_client=True)
    asked, noted = make(ivan, anna, tomorrow, asked_by_client=True), make(ivan, anna, tomorrow, note="About the price")
    first, second = (
        callbacks.remind(contact=ivan, digits=PHONE, member=anna, due_at=tomorrow + wait) for wait in (SOON, 2 * SOON)
    )
    assert [is_open(one) for one in (agreed, asked, noted, first, second)] == [True, True, True, False, True]


def test_what_was_agreed_in_a_later_call_is_not_replaced_by_what_an_older_one_says(ivan: Contact, anna: Member) -> None:
    older, later = (make_call(anna, contact=ivan, requested_at=now() - timedelta(days=ago)) for ago in (2, 1))
    first, again = promised(ivan, anna, call=later), promised(ivan, anna, call=later)
    newest = promised(ivan, anna, call=older)
    assert [is_open(one) for one in (first, again, newest)] == [False, True, True]
    assert (callbacks.replaced(again), callbacks.replaced(newest)) == (first, None)


@pytest.mark.parametrize("away", [-timedelta(minutes=5), timedelta(days=800)])
def test_a_time_that_cannot_be_meant_is_refused(ivan: Contact, anna: Member, away: timedelta) -> None:
    with pytest.raises(ValidationError) as caught:
        promised(ivan, anna, now() + away)
    assert list(caught.value.message_dict) == ["due_at"]
    assert not Callback.objects.exists()


def test_nobody_of_another_account_can_be_made_to_call(ivan: Contact, anna: Member, stranger: Member) -> None:
    with pytest.raises(ValidationError) as caught:
        promised(ivan, anna, member=stranger)
    assert list(caught.value.message_dict) == ["member"]


def test_a_promise_is_moved_and_called_off_once(ivan: Contact, anna: Member) -> None:
    made = promised(ivan, anna)
    later = now() + timedelta(days=1)
    assert callbacks.move(made, later)
    assert Callback.objects.get().due_at == later
    assert callbacks.call_off(made)
    assert not callbacks.call_off(made)
    assert not callbacks.move(made, later)


def test_a_call_to_the_contact_keeps_what_was_due_and_leaves_what_is_for_another_day(
    ivan: Contact, anna: Member, boris: Member
) -> None:
    due = promised(ivan, anna)
    tomorrow = promised(ivan, boris, now() + timedelta(days=1))
    call = make_call(boris, contact=ivan, contact_phone="74951112233")
    assert callbacks.fulfil(call) == 1
    assert (is_open(due), is_open(tomorrow)) == (False, True)
    assert callbacks.fulfil(call) == 0


def test_a_call_to_a_phone_of_nobody_keeps_the_promises_to_that_phone(ivan: Contact, anna: Member) -> None:
    due, other = promised(ivan, anna), promised(ivan, anna, member=None, digits="74951112233")
    callbacks.fulfil(make_call(anna, contact_phone=PHONE))
    assert (is_open(due), is_open(other)) == (False, True)


def test_the_call_in_which_it_was_promised_does_not_keep_it(ivan: Contact, anna: Member) -> None:
    call = make_call(anna, contact=ivan, requested_at=now() - timedelta(minutes=3))
    made = promised(ivan, anna, call=call)
    callbacks.fulfil(call)
    assert is_open(made)


def test_a_call_of_another_account_keeps_nothing(ivan: Contact, anna: Member, stranger: Member) -> None:
    made = promised(ivan, anna)
    callbacks.fulfil(make_call(stranger, contact_phone=PHONE))
    assert is_open(made)


def test_nothing_is_left_to_call_about(ivan: Contact, anna: Member, boris: Member) -> None:
    promised(ivan, anna)
    promised(ivan, boris, now() + timedelta(days=3))
    assert callbacks.settle(ivan.pk) == 2
    assert not Callback.objects.open().exists()
