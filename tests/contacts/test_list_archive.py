"""Putting a list away and using it again: by managers and admins, under the hands of those who work it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from support import people

from clickcall.contacts import queue, services
from clickcall.models import Contact, ContactList, ImportRun, ImportState, Member, QueueEntry, VirtualNumber

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


def test_nobody_but_managers_of_the_account_may(
    as_: SignIn, anna: Member, stranger: Member, leads: ContactList
) -> None:
    for act in ("archive", "restore"):
        for member, status in ((anna, 403), (stranger, 404)):
            assert as_(member).post(f"/contacts/lists/{leads.pk}/{act}/").status_code == status
    leads.refresh_from_db()
    assert leads.archived_at is None


def test_a_list_is_put_away_and_used_again(as_: SignIn, maria: Member, leads: ContactList) -> None:
    browser, page = as_(maria), f"/contacts/lists/{leads.pk}/"
    told = browser.post(f"{page}archive/", follow=True)
    assert (told.context["rows"], [*told.context["archived"]]) == ([], [leads])
    assert "“Leads” is put away" in told.content.decode()
    assert browser.get(page).status_code == 404
    back = browser.post(f"{page}restore/", follow=True)
    assert [row for row, _count in back.context["rows"]] == [leads]


def test_the_queue_lets_go_of_a_list_that_is_put_away(
    as_: SignIn, anna: Member, maria: Member, ivan: Contact, number: VirtualNumber
) -> None:
    leads, browser = ivan.list, as_(anna)
    offered = queue.next_for(anna, leads)
    assert offered is not None
    page = as_(maria).get(f"/contacts/lists/{leads.pk}/").content.decode()
    assert "1 person is working it now" in page
    services.archive_list(leads)
    assert not QueueEntry.objects.held_by(anna).exists()
    assert browser.post("/contacts/queue/next/", {"list": leads.pk}).status_code == 302
    assert not QueueEntry.objects.held_by(anna).exists()
    assert "There is no list to work" in browser.get("/contacts/queue/").content.decode()
    assert browser.get(f"/contacts/{ivan.pk}/").status_code == 200


def test_another_list_is_worked_instead(anna: Member, as_: SignIn, leads: ContactList, ivan: Contact) -> None:
    warm = people.make_list(leads.account, "Warm")
    petr = people.make_contact(warm, "Пётр", "79265550001")
    services.archive_list(leads)
    as_(anna).post("/contacts/queue/next/", {"list": leads.pk})
    assert [entry.contact for entry in QueueEntry.objects.held_by(anna)] == [petr]


def test_a_list_onto_which_a_file_is_imported_is_kept(as_: SignIn, maria: Member, leads: ContactList) -> None:
    ImportRun.objects.create(
        account=leads.account, list=leads, member=maria, file_name="a.csv", state=ImportState.RUNNING
    )
    with pytest.raises(ValidationError):
        services.archive_list(leads)
    told = as_(maria).post(f"/contacts/lists/{leads.pk}/archive/", follow=True).content.decode()
    assert "A file is being imported onto this list." in told
    leads.refresh_from_db()
    assert leads.archived_at is None
