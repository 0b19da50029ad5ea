"""A press where phones are hidden: the page names a row, and the row's phone is called."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from support import people
from support.calls import make_call
from support.press_pages import HTMX, PRESS, fields, offered

from clickcall.contacts import services
from clickcall.contacts.services import NewPhone
from clickcall.models import Call, CallRules, Contact, ContactPhone, Member
from clickcall.simulator import Simulator

As = Callable[..., Client]


@pytest.fixture(autouse=True)
def _hidden(anna: Member) -> None:
    CallRules.objects.create(account=anna.account, masks_numbers=True)


def phone_of(contact: Contact) -> ContactPhone:
    return contact.phones.all()[0]


def told(response: HttpResponse) -> bool:
    """Whether the phone stands in the answer, in whatever way it is written."""
    return "9260000000" in re.sub("[^0-9]", "", response.content.decode())


def sent(response: HttpResponse, place: str) -> dict[str, str]:
    """What the first button of this kind in the page sends."""
    form = re.search(rf'<form[^>]*id="press-[^"]*-{place}".*?</form>', response.content.decode(), re.DOTALL)
    assert form
    return dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', form[0]))


def test_the_button_of_a_row_calls_the_contact_s_phone(mine: Simulator, anna: Member, ivan: Contact, as_: As) -> None:
    client = as_(anna)
    said = sent(client.get("/contacts/"), "row")
    assert (said["contact"], said["contact_id"]) == (f"p{phone_of(ivan).pk}", str(ivan.pk))
    response = client.post(PRESS, said, **HTMX)
    call = Call.objects.get()
    assert (call.contact, call.contact_phone, call.params["contact"]) == (ivan, "79260000000", "79260000000")
    assert offered(response)
    pages = [
        f"/calls/{call.pk}/live/",
        f"/log/{call.pk}/",
        "/contacts/",
        reverse("calls:state", args=[call.external_id]),
    ]
    assert not any(told(answer) for answer in (response, *map(client.get, pages)))


def test_the_used_button_can_be_pressed_again(mine: Simulator, anna: Member, ivan: Contact, as_: As) -> None:
    client = as_(anna)
    again = client.post(PRESS, sent(client.get("/contacts/"), "row"), **HTMX)
    said = sent(again, "row")
    client.post(PRESS, {**said, "confirm": "in_call,just_called"}, **HTMX)
    assert list(Call.objects.values_list("contact_phone", flat=True)) == ["79260000000"] * 2


def test_a_question_is_answered_without_naming_the_phone(mine: Simulator, anna: Member, ivan: Contact, as_: As) -> None:
    client = as_(anna)
    said = sent(client.get("/contacts/"), "row")
    client.post(PRESS, said, **HTMX)
    asked = client.post(PRESS, {**said, "external_id": "second"}, **HTMX)
    assert f'name="contact" value="{said["contact"]}"' in asked.content.decode()
    assert not told(asked)


def test_somebody_who_is_no_contact_is_called_back_by_their_call(mine: Simulator, anna: Member, as_: As) -> None:
    at = now() - timedelta(minutes=5)
    given = {"origin": "inbound", "external_id": None, "dispatch": "", "is_missed": True, "contact_name": ""}
    call = make_call(anna, **given, call_session_id="7", requested_at=at, finished_at=at, contact_phone="73437264958")
    client = as_(anna)
    said = sent(client.get("/log/called-back/"), "back")
    assert (said["contact"], said["name"]) == (f"c{call.pk}", "+7 343 •••-••-58")
    client.post(PRESS, said, **HTMX)
    assert Call.objects.get(origin="press").contact_phone == "73437264958"


@pytest.mark.parametrize("reference", ["p{other}", "c{theirs}", "p999999", "c999999", "p", "p1x", "c" + "9" * 19])
def test_a_row_that_is_not_the_member_s_calls_nobody(
    mine: Simulator, anna: Member, boris: Member, ivan: Contact, as_: As, reference: str
) -> None:
    other = people.make_contact(people.make_list(anna.account, "His", boris), "Чужой", "79261837465")
    theirs = make_call(boris, contact_phone="79261837465")
    said = reference.format(other=phone_of(other).pk, theirs=theirs.pk)
    for contact in ("", str(ivan.pk), str(other.pk)):
        response = as_(anna).post(PRESS, fields("x", said, contact_id=contact), **HTMX)
        assert "Not called." in response.content.decode()
    assert list(Call.objects.all()) == [theirs]


def test_a_phone_that_was_changed_meanwhile_is_not_called(
    mine: Simulator, anna: Member, ivan: Contact, as_: As
) -> None:
    client = as_(anna)
    said = sent(client.get("/contacts/"), "row")
    services.update_contact(ivan, phones=[NewPhone("79261837465")])
    assert "The contact has changed" in client.post(PRESS, said, **HTMX).content.decode()
    assert not Call.objects.exists()


def test_without_javascript_a_refused_press_shows_no_row_as_a_number(
    mine: Simulator, anna: Member, ivan: Contact, as_: As
) -> None:
    said = fields("x", "p999999", contact_id=str(ivan.pk))
    response = as_(anna).post(PRESS, said)
    assert response.status_code == 422
    assert "p999999" not in response.content.decode()


def test_a_number_that_was_dialled_by_hand_is_masked_from_then_on(mine: Simulator, anna: Member, as_: As) -> None:
    client = as_(anna)
    response = client.post(PRESS, fields("x", "8 926 000-00-00", place="dialpad"), **HTMX)
    assert Call.objects.get().contact_phone == "79260000000"
    assert "+7 926 •••-••-00" in response.content.decode()
    assert not told(response)
    assert not told(client.get("/log/mine/"))


def test_the_bar_offers_to_call_again_without_naming_the_phone(
    mine: Simulator, anna: Member, ivan: Contact, as_: As
) -> None:
    call = make_call(anna, contact=ivan, dispatch="not_sent", cause="refused", requested_at=now(), contact_name="")
    client = as_(anna)
    page = client.get("/contacts/")
    form = re.search(r'id="bar-again".*?</form>', page.content.decode(), re.DOTALL)
    assert form
    said = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', form[0]))
    assert said["contact"] == f"c{call.pk}"
    assert not told(page)
    client.post(PRESS, said, **HTMX)
    again = Call.objects.exclude(pk=call.pk).get()
    assert (again.contact, again.contact_phone) == (ivan, "79260000000")
