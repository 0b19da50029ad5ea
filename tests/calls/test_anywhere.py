"""`/dial?number=…`: who it is, and a button. A GET never dials."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from support import people

from clickcall.contacts import services
from clickcall.models import Call, Contact, ContactList, Member, Token, VirtualNumber

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def equipped(anna: Member, number: VirtualNumber, token: Token) -> Member:
    anna.default_number = number
    anna.save()
    return anna


def shown(browser: Client, number: str = "tel:+7-926-000-00-00") -> str:
    answer = browser.get("/dial", {"number": number})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_contact_is_shown_with_a_button_for_this_phone(as_: SignIn, equipped: Member, leads: ContactList) -> None:
    people.make_contact(leads, "Иван Петров", "74951112233", "79260000000", company="Ромашка")
    page = shown(as_(equipped))
    assert "Иван Петров</h1>" in " ".join(page.split()).replace("> ", ">").replace(" <", "<")
    assert 'name="contact" value="+79260000000"' in page
    assert "Ромашка" in page
    assert "74951112233" not in page


def test_a_get_dials_nobody_however_often_it_is_asked(as_: SignIn, equipped: Member, ivan: Contact) -> None:
    browser = as_(equipped)
    for headers in ({}, {"Sec-Purpose": "prefetch"}, {"HX-Request": "true"}):
        browser.get(
            "/dial", {"number": "79260000000", "confirm": "in_call,just_called", "external_id": "x"}, headers=headers
        )
    assert browser.head("/dial", {"number": "79260000000"}).status_code == 405
    assert browser.post("/dial", {"number": "79260000000"}).status_code == 405
    assert Call.objects.count() == 0


def test_several_contacts_with_the_phone_each_have_a_button(as_: SignIn, equipped: Member, leads: ContactList) -> None:
    for name in ("Иван", "Ольга"):
        people.make_contact(leads, name, "79260000000")
    page = shown(as_(equipped))
    assert "Several contacts have this number" in page
    assert page.count('name="contact" value="+79260000000"') == 2
    assert (page.count('id="row-'), page.count("Call: Иван"), page.count("Call: Ольга")) == (2, 1, 1)


def test_a_number_of_nobody_can_be_called_all_the_same(as_: SignIn, equipped: Member) -> None:
    page = shown(as_(equipped), "8 926 111-22-33")
    assert "None of your contacts has this number." in page
    assert 'name="contact" value="+79261112233"' in page


def test_contacts_of_others_are_not_shown(as_: SignIn, equipped: Member, boris: Member, stranger: Member) -> None:
    people.make_contact(people.make_list(boris.account, "His", boris), "Тайный Клиент", "79260000000")
    people.make_contact(people.make_list(stranger.account), "Чужой Клиент", "79260000000")
    for member, seen in ((boris, True), (equipped, False), (stranger, False)):
        assert ("Тайный Клиент" in shown(as_(member))) is seen
    assert "Чужой Клиент" in shown(as_(stranger))


def test_an_archived_contact_is_nobody(as_: SignIn, equipped: Member, ivan: Contact) -> None:
    services.archive_contact(ivan)
    assert "None of your contacts" in shown(as_(equipped), ivan.phones.all()[0].digits)


def test_an_extension_is_said_and_not_dialled(as_: SignIn, equipped: Member) -> None:
    page = shown(as_(equipped), "tel:+74993720692;ext=123")
    assert "Extension 123" in page
    assert 'name="contact" value="+74993720692"' in page


@pytest.mark.parametrize("asked", ["", "tel:", "tel:help", "12", '"><script>alert(1)</script>', "7" * 5000])
def test_what_is_no_number_has_a_message_and_no_button(as_: SignIn, equipped: Member, asked: str) -> None:
    page = shown(as_(equipped), asked)
    assert "This number can&#x27;t be dialled" in page or "This number can't be dialled" in page
    assert "data-call-form" not in page
    assert "<script>alert" not in page


def test_without_an_own_number_the_button_says_why(as_: SignIn, anna: Member) -> None:
    page = shown(as_(anna))
    assert "data-call-form" not in page
    assert "You have no number to call from." in page


def test_after_signing_in_one_comes_back_to_the_number(client: Client, equipped: Member) -> None:
    equipped.user.set_password("correct-horse-battery")
    equipped.user.save()
    asked = "/dial?number=tel%3A%2B79260000000"
    gate = client.get(asked)
    assert gate.status_code == 302
    answer = client.post(gate["Location"], {"login": equipped.user.username, "password": "correct-horse-battery"})
    assert answer["Location"] == asked


def test_both_forms_of_the_address_work(as_: SignIn, equipped: Member) -> None:
    assert as_(equipped).get("/dial/?number=79260000000").status_code == 200


def test_many_contacts_cost_no_queries_each(as_: SignIn, equipped: Member, leads: ContactList) -> None:
    for place in range(30):
        people.make_contact(leads, f"Contact {place:02}", "79260000000", owner=equipped)
    browser = as_(equipped)
    with CaptureQueriesContext(connection) as queries:
        page = shown(browser)
    assert len(queries) <= 12, [query["sql"] for query in queries]
    assert page.count('id="row-') == 25
    assert "There are more." in page
