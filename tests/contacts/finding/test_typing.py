"""Results as one types, and the same page without scripts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django.fixtures import DjangoAssertNumQueries
from support import people

from clickcall.contacts import services
from clickcall.contacts.services import NewPhone
from clickcall.models import Callback, Contact, ContactList, Member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
URL = "/contacts/"


def typed(client: Client, term: str, at: str = URL) -> tuple[str, dict[str, str]]:
    """What htmx gets for a term that was typed at an address: the fragment, and where the address bar goes."""
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{at}"}
    response = client.get(URL, {"q": term}, headers=headers)
    return response.content.decode(), dict(response.headers)


def test_what_is_typed_brings_the_results_alone(as_: SignIn, anna: Member, petr: Contact, ivan: Contact) -> None:
    page, _headers = typed(as_(anna), "щук")
    assert page.lstrip().startswith('<div id="results">')
    assert "Пётр Щукин" in page
    assert "Иван Петров" not in page
    assert "<html" not in page


def test_the_first_letters_are_a_step_in_the_history_and_the_next_ones_are_not(
    as_: SignIn, anna: Member, petr: Contact
) -> None:
    client = as_(anna)
    _page, first = typed(client, "щ")
    _page, second = typed(client, "щу", at=f"{URL}?q=%D1%89")
    assert (first.get("HX-Push-Url"), first.get("HX-Replace-Url")) == (f"{URL}?q=%D1%89", None)
    assert (second.get("HX-Push-Url"), second.get("HX-Replace-Url")) == (None, f"{URL}?q=%D1%89%D1%83")


def test_an_emptied_field_brings_everybody_and_the_plain_address(as_: SignIn, anna: Member, petr: Contact) -> None:
    page, headers = typed(as_(anna), " ", at=f"{URL}?q=%D1%89")
    assert "Пётр Щукин" in page
    assert headers["HX-Replace-Url"] == URL


def test_how_many_were_found_can_be_heard(as_: SignIn, anna: Member, leads: ContactList) -> None:
    for number in range(26):
        services.add_contact(list=leads, name=f"Олег {number}", phones=[NewPhone(f"792600000{number:02}")])
    client = as_(anna)
    assert "Found: more than 25" in typed(client, "олег")[0]
    assert "Found: 1\n" in typed(client, "олег 17")[0]
    assert typed(client, "нет такого")[0].count("Nobody found") == 2, "seen and heard"


def test_without_scripts_the_whole_page_comes(as_: SignIn, anna: Member, petr: Contact) -> None:
    response = as_(anna).get(URL, {"q": "щук"})
    page = response.content.decode()
    assert "</html>" in page
    assert 'value="щук"' in page
    assert "HX-Push-Url" not in response.headers


def test_only_the_list_of_contacts_changes_as_one_types(as_: SignIn, anna: Member, petr: Contact) -> None:
    client = as_(anna)
    assert 'hx-trigger="input changed delay:200ms"' in client.get(URL).content.decode()
    assert "delay:200ms" not in client.get(f"{URL}{petr.pk}/").content.decode()


def test_the_order_is_chosen_beside_the_list_and_not_while_searching(
    as_: SignIn, anna: Member, petr: Contact, ivan: Contact
) -> None:
    client, due = as_(anna), now() + timedelta(hours=1)
    Callback.objects.create(account=petr.account, contact=petr, digits="79267654321", due_at=due, made_by=anna)
    page = client.get(URL, {"sort": "callback"})
    assert [row.contact.name for row in page.context["rows"]] == ["Пётр Щукин", "Иван Петров"]
    assert [row.due for row in page.context["rows"]] == [due, None]
    assert "Callback or last call" in page.content.decode()
    assert 'name="sort"' in page.content.decode()
    assert 'name="sort"' not in client.get(URL, {"q": "п", "sort": "callback"}).content.decode()
    assert client.get(URL, {"sort": "nonsense"}).context["filters"].order == ""


def test_a_search_through_all_tiers_needs_few_queries(
    as_: SignIn, anna: Member, leads: ContactList, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        people.make_contact(leads, f"Клиент {number}", f"792600000{number:02}")
    client = as_(anna)
    client.get(URL)
    for term in ("926", "79260000011", "клиент", "клиент 17 79260000017", "нет"):
        with django_assert_max_num_queries(12):
            typed(client, term)
