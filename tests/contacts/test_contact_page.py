import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from support import people

from clickcall.contacts import services
from clickcall.contacts.services import NewPhone
from clickcall.contacts.views import contact as views
from clickcall.models import Account, Call, Contact, ContactList, Member, Origin, Preset, Status, VirtualNumber

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)


def page(client: Client, contact: Contact, query: str = "") -> str:
    return client.get(f"/contacts/{contact.pk}/{query}").content.decode()


def called(contact: Contact, member: Member, minutes: int, **fields: object) -> Call:
    fields = {"status": Status.TALKED, "is_final": True, "talk_duration": 250} | fields
    return Call.objects.create(
        account=contact.account,
        member=member,
        member_name=member.name,
        contact=contact,
        contact_phone="79267654321",
        external_id=f"x{minutes}",
        requested_at=NOW - timedelta(minutes=minutes),
        **fields,
    )


def test_the_page_shows_phones_owner_time_and_notes(as_: SignIn, anna: Member, petr: Contact) -> None:
    services.update_contact(petr, owner=anna, notes="Спросить про бюджет", city="Пермь")
    with time_machine.travel(NOW, tick=False):
        text = page(as_(anna), petr)
    for words in ("+7 926 765-43-21", "0486173", "Мобильный", "Спросить про бюджет", "14:20 there", "Пермь", anna.name):
        assert words in text


def test_notes_are_shown_as_text_and_never_as_markup(as_: SignIn, anna: Member, petr: Contact) -> None:
    services.update_contact(petr, notes="<script>alert(1)</script>", name="<b>x</b>")
    text = page(as_(anna), petr)
    assert "<script>alert" not in text
    assert "<b>x</b>" not in text


@pytest.mark.usefixtures("token")
def test_it_says_which_number_the_client_sees(as_: SignIn, anna: Member, petr: Contact, number: VirtualNumber) -> None:
    anna.default_number = number
    anna.save()
    text = page(as_(anna), petr)
    assert "Your phone rings first." in text
    assert "The client sees" in text
    assert "+7 499 372-06-92" in text


def test_it_says_why_its_button_is_grey(as_: SignIn, anna: Member, petr: Contact) -> None:
    assert "<p>You have no number to call from. The admin can give you one.</p>" in page(as_(anna), petr)


def test_it_promises_nothing_of_a_number_that_is_out_of_use(
    as_: SignIn, anna: Member, petr: Contact, number: VirtualNumber
) -> None:
    anna.default_number = number
    anna.save()
    VirtualNumber.objects.update(enabled=False)
    assert "The client sees" not in page(as_(anna), petr)


@pytest.mark.usefixtures("token")
def test_it_does_not_promise_that_your_phone_rings_first_when_the_client_is_rung_first(
    as_: SignIn, anna: Member, petr: Contact, account: Account, number: VirtualNumber
) -> None:
    anna.default_number = number
    anna.save()
    Preset.objects.create(account=account, name="Contact first", first_call="contact", is_default=True)
    text = page(as_(anna), petr)
    assert "The client is rung first." in text
    assert "Your phone rings first." not in text


def test_a_phone_of_several_contacts_is_shown_as_such(
    as_: SignIn, anna: Member, boris: Member, petr: Contact, account: Account
) -> None:
    hers = services.create_list(account=account, name="Hers", members=[anna])
    services.add_contact(list=hers, name="Приёмная", phones=[NewPhone("79267654321")])
    assert "Others with this phone:" in page(as_(anna), petr)
    assert "Приёмная" in page(as_(anna), petr)
    assert "Приёмная" not in page(as_(boris), petr), "a list that Boris does not see"


def test_a_shared_phone_of_another_account_is_nobodys_business(
    as_: SignIn, anna: Member, petr: Contact, stranger: Member
) -> None:
    theirs = services.create_list(account=stranger.account, name="Theirs")
    services.add_contact(list=theirs, name="Чужой", phones=[NewPhone("79267654321")])
    assert "Others with this phone:" not in page(as_(anna), petr)


def test_the_history_holds_everybodys_calls_newest_first(
    as_: SignIn, anna: Member, boris: Member, petr: Contact
) -> None:
    called(petr, boris, 90)
    called(petr, anna, 30)
    response = as_(anna).get(f"/contacts/{petr.pk}/")
    assert [call.external_id for call in response.context["history"].rows] == ["x30", "x90"]
    assert boris.name in response.content.decode()


def test_sales_get_a_link_to_their_own_calls_only(
    as_: SignIn, anna: Member, boris: Member, maria: Member, petr: Contact
) -> None:
    call = called(petr, boris, 30)
    link = f'href="/log/{call.pk}/"'
    assert link in page(as_(boris), petr)
    assert link in page(as_(maria), petr)
    assert link not in page(as_(anna), petr)


def test_an_inbound_call_belongs_to_the_history(as_: SignIn, anna: Member, petr: Contact) -> None:
    call = called(petr, anna, 30)
    Call.objects.filter(pk=call.pk).update(origin=Origin.INBOUND, external_id=None, dispatch="", member=None)
    assert "Inbound call" in page(as_(anna), petr)


def test_a_long_history_has_pages(as_: SignIn, anna: Member, petr: Contact, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "HISTORY", 2)
    for minutes in (10, 20, 30):
        called(petr, anna, minutes)
    client, url = as_(anna), f"/contacts/{petr.pk}/"
    first = client.get(url).context["history"]
    second = client.get(f"{url}?after={first.after}").context["history"]
    assert [call.external_id for call in second.rows] == ["x30"]
    assert f"?after={first.after}" in page(client, petr)
    assert client.get(f"{url}?before={second.before}").context["history"].rows == first.rows


def test_what_happened_is_shown_anew_when_the_bar_tells_of_this_contact(
    as_: SignIn, anna: Member, petr: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "HISTORY", 1)
    for minutes in (10, 20):
        called(petr, anna, minutes)
    client = as_(anna)
    older = client.get(f"/contacts/{petr.pk}/").context["history"].after
    (part,) = re.findall(rf'hx-get="(/contacts/{petr.pk}/happened/[^"]*)"', page(client, petr, f"?after={older}"))
    asked = client.get(part, headers={"HX-Request": "true"})
    assert [call.external_id for call in asked.context["history"].rows] == ["x20"]
    assert f'hx-trigger="call-of-{petr.pk} from:body, wrapped-up from:body"' in asked.content.decode()
    assert "<html" not in asked.content.decode()


def test_an_archived_contact_says_so_and_cannot_be_called(as_: SignIn, anna: Member, petr: Contact) -> None:
    client = as_(anna)
    assert client.post(f"/contacts/{petr.pk}/archive/").status_code == 302
    text = page(client, petr)
    assert "This contact is archived." in text
    assert "callbtn" not in text
    client.post(f"/contacts/{petr.pk}/restore/")
    assert "callbtn" in page(client, petr)


@pytest.mark.parametrize("what", ["archive", "restore"])
def test_a_get_changes_nothing(as_: SignIn, anna: Member, petr: Contact, what: str) -> None:
    assert as_(anna).get(f"/contacts/{petr.pk}/{what}/").status_code == 405
    assert Contact.objects.get(pk=petr.pk).archived_at is None


def test_a_page_with_a_history_needs_few_queries(
    as_: SignIn,
    anna: Member,
    boris: Member,
    petr: Contact,
    leads: ContactList,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for minutes in range(25):
        called(petr, boris, minutes)
        people.make_contact(leads, f"Сосед {minutes}", "79267654321")
    client = as_(anna)
    with django_assert_max_num_queries(20):
        page(client, petr)
