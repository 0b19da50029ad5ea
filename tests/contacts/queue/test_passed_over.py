"""Whom the queue offers to nobody, or not yet."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import now
from support import people
from support.calls import make_call
from support.queue import HOUR, NOT_PICKED_UP, TALKED, Crowd, due, ended, worked
from time_machine import travel

from clickcall.accounts.services.members import disable_member
from clickcall.contacts import queue, services
from clickcall.contacts.callbacks import promise
from clickcall.contacts.queue.offers import seek
from clickcall.models import BlacklistEntry, Call, CallRules, ContactList, DoNotCall, Member, QueueEntry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["done", "none", "bad"])
def test_who_is_done_or_has_a_bad_number_is_not_offered(
    anna: Member, leads: ContactList, crowd: Crowd, state: str
) -> None:
    (contact,) = crowd(1)
    due(contact, HOUR)
    QueueEntry.objects.update(state=state)
    assert queue.next_for(anna, leads) is None


def test_do_not_call_the_blacklist_and_people_without_a_phone_are_passed_over(
    anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    forbidden, blacklisted, silent, free = crowd(4)
    DoNotCall.objects.create(account=anna.account, digits=forbidden.phones.all()[0].digits)
    BlacklistEntry.objects.create(account=anna.account, digits=blacklisted.phones.all()[0].digits)
    silent.phones.all().delete()
    assert worked(anna, leads) == [free]


def test_who_was_called_within_the_hour_by_anyone_at_any_contact_is_passed_over(
    anna: Member, boris: Member, leads: ContactList, crowd: Crowd
) -> None:
    (called,) = crowd(1)
    twin = people.make_contact(leads, "The same phone", called.phones.all()[0].digits)
    ended(boris, called)
    assert queue.next_for(anna, leads) is None
    with travel(now() + HOUR + timedelta(minutes=1)):
        assert worked(anna, leads) == [twin]


def test_a_press_that_nobody_heard_is_no_reason_to_wait(
    anna: Member, boris: Member, leads: ContactList, crowd: Crowd
) -> None:
    (contact,) = crowd(1)
    ended(boris, contact, **NOT_PICKED_UP)
    assert worked(anna, leads) == [contact]


def test_who_is_on_the_line_is_not_offered_even_for_a_promise(
    anna: Member, boris: Member, leads: ContactList, crowd: Crowd
) -> None:
    (contact,) = crowd(1)
    phone = contact.phones.all()[0].digits
    promise(contact=contact, digits=phone, due_at=now(), made_by=boris)
    with travel(now() + timedelta(minutes=1)):
        call = make_call(boris, contact=contact, contact_phone=phone, requested_at=now())
        assert queue.next_for(anna, leads) is None
        call.delete()
        assert queue.next_for(anna, leads)


def test_who_has_been_on_the_line_for_over_an_hour_is_not_offered_and_neither_right_after_that(
    anna: Member, boris: Member, leads: ContactList, crowd: Crowd
) -> None:
    (contact,) = crowd(1)
    phone, began = contact.phones.all()[0].digits, now() - timedelta(minutes=65)
    make_call(boris, contact=contact, contact_phone=phone, requested_at=began, contact_answered_at=began)
    assert queue.next_for(anna, leads) is None
    Call.objects.update(status="talked", is_final=True, finished_at=now())
    assert queue.next_for(anna, leads) is None
    Call.objects.update(status="talking", is_final=False, finished_at=None, requested_at=now() - timedelta(hours=5))
    assert queue.next_for(anna, leads)


def test_a_promise_may_come_soon_after_the_call_that_made_it(anna: Member, leads: ContactList, crowd: Crowd) -> None:
    (contact,) = crowd(1)
    call = ended(anna, contact, **TALKED)
    promise(contact=contact, digits=call.contact_phone, due_at=now(), made_by=anna, member=anna, call=call)
    with travel(now() + timedelta(minutes=1)):
        offer = queue.next_for(anna, leads)
        assert offer is not None
        assert offer.kind == "callback"


def test_who_is_promised_a_call_later_or_by_a_colleague_waits_for_it(
    anna: Member, boris: Member, leads: ContactList, crowd: Crowd
) -> None:
    later, colleagues = crowd(2)
    for contact, member, at in ((later, anna, now() + HOUR), (colleagues, boris, now())):
        phone = contact.phones.all()[0].digits
        promise(contact=contact, digits=phone, member=member, due_at=at, made_by=boris)
    with travel(now() + timedelta(minutes=1)):
        assert queue.next_for(anna, leads) is None


def test_a_promise_of_ones_own_that_is_due_is_kept_whatever_a_colleague_has_promised(
    anna: Member, boris: Member, leads: ContactList, crowd: Crowd
) -> None:
    (contact,) = crowd(1)
    for member in (boris, anna):
        promise(contact=contact, digits=contact.phones.all()[0].digits, member=member, due_at=now(), made_by=boris)
    with travel(now() + timedelta(minutes=1)):
        offer = queue.next_for(anna, leads)
        assert offer is not None
        assert (offer.contact, offer.callback and offer.callback.member) == (contact, anna)


def test_what_somebody_promised_who_has_left_is_offered_to_the_others(
    anna: Member, boris: Member, leads: ContactList, crowd: Crowd
) -> None:
    (contact,) = crowd(1)
    promise(contact=contact, digits=contact.phones.all()[0].digits, member=boris, due_at=now(), made_by=boris)
    with travel(now() + timedelta(hours=2)):
        assert queue.next_for(anna, leads) is None
        disable_member(boris)
        offer = queue.next_for(anna, leads)
        assert offer is not None
        assert offer.kind == "callback"


def test_a_colleagues_client_is_not_offered_and_one_of_somebody_who_left_is(
    anna: Member, boris: Member, leads: ContactList, crowd: Crowd
) -> None:
    crowd(1, owner=boris)
    gone = people.make_member(anna.account, "gone", archived_at=now())
    mine, orphan = crowd(1, owner=anna) + crowd(1, owner=gone)
    assert worked(anna, leads) == [mine, orphan]


def test_archived_people_and_other_lists_are_not_offered(anna: Member, leads: ContactList, crowd: Crowd) -> None:
    hidden, moved = crowd(2)
    due(hidden, HOUR)
    due(moved, HOUR)
    services.archive_contact(hidden)
    other = people.make_list(anna.account, "Other")
    services.update_contact(moved, list=other)
    assert queue.next_for(anna, leads) is None
    assert worked(anna, other) == [moved]


def test_outside_calling_hours_the_queue_waits_and_knows_until_when(
    anna: Member, leads: ContactList, crowd: Crowd, company_hours: None
) -> None:
    crowd(1, timezone="Asia/Vladivostok")
    (near,) = crowd(1, timezone="Europe/Moscow")
    with travel(datetime(2026, 11, 23, 15, 0, tzinfo=UTC)):  # 18:00 in Moscow, 1:00 in Vladivostok
        assert worked(anna, leads) == [near]
        assert seek(anna, leads).opens_at == datetime(2026, 11, 23, 23, 0, tzinfo=UTC)


def test_the_attempt_caps_hold_in_the_queue(anna: Member, leads: ContactList, crowd: Crowd) -> None:
    (contact,) = crowd(1)
    CallRules.objects.create(account=anna.account, attempts_a_day=1)
    with travel(datetime(2026, 11, 23, 6, 0, tzinfo=UTC)):
        ended(anna, contact)
    with travel(datetime(2026, 11, 23, 12, 0, tzinfo=UTC)):
        assert queue.next_for(anna, leads) is None
    with travel(datetime(2026, 11, 24, 6, 0, tzinfo=UTC)):
        assert queue.next_for(anna, leads)
