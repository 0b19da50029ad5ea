"""The orders of the list, on the database the tests run on, against a plain sort."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from clickcall.contacts import services
from clickcall.contacts.finding import page_of_keys
from clickcall.contacts.services import NewPhone
from clickcall.models import Account, Call, Callback, Contact, ContactList, Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def eight(leads: ContactList) -> list[Contact]:
    """Contacts whose names are not in the order of their keys."""
    return [services.add_contact(list=leads, name=name, phones=[NewPhone("79260000000")]) for name in "ВАЖДБЕГЗ"]


def walked(member: Member, order: str, size: int = 3, **narrowed: Any) -> str:
    """The names on all pages, forward; the same pages back are checked on the way."""
    rows, shown, page = Contact.objects.active().filter(**narrowed), [], None
    while page is None or page.after:
        page = page_of_keys(rows, member, order=order, size=size, after=page.after if page else "")
        shown.append(page.rows)
    for wanted in reversed(shown[:-1]):
        page = page_of_keys(rows, member, order=order, size=size, before=page.before)
        assert page.rows == wanted
    assert not page.before
    names = dict(Contact.objects.values_list("pk", "name"))
    return "".join(names[key] for keys in shown for _value, key in keys)


def called(contact: Contact, member: Member) -> None:
    call = Call.objects.create(
        account=member.account, member=member, contact=contact, contact_phone="7", external_id=f"x{contact.pk}"
    )
    services.note_new_call(contact_id=contact.pk, call_id=call.pk)


def promised(contact: Contact, member: Member, hours: int, **fields: Any) -> None:
    Callback.objects.create(
        account=contact.account,
        contact=contact,
        digits="79260000000",
        due_at=now() + timedelta(hours=hours),
        made_by=member,
        **fields,
    )


def test_by_name(anna: Member, eight: list[Contact]) -> None:
    assert walked(anna, "") == "АБВГДЕЖЗ"


def test_by_last_call_the_latest_comes_first_and_then_whoever_was_not_called(
    anna: Member, eight: list[Contact]
) -> None:
    for place in (0, 6, 3, 2):
        called(eight[place], anna)
    assert walked(anna, "last") == "ЖДГВ" + "АБЕЗ"


def test_by_callback_the_most_overdue_comes_first_and_then_whoever_was_promised_none(
    anna: Member, eight: list[Contact]
) -> None:
    for place, hours in [(0, 5), (1, -2), (0, 9), (4, 3), (7, 3), (2, 7)]:
        promised(eight[place], anna, hours)
    promised(eight[3], anna, 1, done_at=now())
    promised(eight[2], anna, 7)
    assert walked(anna, "callback") == "АБЗВЖ" + "ГДЕ"


def test_an_order_keeps_to_the_rows_it_was_given(account: Account, anna: Member, eight: list[Contact]) -> None:
    other = services.create_list(account=account, name="Other")
    stranger = services.add_contact(list=other, name="Я", phones=[NewPhone("79260000000")])
    for contact in (stranger, eight[1]):
        called(contact, anna)
        promised(contact, anna, 1)
    for order in ("last", "callback"):
        assert walked(anna, order, list=other) == "Я"
        assert sorted(walked(anna, order)) == sorted("ВАЖДБЕГЗЯ")
