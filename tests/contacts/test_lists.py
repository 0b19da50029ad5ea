from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from clickcall.contacts import services
from clickcall.models import Contact, ContactList, Member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


def test_the_lists_are_shown_with_their_counts_and_people(
    as_: SignIn, maria: Member, anna: Member, ivan: Contact, petr: Contact
) -> None:
    services.create_list(account=maria.account, name="Warm", members=[anna])
    services.archive_contact(petr)
    response = as_(maria).get("/contacts/lists/")
    assert [(row.name, count) for row, count in response.context["rows"]] == [("Leads", 1), ("Warm", 0)]
    assert "Everybody" in response.content.decode()
    assert anna.name in response.content.decode()


def test_a_manager_makes_a_list(as_: SignIn, maria: Member, anna: Member) -> None:
    assert as_(maria).post("/contacts/lists/new/", {"name": "Warm", "members": [anna.pk]}).status_code == 302
    made = ContactList.objects.get()
    assert (made.account, made.name, [*made.members.all()]) == (maria.account, "Warm", [anna])


def test_a_name_that_is_taken_is_refused_beside_it(as_: SignIn, maria: Member, leads: ContactList) -> None:
    response = as_(maria).post("/contacts/lists/new/", {"name": "Leads"})
    assert response.context["form"].errors == {"name": ["There is a list with this name already."]}


def test_a_list_is_renamed_and_given_to_others(as_: SignIn, maria: Member, anna: Member, leads: ContactList) -> None:
    url = f"/contacts/lists/{leads.pk}/"
    assert as_(maria).post(url, {"name": "Warm", "members": [anna.pk]}).status_code == 302
    leads.refresh_from_db()
    assert (leads.name, [*leads.members.all()]) == ("Warm", [anna])


def test_a_stranger_cannot_be_put_on_a_list(as_: SignIn, maria: Member, stranger: Member, leads: ContactList) -> None:
    response = as_(maria).post(f"/contacts/lists/{leads.pk}/", {"name": "Leads", "members": [stranger.pk]})
    assert list(response.context["form"].errors) == ["members"]


def test_a_list_leads_to_handing_its_contacts_over(as_: SignIn, maria: Member, anna: Member, ivan: Contact) -> None:
    text = as_(maria).get(f"/contacts/lists/{ivan.list_id}/").content.decode()
    assert 'action="/contacts/hand-over/"' in text
    assert f'<option value="{anna.pk}"' in text


def test_the_page_of_lists_needs_few_queries(
    as_: SignIn, maria: Member, anna: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(15):
        services.create_list(account=maria.account, name=f"List {number}", members=[anna])
    client = as_(maria)
    with django_assert_max_num_queries(12):
        client.get("/contacts/lists/")
