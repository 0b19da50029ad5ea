"""Whom the queue offers, in which order, and whom it passes over."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from support import people
from support.calls import make_call
from support.queue import NOT_PICKED_UP, TALKED, ended
from time_machine import travel

from clickcall.contacts import queue, services
from clickcall.contacts.callbacks import promise
from clickcall.contacts.queue import candidates, leases, results
from clickcall.contacts.queue.offers import seek
from clickcall.models import BlacklistEntry, CallRules, Contact, ContactList, DoNotCall, Member, QueueEntry

pytestmark = pytest.mark.django_db
Crowd = Callable[..., list[Contact]]
HOUR = timedelta(hours=1)


def worked(member: Member, row: ContactList, most: int = 20) -> list[Contact]:
    """Whom the member is offered one after another, each put aside without a call."""
    found = []
    while len(found) < most and (offer := queue.next_for(member, row)):
        found.append(offer.contact)
        results.postpone(offer.contact, member, now() + timedelta(days=1))
    return found


def due(contact: Contact, ago: timedelta) -> None:
    """The contact waits for its next attempt since then."""
    given = {"account": contact.account, "list": contact.list, "attempts": 1, "next_attempt_at": now() - ago}
    QueueEntry.objects.create(contact=contact, **given)


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
