"""A phone that several contacts have is shown as such, as far as the member sees them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from support import people

from clickcall.contacts import services
from clickcall.models import Account, Contact, ContactList, Member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


def marked(client: Client) -> list[str]:
    rows = client.get("/contacts/").context["rows"]
    return [row.contact.name for row in rows if row.is_shared]


def test_rows_that_share_a_phone_are_marked(as_: SignIn, anna: Member, leads: ContactList) -> None:
    for name, *phones in (("А", "79260000001", "79260000009"), ("Б", "79260000002"), ("В", "79260000009")):
        people.make_contact(leads, name, *phones)
    client = as_(anna)
    assert marked(client) == ["А", "В"]
    assert client.get("/contacts/").content.decode().count("Others have this phone, too") == 2


def test_what_the_member_does_not_see_marks_nothing(
    as_: SignIn, anna: Member, boris: Member, maria: Member, stranger: Member, ivan: Contact
) -> None:
    people.make_contact(people.make_list(stranger.account, "Theirs"), "Чужой")
    assert marked(as_(maria)) == []
    people.make_contact(people.make_list(anna.account, "His", boris), "Его")
    assert marked(as_(anna)) == []
    assert marked(as_(boris)) == ["Его", "Иван Петров"]
    assert marked(as_(maria)) == ["Его", "Иван Петров"]


def test_an_archived_contact_shares_nothing(as_: SignIn, anna: Member, ivan: Contact, leads: ContactList) -> None:
    services.archive_contact(people.make_contact(leads, "Старый"))
    assert marked(as_(anna)) == []


def test_marks_cost_no_query_per_row(as_: SignIn, account: Account, anna: Member, leads: ContactList) -> None:
    client = as_(anna)
    counts = []
    for first in (0, 10):
        for place in range(first, first + 10):
            people.make_contact(leads, f"Клиент {place}", "79260000009", f"792611100{place:02}")
        with CaptureQueriesContext(connection) as queries:
            assert len(marked(client)) == first + 10
        counts.append(len(queries))
    assert counts[0] == counts[1]
