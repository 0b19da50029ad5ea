"""A page's own button while the member's call to that contact lives: the call stands in its place."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from support.calls import make_call
from support.press_pages import HTMX, PRESS, fields

from clickcall.models import Call, Contact, Member, Status
from clickcall.simulator import Simulator

As = Callable[..., Client]
BUTTON = "btn-xl"


@pytest.fixture
def call(anna: Member, ivan: Contact) -> Call:
    phone = ivan.phones.all()[0].digits
    return make_call(
        anna, contact=ivan, contact_phone=phone, status=Status.TALKING, dispatch="accepted", is_final=False
    )


def test_a_press_puts_the_call_in_the_buttons_place(mine: Simulator, anna: Member, ivan: Contact, as_: As) -> None:
    sent = fields(contact="+79260000000", contact_id=str(ivan.pk), name=ivan.name, place="xl")
    text = as_(anna).post(PRESS, sent, **HTMX).content.decode()
    assert BUTTON not in text
    assert f'id="press-{ivan.pk}-79260000000-xl"' in text


@pytest.mark.parametrize("address", ["/contacts/{pk}/", "/dial?number=%2B79260000000"])
def test_the_page_shows_the_call_and_no_large_button(address: str, call: Call, anna: Member, as_: As) -> None:
    text = as_(anna).get(address.format(pk=call.contact_id)).content.decode()
    assert BUTTON not in text
    assert reverse("calls:place", args=[call.pk]) in text


def test_a_colleague_is_not_kept_from_calling_nor_the_caller_once_the_line_is_closed(
    call: Call, anna: Member, maria: Member, as_: As
) -> None:
    page, place = f"/contacts/{call.contact_id}/", reverse("calls:place", args=[call.pk])
    assert place not in as_(maria).get(page).content.decode()
    assert place in as_(anna).get(page).content.decode()
    Call.objects.filter(pk=call.pk).update(finished_at=now())
    assert place not in as_(anna).get(page).content.decode()


def test_the_place_asks_until_the_button_is_back(call: Call, anna: Member, as_: As) -> None:
    client = as_(anna)
    found = re.search(r'hx-get="([^"]*/place/[^"]*)"', client.get(f"/contacts/{call.contact_id}/").content.decode())
    assert found
    address = found[1].replace("&amp;", "&")
    assert client.get(address, **HTMX).status_code == 204
    Call.objects.filter(pk=call.pk).update(status=Status.RINGING_CONTACT)
    assert "data-live" in client.get(address, **HTMX).content.decode()
    Call.objects.filter(pk=call.pk).update(finished_at=now())
    back = client.get(address, **HTMX).content.decode()
    assert BUTTON in back
    assert "data-live" not in back
    assert f'name="contact_id" value="{call.contact_id}"' in back


def test_the_place_of_somebody_elses_call_is_404(call: Call, maria: Member, stranger: Member, as_: As) -> None:
    address = reverse("calls:place", args=[call.pk])
    assert [as_(who).get(address).status_code for who in (maria, stranger)] == [404, 404]
