"""What every page asks once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from support import people
from support.calls import make_call

from clickcall.models import CallRules, Contact, ContactList, Heartbeat, Member, Origin, Points, QueueEntry
from clickcall.web.frame import frame

pytestmark = pytest.mark.django_db


def offer(contact: Contact, member: Member) -> None:
    later = now() + timedelta(minutes=5)
    QueueEntry.objects.create(
        contact=contact, account=member.account, list=contact.list, leased_to=member, lease_until=later
    )


def test_of_an_empty_account_nothing_is_known(anna: Member) -> None:
    seen = frame(anna)
    assert (seen.callers, seen.worker_lives, seen.is_told, seen.has_offer, seen.has_ads) == (0, *[False] * 4)
    assert (seen.points, seen.rules, list(seen.tokens)) == (None, None, [])


def test_all_is_known_from_one_question(adam: Member, anna: Member, ivan: Contact, leads: ContactList) -> None:
    people.make_token(adam.account, name="second", position=2)
    people.make_token(adam.account, name="first", position=1, last_error="forbidden")
    people.make_token(adam.account, name="old", archived_at=now())
    Points.objects.create(account=adam.account, seen_at=now(), day_remaining=7)
    CallRules.objects.create(account=adam.account, attempts_a_day=5)
    Heartbeat.objects.create(name="worker", seen_at=now())
    offer(ivan, adam)
    ContactList.objects.filter(pk=leads.pk).update(purpose="ads", without_consent="ask")
    make_call(anna, told_admin_at=now())
    inbound = {"member": None, "external_id": None, "dispatch": "", "origin": Origin.INBOUND}
    make_call(anna, **inbound, is_missed=True, contact_phone="79260000001")
    with CaptureQueriesContext(connection) as asked:
        seen = frame(adam)
        assert frame(adam) is seen
    assert len(asked) == 1
    assert (seen.callers, seen.worker_lives, seen.is_told, seen.has_offer, seen.has_ads) == (1, *[True] * 4)
    assert [(token.name, token.last_error) for token in seen.tokens] == [("first", "forbidden"), ("second", "")]
    assert (getattr(seen.points, "day_remaining", None), getattr(seen.rules, "attempts_a_day", None)) == (7, 5)


def test_what_is_an_admins_or_a_colleagues_is_not_mine(adam: Member, anna: Member, ivan: Contact) -> None:
    offer(ivan, adam)
    make_call(anna, told_admin_at=now())
    assert not frame(anna).has_offer
    assert not frame(anna).is_told
