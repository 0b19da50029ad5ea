"""Contacts that come (back) before the place where the last walk through a list ended."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from support import people
from support.queue import HOUR, TALKED, Crowd, ended
from time_machine import travel

from clickcall.accounts.services.members import disable_member
from clickcall.contacts import queue, services
from clickcall.contacts.handing_over import hand_over
from clickcall.contacts.queue import candidates
from clickcall.models import Contact, ContactList, Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def passed(
    anna: Member, boris: Member, leads: ContactList, crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> list[Contact]:
    """Boris's contacts, and archived ones, all before the one that Anna was offered and has called."""
    cache.clear()
    monkeypatch.setattr(candidates, "_WORTH", 2)
    rows = crowd(2, owner=boris) + crowd(2, archived_at=now())
    (free,) = crowd(1)
    with travel(now() - HOUR / 2):
        offer = queue.next_for(anna, leads)
        assert offer is not None
        assert offer.contact == free
        ended(anna, free, **TALKED)
        assert queue.next_for(anna, leads) is None
    return rows


@pytest.mark.parametrize("how", ["handed over", "edited", "restored", "left", "moved"])
def test_contacts_that_come_back_are_offered_at_once(
    how: str, passed: list[Contact], anna: Member, boris: Member, leads: ContactList
) -> None:
    first, _second, archived, _other = passed
    deeds: dict[str, Callable[[], object]] = {
        "handed over": lambda: hand_over(Contact.objects.filter(pk=first.pk), to=anna, by=None),
        "edited": lambda: services.update_contact(first, owner=None),
        "restored": lambda: services.restore_contact(archived),
        "left": lambda: disable_member(boris),
        "moved": lambda: services.update_contact(elsewhere, list=leads),
    }
    elsewhere = Contact.objects.get(pk=first.pk)
    if how == "moved":
        Contact.objects.filter(pk=first.pk).update(list=people.make_list(anna.account, "Other"), owner=None)
        elsewhere.refresh_from_db()
    assert queue.next_for(anna, leads) is None
    deeds[how]()
    offer = queue.next_for(anna, leads)
    assert offer is not None
    assert offer.contact in passed


def test_as_long_as_nobody_comes_back_the_walk_begins_where_the_last_one_ended(
    passed: list[Contact], anna: Member, leads: ContactList
) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert queue.next_for(anna, leads) is None
    assert [one for one in asked if f'"id" > {passed[-1].pk}' in one["sql"]]
