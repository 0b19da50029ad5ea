"""A call button knows beforehand what would stop its press: grey with the reason, or amber where it is asked about."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from support import people

from clickcall.calls import drawing
from clickcall.calls.buttons import for_contact
from clickcall.contacts import rules
from clickcall.models import (
    BlacklistEntry,
    Call,
    Callback,
    Contact,
    ContactList,
    DoNotCall,
    Member,
    Origin,
    VirtualNumber,
)
from clickcall.models.saving import save_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company_hours", "token")]
SignIn = Callable[[Member], Client]
NOON = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Noon in Moscow."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def ready(anna: Member, number: VirtualNumber) -> Member:
    """Anna can call."""
    save_changes(anna, default_number=number)
    return anna


def button_of(page: str, contact: Contact) -> str:
    """What a page draws for a contact, in one line."""
    drawn = re.search(rf'id="press-{contact.pk}-.*?</(form|div)>', re.sub(r"\s+", " ", page))
    assert drawn
    return drawn[0]


def listed(client: Client, contact: Contact) -> str:
    return button_of(client.get("/contacts/").content.decode(), contact)


def test_a_phone_on_do_not_call_is_grey_and_says_who_noted_it(
    ready: Member, ivan: Contact, boris: Member, as_: SignIn
) -> None:
    DoNotCall.objects.create(account=ready.account, digits="79260000000", member=boris, at=NOON, why="Three times")
    drawn = listed(as_(ready), ivan)
    assert "is-blocked" in drawn
    assert 'aria-disabled="true"' in drawn
    assert "<strong>Do not call</strong> · Asked on 18 Nov 2026, noted by Борис Лисин. Three times" in drawn
    assert "external_id" not in drawn


def test_a_phone_on_the_pbx_blacklist_is_grey_and_says_who_helps(ready: Member, ivan: Contact, as_: SignIn) -> None:
    BlacklistEntry.objects.create(account=ready.account, digits="79260000000")
    drawn = listed(as_(ready), ivan)
    assert "UIS refuses" in drawn
    assert "It is on the PBX blacklist. The admin can remove it" in drawn


def test_late_at_the_contacts_a_button_is_amber_and_says_the_hour(ready: Member, ivan: Contact, as_: SignIn) -> None:
    save_changes(ivan, timezone="Asia/Magadan")
    drawn = listed(as_(ready), ivan)
    assert "callbtn is-soft" in drawn
    assert 'aria-label="20:00 there: Иван Петров"' in drawn
    assert "external_id" in drawn  # it can be pressed, and then it asks
    page = as_(ready).get(f"/contacts/{ivan.pk}/").content.decode()
    assert "btn-soft" in page
    assert "20:00 there" in button_of(page, ivan)


def test_by_day_a_button_is_green(ready: Member, ivan: Contact, as_: SignIn) -> None:
    drawn = listed(as_(ready), ivan)
    assert "is-soft" not in drawn
    assert "is-blocked" not in drawn


def test_each_phone_of_a_contact_is_judged(ready: Member, leads: ContactList, as_: SignIn) -> None:
    olga = people.make_contact(leads, "Ольга", "79260000001", "79260000002")
    DoNotCall.objects.create(account=ready.account, digits="79260000002", at=NOON)
    page = re.sub(r"\s+", " ", as_(ready).get(f"/contacts/{olga.pk}/").content.decode())
    buttons = re.findall(r'<div class="press" id="press-\d+-(\d+)-icon"', page)
    assert buttons == ["79260000002"]


def test_who_called_us_and_must_not_be_called_is_grey(ready: Member, number: VirtualNumber, as_: SignIn) -> None:
    Call.objects.create(
        account=ready.account,
        origin=Origin.INBOUND,
        dispatch="",
        member=ready,
        number=number,
        contact_phone="79261112233",
        call_session_id="1",
        is_missed=True,
        is_final=True,
        status="missed",
        requested_at=NOON,
        finished_at=NOON,
    )
    assert "is-blocked" not in as_(ready).get(reverse("reports:called_back")).content.decode()
    DoNotCall.objects.create(account=ready.account, digits="79261112233", at=NOON)
    assert "is-blocked" in as_(ready).get(reverse("reports:called_back")).content.decode()


def test_a_promise_that_is_due_knows_on_every_page_what_stops_it(ready: Member, ivan: Contact, as_: SignIn) -> None:
    made = {"account": ready.account, "contact": ivan, "digits": "79260000000", "member": ready, "made_by": ready}
    Callback.objects.create(**made, due_at=NOON)
    client, reminder = as_(ready), "/contacts/callbacks/reminder/"
    before = client.get(reminder).context["version"]
    assert "is-blocked" not in client.get("/calls/my-phone/").content.decode()
    DoNotCall.objects.create(account=ready.account, digits="79260000000", at=NOON)
    for path in ("/calls/my-phone/", "/log/my-day/"):
        page = client.get(path).content.decode()
        assert page.count("is-blocked") == page.count(f'id="press-{ivan.pk}-') > 0
    assert "is-blocked" in client.get(f"{reminder}?seen={before}").content.decode()


def test_a_link_to_a_phone_of_nobody_knows_what_stops_it(ready: Member, as_: SignIn) -> None:
    assert "is-blocked" not in as_(ready).get("/dial?number=79260000001").content.decode()
    DoNotCall.objects.create(account=ready.account, digits="79260000001", at=NOON)
    assert "is-blocked" in as_(ready).get("/dial?number=79260000001").content.decode()


def test_amber_buttons_that_are_filled_in_are_the_template_s_own(ready: Member, leads: ContactList) -> None:
    late = [people.make_contact(leads, f"<b>{n}</b>", f"7926000000{n}", timezone="Asia/Magadan") for n in range(2)]
    people.make_contact(leads, "By day", "79260000009")
    rows = list(Contact.objects.prefetch_related("phones"))
    rules.verdicts(ready, rows, NOON)
    for contact in rows:
        button = for_contact(contact, ready, phone=None, place="row")
        assert button is not None
        assert button.is_soft is (contact in late)
        drawn = drawing.draw(button, "token")
        expected = render_to_string(drawing.TEMPLATE, {"button": button, "csrf_token": "token"})
        assert re.sub(r"\s+", " ", drawn).strip() == re.sub(r"\s+", " ", expected).strip()
