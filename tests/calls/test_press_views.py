"""The press in a page: what is answered, with and without JavaScript, and what is asked first."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from support import people
from support.press_pages import HTMX, PRESS, fields, offered
from support.presses import placed_at, requests_of
from support.simulator import NUMBER
from support.wire_server import WireServer, resets

from clickcall.models import Call, Contact, Member, Preset, Token
from clickcall.simulator import Simulator

As = Callable[..., Client]


def test_a_press_answers_the_used_button_with_a_new_id_and_the_live_bar(
    mine: Simulator, anna: Member, ivan: Contact, as_: As
) -> None:
    response = as_(anna).post(PRESS, fields(contact_id=str(ivan.pk), name=ivan.name), **HTMX)
    text = response.content.decode()
    call = Call.objects.get()
    assert response.status_code == 200
    assert (call.member, call.contact, call.number_digits) == (anna, ivan, NUMBER)
    assert offered(response)
    assert "one" not in offered(response)
    assert "called at" in text
    assert "Call is on its way" in text
    assert reverse("calls:live", args=[call.pk]) in text
    assert "<html" not in text


def test_a_button_whose_press_rang_nobody_does_not_say_that_it_called(
    mine: Simulator, anna: Member, ivan: Contact, as_: As
) -> None:
    client = as_(anna)
    client.post(PRESS, fields(contact_id=str(ivan.pk), name=ivan.name), **HTMX)
    Call.objects.update(dispatch="refused", status="refused", cause="forbidden", is_final=True)
    again = client.post(PRESS, fields(contact_id=str(ivan.pk), name=ivan.name), **HTMX).content.decode()
    assert ("tried at" in again, "called at" in again) == (True, False)


def test_in_the_queue_the_call_takes_the_place_of_the_button_unless_it_came_to_nothing(
    mine: Simulator, anna: Member, ivan: Contact, as_: As
) -> None:
    client, place = as_(anna), {"contact_id": str(ivan.pk), "place": "queue"}
    live = client.post(PRESS, fields(**place), **HTMX).content.decode().split('id="livebar-slot"')[0]
    assert ("data-released" in live, "On its way" in live, "Call again" in live) == (True, True, False)
    Call.objects.update(dispatch="not_sent", status="not_sent", is_final=True, given_up_at=now())
    over = client.post(PRESS, fields(**place), **HTMX).content.decode().split('id="livebar-slot"')[0]
    assert ("data-released" in over, "Call again" in over) == (False, True)


def test_an_ordinary_press_lets_the_salesperson_hear_the_clients_line(mine: Simulator, anna: Member, as_: As) -> None:
    as_(anna).post(PRESS, fields(), **HTMX)
    params = Call.objects.get().params
    assert (params["first_call"], params["switch_at_once"], params["early_switching"], params["direction"]) == (
        "employee",
        True,
        True,
        "out",
    )


def test_the_accounts_default_preset_takes_the_place_of_the_ordinary_call(
    mine: Simulator, anna: Member, as_: As
) -> None:
    preset = Preset.objects.create(account=anna.account, name="Usual", is_default=True, switch_at_once=True)
    as_(anna).post(PRESS, fields(), **HTMX)
    call = Call.objects.get()
    assert call.preset == preset
    assert set(call.params) == {"virtual_phone_number", "contact", "external_id", "first_call", "switch_at_once"}


def test_a_second_post_of_the_same_press_sends_nothing_and_shows_the_same_call(
    mine: Simulator, anna: Member, as_: As
) -> None:
    client = as_(anna)
    for _ in range(3):
        response = client.post(PRESS, fields(), **HTMX)
        assert "Call is on its way" in response.content.decode()
    assert Call.objects.count() == 1
    assert len(requests_of(mine)) == 1


def test_a_second_post_is_not_even_judged(mine: Simulator, anna: Member, as_: As) -> None:
    client = as_(anna)
    client.post(PRESS, fields(), **HTMX)
    response = client.post(PRESS, fields(contact="abc"), **HTMX)
    assert reverse("calls:live", args=[Call.objects.get().pk]) in response.content.decode()


def test_without_javascript_a_press_leads_to_its_card_and_so_does_its_reload(
    mine: Simulator, anna: Member, as_: As
) -> None:
    client = as_(anna)
    first, second = client.post(PRESS, fields()), client.post(PRESS, fields())
    call = Call.objects.get()
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"] == reverse("reports:call", args=[call.pk])
    page = client.get(first["Location"]).content.decode()
    assert "<html" in page
    assert call.call_session_id in page


def test_a_press_without_the_pages_key_is_refused(mine: Simulator, anna: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna.user)
    assert client.post(PRESS, fields(), **HTMX).status_code == 403
    assert not Call.objects.exists()


def test_nobody_presses_without_signing_in(mine: Simulator, client: Client) -> None:
    assert client.post(PRESS, fields()).status_code == 302
    assert not Call.objects.exists()


def test_a_lost_answer_is_shown_as_being_checked(scripted: Callable[..., WireServer], anna: Member, as_: As) -> None:
    scripted(resets)
    text = as_(anna).post(PRESS, fields(virtual_phone_number=NUMBER), **HTMX).content.decode()
    assert "Checking with UIS whether the call went out" in text
    assert "Call is on its way" not in text


def test_a_refusal_says_that_the_client_was_not_disturbed(mine: Simulator, anna: Member, as_: As) -> None:
    text = as_(anna).post(PRESS, fields(contact="+79260000007"), **HTMX).content.decode()
    assert "Not called" in text
    assert "The client was not disturbed" in text
    assert "contact_in_blacklist" not in text


def test_a_question_is_asked_and_the_confirmed_press_keeps_its_id(mine: Simulator, anna: Member, as_: As) -> None:
    client = as_(anna)
    client.post(PRESS, fields("one"), **HTMX)
    asked = client.post(PRESS, fields("two"), **HTMX)
    text = asked.content.decode()
    assert "Your call to" in text
    assert "This number was called" in text
    assert re.search(r'name="confirm"\s+value="in_call,just_called"', text)
    assert offered(asked) == ["two"]
    assert Call.objects.count() == 1

    client.post(PRESS, fields("two", confirm="in_call,just_called"), **HTMX)
    call = Call.objects.get(external_id="two")
    assert call.confirmed == ["in_call", "just_called"]
    assert len(placed_at(mine)) == 2


def test_a_question_without_javascript_is_a_page_with_the_same_form(mine: Simulator, anna: Member, as_: As) -> None:
    client = as_(anna)
    client.post(PRESS, fields("one"))
    asked = client.post(PRESS, fields("two"))
    assert asked.status_code == 409
    text = asked.content.decode()
    assert "<html" in text
    assert "two" in offered(asked)
    assert Call.objects.count() == 1


@pytest.mark.parametrize("place", ["row", "queue", "icon", "dialpad", "bar", "nonsense"])
def test_a_question_and_its_answer_fit_every_place_of_a_button(
    mine: Simulator, anna: Member, ivan: Contact, as_: As, place: str
) -> None:
    client = as_(anna)
    given = {"contact_id": str(ivan.pk), "place": place}
    client.post(PRESS, fields("one", **given), **HTMX)
    assert client.post(PRESS, fields("two", **given), **HTMX).status_code == 200
    assert client.post(PRESS, fields("two", confirm="in_call,just_called", **given), **HTMX).status_code == 200
    assert Call.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"contact": "abc"}, ""),
        ({"contact": ""}, "Enter a phone number."),
        ({"contact": "+7 926 000-00-00 доб. 12"}, ""),
        ({"external_id": ""}, "This page is out of date. Reload it and press again."),
        ({"external_id": "x" * 65}, "1 to 64 printable ASCII characters."),
        ({"external_id": "a\x00b"}, ""),
        ({"virtual_phone_number": "74950000000"}, "This is not one of your numbers. Choose another one."),
        ({"contact_id": "999999"}, "The contact has changed. Reload the page and press again."),
    ],
)
def test_bad_input_stores_nothing_sends_nothing_and_says_why(
    mine: Simulator, anna: Member, as_: As, given: dict[str, str], message: str
) -> None:
    response = as_(anna).post(PRESS, fields() | given, **HTMX)
    text = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in text
    assert message in text
    assert not Call.objects.exists()
    assert requests_of(mine) == []


def test_without_javascript_bad_input_keeps_what_was_typed_and_chosen(mine: Simulator, anna: Member, as_: As) -> None:
    chosen = Preset.objects.create(account=anna.account, name="Chosen", direction="in")
    other = people.make_number(anna.account, "74951045771")
    response = as_(anna).post(
        PRESS,
        fields(contact="8 926 <000>", place="dialpad", preset=str(chosen.pk), virtual_phone_number=other.digits),
    )
    text = response.content.decode()
    assert response.status_code == 422
    assert "8 926 &lt;000&gt;" in text
    assert re.search(rf'value="{other.digits}"\s+selected', text)
    assert re.search(rf'value="{chosen.pk}"\s+selected', text)
    assert not Call.objects.exists()


def test_an_invalid_press_does_not_use_up_its_id(mine: Simulator, anna: Member, as_: As) -> None:
    client = as_(anna)
    client.post(PRESS, fields(contact="abc"), **HTMX)
    client.post(PRESS, fields(), **HTMX)
    assert Call.objects.get().external_id == "one"


def test_without_a_key_the_page_says_who_can_help(mine: Simulator, anna: Member, as_: As) -> None:
    Token.objects.all().delete()
    assert "The admin can add one" in as_(anna).post(PRESS, fields(), **HTMX).content.decode()
    assert not Call.objects.exists()


def test_a_contact_of_another_account_cannot_be_pressed(
    mine: Simulator, anna: Member, stranger: Member, as_: As
) -> None:
    theirs = people.make_contact(people.make_list(stranger.account), "Theirs", "79261112233")
    as_(anna).post(PRESS, fields(contact="+79261112233", contact_id=str(theirs.pk)), **HTMX)
    assert not Call.objects.exists()
