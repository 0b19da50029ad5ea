"""Who is to keep which promise, and what is due."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from support import people

from clickcall.accounts.services.members import disable_member
from clickcall.contacts import callbacks, services
from clickcall.models import Account, Callback, Contact, Member, Role
from clickcall.web import waiting

SignIn = Callable[[Member], Client]


def make(contact: Contact, by: Member, member: Member | None, minutes: int = -5) -> Callback:
    """A promise for so many minutes from now, made the short way: past ones were in the future once."""
    given = {"account": contact.account, "contact": contact, "digits": "79260000000", "made_by": by}
    return Callback.objects.create(**given, member=member, due_at=now() + timedelta(minutes=minutes))


@pytest.fixture
def closed(account: Account, boris: Member) -> Contact:
    """Somebody on a list that only Boris works."""
    return people.make_contact(people.make_list(account, "Closed", boris), "Пётр Закрытый")


def test_one_does_ones_own_and_what_anyone_may_do_of_the_people_one_sees(
    ivan: Contact, closed: Contact, anna: Member, boris: Member, stranger: Member
) -> None:
    mine, anyones = make(ivan, boris, anna), make(ivan, boris, None, -9)
    make(ivan, boris, boris)
    hidden = make(closed, boris, None)
    handed = make(closed, boris, anna, -2)
    assert [*callbacks.due(anna, now())] == [anyones, mine, handed]
    assert hidden in callbacks.due(boris, now())
    assert [*callbacks.due(stranger, now())] == []


def test_a_manager_is_not_reminded_of_what_others_are_to_do_and_sees_it(
    ivan: Contact, anna: Member, maria: Member
) -> None:
    hers, anyones = make(ivan, maria, anna), make(ivan, maria, None)
    assert [*callbacks.due(maria, now())] == [anyones]
    assert [*callbacks.agenda(maria)] == [hers, anyones]


def test_what_somebody_promised_who_has_left_is_for_anyone(
    as_: SignIn, ivan: Contact, closed: Contact, anna: Member, boris: Member, maria: Member
) -> None:
    orphan, hidden = make(ivan, boris, boris, -120), make(closed, boris, boris, -120)
    assert not callbacks.due(anna, now()).exists()
    disable_member(boris)
    assert [*callbacks.due(anna, now())] == [orphan]
    assert [row.pk for row in callbacks.waiting(anna).first] == [orphan.pk]
    assert {*callbacks.due(maria, now())} == {orphan, hidden}
    assert ivan.name in as_(anna).get("/contacts/callbacks/?whose=anyones").content.decode()


def test_only_what_is_open_and_has_come_is_due(ivan: Contact, anna: Member) -> None:
    make(ivan, anna, anna, +5)
    kept = make(ivan, anna, anna)
    callbacks.call_off(kept)
    assert not callbacks.due(anna, now()).exists()
    assert callbacks.due(anna, now() + timedelta(minutes=6)).count() == 1


def test_promises_to_people_in_the_archive_wait_for_nobody(ivan: Contact, anna: Member) -> None:
    make(ivan, anna, anna)
    services.archive_contact(ivan)
    assert not callbacks.due(anna, now()).exists()
    assert not callbacks.agenda(anna).exists()


def test_the_agenda_of_sales_has_the_people_they_see(
    ivan: Contact, closed: Contact, anna: Member, boris: Member
) -> None:
    seen, later = make(ivan, boris, boris), make(ivan, anna, anna, +60)
    make(closed, boris, boris)
    assert [*callbacks.agenda(anna)] == [seen, later]


@pytest.mark.parametrize("role", ["sales", "manager", "admin"])
def test_what_waits_is_what_is_due_and_is_asked_once(ivan: Contact, account: Account, role: str) -> None:
    member = people.make_member(account, "someone", role)
    rows = [make(ivan, member, member), make(ivan, member, None)]
    make(ivan, member, member, +5)
    with CaptureQueriesContext(connection) as queries:
        found = callbacks.waiting(member)
        assert {one.contact.name for one in callbacks.waiting(member).first} == {ivan.name}
    assert sorted(one.pk for one in found.first) == sorted(row.pk for row in rows)
    assert found.count == len(rows)
    assert len(queries) == 1


@pytest.mark.parametrize("role", ["sales", "manager"])
def test_of_many_that_are_due_a_page_has_the_oldest_and_their_number(
    ivan: Contact, account: Account, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST", 8)
    monkeypatch.setattr(waiting, "_DUE", {role: waiting._due(role) for role in Role})
    member = people.make_member(account, "someone", role)
    assert callbacks.waiting(member) == waiting.Due([], 0)
    rows = [make(ivan, member, member, -minutes) for minutes in range(1, 8)]
    for expected, more in ((7, []), (8, [-9]), (8, [-10])):
        rows += [make(ivan, member, None, minutes) for minutes in more]
        found = callbacks.waiting(Member.objects.get(pk=member.pk))
        assert (found.count, found.first) == (expected, sorted(rows, key=lambda row: row.due_at)[: waiting.SHOWN])
