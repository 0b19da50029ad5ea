from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django.fixtures import DjangoAssertNumQueries
from support import people

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


def test_somebody_who_left_stays_on_a_list_until_taken_off(
    as_: SignIn, maria: Member, anna: Member, boris: Member, leads: ContactList
) -> None:
    leads.members.set([anna])
    anna.archived_at = now()
    anna.save()
    client, url = as_(maria), f"/contacts/lists/{leads.pk}/"
    form = client.get(url).context["form"]
    labels = [str(choice.choice_label) for choice in form["members"]]
    assert "Анна Кузнецова (access is off)" in labels
    client.post(url, {"name": "Renamed", "members": form["members"].value()})
    assert [*leads.members.all()] == [anna], "the list did not become everybody's"
    client.post(url, {"name": "Renamed", "members": [boris.pk]})
    assert [*leads.members.all()] == [boris]


def test_a_list_of_many_people_is_read_at_once(
    as_: SignIn, maria: Member, leads: ContactList, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    team = [people.make_member(maria.account, f"seller{n}", name=f"Продавец {n:03}") for n in range(60)]
    leads.members.set(team[:55])
    client = as_(maria)
    with django_assert_max_num_queries(12):
        form = client.get(f"/contacts/lists/{leads.pk}/").context["form"]
    assert len(form["members"]) == 61
    data = {"name": "Leads", "members": [person.pk for person in team]}
    assert client.post(f"/contacts/lists/{leads.pk}/", data).status_code == 302
    assert leads.members.count() == 60


def test_sales_see_their_lists_and_everybodys(
    as_: SignIn, anna: Member, boris: Member, stranger: Member, leads: ContactList
) -> None:
    for name, members in (("Hers", [anna]), ("His", [boris])):
        people.make_contact(people.make_list(anna.account, name, *members), f"Of {name}")
    seen = {}
    for member in (anna, boris, stranger):
        context = as_(member).get("/contacts/").context
        seen[member.name] = [row.name for row in context["lists"]], [row.contact.name for row in context["rows"]]
    assert seen == {
        anna.name: (["Hers", "Leads"], ["Of Hers"]),
        boris.name: (["His", "Leads"], ["Of His"]),
        stranger.name: ([], []),
    }
    offered = as_(anna).get("/contacts/new/").context["form"].fields["list"].queryset
    assert {row.name for row in offered} == {"Hers", "Leads"}


def test_nobody_puts_a_contact_on_a_list_they_do_not_work(
    as_: SignIn, anna: Member, boris: Member, ivan: Contact
) -> None:
    his = people.make_list(anna.account, "His", boris)
    client = as_(anna)
    form = client.get(f"/contacts/{ivan.pk}/edit/").context["form"]
    data = {"list": his.pk, "name": "x", "phones-TOTAL_FORMS": "1", "phones-INITIAL_FORMS": "0"}
    data |= {"phones-0-number": "+79260000000", "phones-0-kind": "phone"}
    assert list(form.fields["list"].queryset) == [ivan.list]
    assert "list" in client.post(f"/contacts/{ivan.pk}/edit/", data).context["form"].errors
    assert Contact.objects.get(pk=ivan.pk).list == ivan.list


def test_an_archived_list_is_offered_to_nobody_but_its_own_contacts(
    as_: SignIn, maria: Member, ivan: Contact, leads: ContactList
) -> None:
    leads.archived_at = now()
    leads.save()
    client = as_(maria)
    assert client.get("/contacts/").context["lists"] == []
    assert client.get(f"/contacts/lists/{leads.pk}/").status_code == 404
    assert client.get("/contacts/lists/").context["rows"] == []
    offered = client.get(f"/contacts/{ivan.pk}/edit/").context["form"].fields["list"].queryset
    assert list(offered) == [leads], "saving must not move the contact"
