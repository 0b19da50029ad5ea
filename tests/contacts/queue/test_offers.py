"""Whom the queue offers, in which order, and whom it passes over."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from support import people
from support.calls import make_call
from support.queue import HOUR, TALKED, Crowd, due, ended, worked
from time_machine import travel

from clickcall.contacts import queue
from clickcall.contacts.callbacks import promise
from clickcall.contacts.queue import candidates, leases, results
from clickcall.contacts.queue.offers import seek
from clickcall.models import ContactList, DoNotCall, Member, QueueEntry

pytestmark = pytest.mark.django_db


def test_promises_come_first_then_who_was_never_called_then_the_plan(
    anna: Member, boris: Member, leads: ContactList, crowd: Crowd
) -> None:
    longest, fresh, newest, anyones, own, boriss = crowd(6)
    due(longest, 3 * HOUR)
    due(newest, 2 * HOUR)
    for contact, member in ((anyones, None), (own, anna), (boriss, boris)):
        given = {"contact": contact, "digits": contact.phones.all()[0].digits, "made_by": boris, "member": member}
        promise(**given, due_at=now())
    with travel(now() + timedelta(minutes=5)):
        assert worked(anna, leads) == [own, anyones, fresh, longest, newest]


def test_an_offer_says_why_now(anna: Member, leads: ContactList, crowd: Crowd) -> None:
    (contact,) = crowd(1)
    first = queue.next_for(anna, leads)
    assert first is not None
    assert (first.kind, first.attempt) == ("new", 1)
    ended(anna, contact)
    with travel(now() + 3 * HOUR):
        again = queue.next_for(anna, leads)
        assert again is not None
        assert (again.kind, again.attempt) == ("again", 2)
        results.postpone(contact, anna, now() + HOUR)
    with travel(now() + 5 * HOUR):
        later = queue.next_for(anna, leads)
        assert later is not None
        assert later.kind == "put_off"


def test_two_people_never_have_the_same_contact(anna: Member, boris: Member, leads: ContactList, crowd: Crowd) -> None:
    one, other = crowd(2)
    first, second = queue.next_for(anna, leads), queue.next_for(boris, leads)
    assert first is not None
    assert second is not None
    assert (first.contact, second.contact) == (one, other)
    assert queue.next_for(people.make_member(anna.account, "zoe"), leads) is None


def test_the_same_contact_is_offered_until_it_is_dealt_with(anna: Member, leads: ContactList, crowd: Crowd) -> None:
    one, _other = crowd(2)
    assert [getattr(queue.next_for(anna, leads), "contact", None) for _ in range(3)] == [one] * 3


def test_a_lease_ends_by_itself_and_lives_as_long_as_somebody_is_there(
    anna: Member, boris: Member, leads: ContactList, crowd: Crowd
) -> None:
    crowd(1)
    begin = now()
    with travel(begin, tick=False):
        assert queue.next_for(anna, leads)
    with travel(begin + timedelta(minutes=4), tick=False):
        assert queue.renew(anna)
    with travel(begin + timedelta(minutes=8), tick=False):
        assert queue.next_for(boris, leads) is None
    with travel(begin + timedelta(minutes=9), tick=False):
        assert not queue.renew(anna)
        assert queue.next_for(boris, leads)


def test_a_break_gives_the_contact_to_the_next_one(
    anna: Member, boris: Member, leads: ContactList, crowd: Crowd
) -> None:
    (contact,) = crowd(1)
    queue.next_for(anna, leads)
    assert queue.release(anna) == 1
    offer = queue.next_for(boris, leads)
    assert offer is not None
    assert offer.contact == contact


def test_a_contact_that_changed_meanwhile_is_not_given(anna: Member, boris: Member, crowd: Crowd) -> None:
    (contact,) = crowd(1)
    due(contact, HOUR)
    seen = QueueEntry.objects.get()
    ended(boris, contact)
    assert not leases.take(contact, anna, now(), seen)
    assert not leases.take(contact, anna, now(), None)


def test_whoever_talked_to_us_before_there_was_a_queue_is_not_called_again(
    anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    (contact,) = crowd(1)
    long_ago = {"requested_at": now() - timedelta(days=9), "finished_at": now() - timedelta(days=9)}
    contact.last_call = make_call(anna, contact=contact, **TALKED, **long_ago)
    contact.save()
    assert queue.next_for(anna, leads) is None


def test_many_who_cannot_be_called_do_not_hide_those_behind_them(
    anna: Member, leads: ContactList, crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "BATCH", 2)
    monkeypatch.setattr(candidates, "MOST_BATCHES", 4)
    for contact in crowd(10):
        DoNotCall.objects.create(account=anna.account, digits=contact.phones.all()[0].digits)
    (free,) = crowd(1)
    assert (seek(anna, leads).offer, seek(anna, leads).cut) == (None, False) or seek(anna, leads).cut
    assert worked(anna, leads) == [free]


def test_an_offer_costs_as_many_questions_with_fifty_people_as_with_one(
    anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert queue.next_for(anna, leads)
        queue.release(anna)
        return len(asked)

    crowd(1)
    questions()
    few = questions()
    crowd(49)
    assert questions() <= few
