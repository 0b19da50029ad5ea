"""Editing a contact whose phones are hidden: what is left as it is stays, and a new number takes its place."""

from collections.abc import Callable

import pytest
from django.test import Client

from clickcall.models import CallRules, Contact, Member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def _hidden(anna: Member) -> None:
    CallRules.objects.create(account=anna.account, masks_numbers=True)


def as_shown(client: Client, contact: Contact) -> dict[str, object]:
    """What the page would send if nothing was touched."""
    form = client.get(f"/contacts/{contact.pk}/edit/").context["form"]
    data = {"list": contact.list_id, "name": contact.name, "owner": ""}
    data |= {f"phones-{name}": value for name, value in form.phones.management_form.initial.items()}
    for row in form.phones.forms:
        data |= {row.add_prefix(name): row[name].value() or "" for name in row.fields}
    return data


def digits(contact: Contact) -> list[str]:
    return list(contact.phones.values_list("digits", flat=True))


def save(client: Client, contact: Contact, data: dict[str, object]) -> int:
    return client.post(f"/contacts/{contact.pk}/edit/", data).status_code


def test_what_was_not_touched_stays(as_: SignIn, anna: Member, petr: Contact) -> None:
    client, before = as_(anna), list(petr.phones.values_list("pk", "digits", "kind", "label"))
    data = as_shown(client, petr)
    assert data["phones-0-number"] == "+7 926 •••-••-21"
    assert save(client, petr, {**data, "name": "Пётр Новый"}) == 302
    assert list(petr.phones.values_list("pk", "digits", "kind", "label")) == before
    assert Contact.objects.get(pk=petr.pk).name == "Пётр Новый"


def test_a_number_can_be_replaced_added_and_removed(as_: SignIn, anna: Member, petr: Contact) -> None:
    client = as_(anna)
    data = as_shown(client, petr)
    assert save(client, petr, {**data, "phones-0-number": "8 926 183-74-65"}) == 302
    assert digits(petr) == ["79261837465", "0486173"]
    data = as_shown(client, petr)
    assert save(client, petr, {**data, "phones-1-number": "", "phones-1-label": ""}) == 302
    assert digits(petr) == ["79261837465"]
    data = as_shown(client, petr)
    assert save(client, petr, {**data, "phones-1-number": "+7 812 935-17-46", "phones-1-kind": "phone"}) == 302
    assert digits(petr) == ["79261837465", "78129351746"]


def test_one_more_row_keeps_what_is_hidden(as_: SignIn, anna: Member, petr: Contact) -> None:
    client = as_(anna)
    response = client.post(f"/contacts/{petr.pk}/edit/", {**as_shown(client, petr), "add_phone": "1"})
    rows = response.context["form"].phones.forms
    assert [row["number"].value() for row in rows][:2] == ["+7 926 •••-••-21", "•••••73"]
    assert rows[0]["stored"].value() == str(petr.phones.all()[0].pk)
    assert "765-43" not in response.content.decode()


@pytest.mark.parametrize("stored", ["", "1", "999999", "x"])
def test_dots_of_no_phone_of_this_contact_are_no_number(
    as_: SignIn, anna: Member, petr: Contact, ivan: Contact, stored: str
) -> None:
    client = as_(anna)
    known = str(ivan.phones.all()[0].pk) if stored == "1" else stored
    data = {**as_shown(client, petr), "phones-0-stored": known, "phones-0-number": "+7 926 •••-••-00"}
    assert save(client, petr, data) == 200
    assert digits(petr) == ["79267654321", "0486173"]


def test_a_manager_edits_numbers_as_they_are(as_: SignIn, maria: Member, petr: Contact) -> None:
    client = as_(maria)
    data = as_shown(client, petr)
    assert (data["phones-0-number"], data["phones-0-stored"]) == ("+7 926 765-43-21", "")
    assert save(client, petr, data) == 302
    assert digits(petr) == ["79267654321", "0486173"]
