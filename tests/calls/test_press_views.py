"""The press in a page: what is answered to whom, with and without JavaScript, and that nothing else ever dials."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from support import people
from support.presses import placed_at, pressed, requests_of
from support.simulator import NUMBER
from support.wire_server import WireServer, resets

from clickcall.calls import services
from clickcall.calls.sweep import sweep_round
from clickcall.models import Call, Contact, Dispatch, EventSource, Member, Preset, Token
from clickcall.simulator import Simulator

As = Callable[..., Client]
HTMX = {"HTTP_HX_REQUEST": "true"}
PRESS = "/calls/"


@pytest.fixture
def mine(provider: Simulator, anna: Member) -> Simulator:
    """Anna has a number of her own."""
    anna.default_number = anna.account.numbers.get(digits=NUMBER)
    anna.save()
    return provider


def fields(external_id: str = "one", contact: str = "+79260000000", **more: str) -> dict[str, str]:
    """What a button sends."""
    return {"external_id": external_id, "contact": contact, "contact_id": "", "name": "", "place": "row", **more}


def offered(response: HttpResponse) -> list[str]:
    """The press IDs that a fragment offers."""
    return re.findall(r'name="external_id"[^>]*value="([^"]*)"', response.content.decode())


# --- one press ----------------------------------------------------------------------------------------------------


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


# --- a question first -----------------------------------------------------------------------------------------------


def test_a_question_is_asked_and_the_confirmed_press_keeps_its_id(mine: Simulator, anna: Member, as_: As) -> None:
    client = as_(anna)
    client.post(PRESS, fields("one"), **HTMX)
    asked = client.post(PRESS, fields("two"), **HTMX)
    text = asked.content.decode()
    assert "Your call to" in text
    assert "This number was called" in text
    assert re.search(r'name="confirm"\s+value="1"', text)
    assert offered(asked) == ["two"]
    assert Call.objects.count() == 1

    client.post(PRESS, fields("two", confirm="1"), **HTMX)
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


@pytest.mark.parametrize("place", ["row", "xl", "icon", "dialpad", "bar", "nonsense"])
def test_a_question_and_its_answer_fit_every_place_of_a_button(
    mine: Simulator, anna: Member, ivan: Contact, as_: As, place: str
) -> None:
    client = as_(anna)
    given = {"contact_id": str(ivan.pk), "place": place}
    client.post(PRESS, fields("one", **given), **HTMX)
    assert client.post(PRESS, fields("two", **given), **HTMX).status_code == 200
    assert client.post(PRESS, fields("two", confirm="1", **given), **HTMX).status_code == 200
    assert Call.objects.count() == 2


# --- bad input ------------------------------------------------------------------------------------------------------


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


# --- the state of a press -------------------------------------------------------------------------------------------


def test_the_state_of_a_press_is_shown_and_of_one_that_never_came_is_404(
    mine: Simulator, anna: Member, as_: As
) -> None:
    client = as_(anna)
    client.post(PRESS, fields("a/b c"), **HTMX)
    found = client.get(reverse("calls:state", args=["a/b c"]), {"place": "row"}, **HTMX)
    assert found.status_code == 200
    assert "Call is on its way" in found.content.decode()
    assert client.get(reverse("calls:state", args=["never"]), **HTMX).status_code == 404
    assert len(requests_of(mine)) == 1


def test_the_state_of_somebody_elses_press_is_404(
    mine: Simulator, anna: Member, boris: Member, maria: Member, stranger: Member, as_: As
) -> None:
    pressed(anna, external_id="annas")
    url = reverse("calls:state", args=["annas"])
    assert [as_(who).get(url, **HTMX).status_code for who in (anna, maria, boris, stranger)] == [200, 200, 404, 404]


def test_an_id_that_a_colleague_used_is_404_and_sends_nothing(
    mine: Simulator, anna: Member, boris: Member, as_: As
) -> None:
    pressed(anna, external_id="annas")
    response = as_(boris).post(PRESS, fields("annas", virtual_phone_number=NUMBER), **HTMX)
    assert response.status_code == 404
    assert len(requests_of(mine)) == 1


def test_an_id_that_a_colleague_uses_at_the_same_moment_is_404_as_well(
    mine: Simulator, anna: Member, boris: Member, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed(anna, external_id="annas")
    monkeypatch.setattr(services, "find_press", lambda *_: None)  # the view looked a moment too early
    response = as_(boris).post(PRESS, fields("annas", virtual_phone_number=NUMBER, confirm="1"), **HTMX)
    assert response.status_code == 404
    assert len(requests_of(mine)) == 1


# --- the live bar and the card --------------------------------------------------------------------------------------


def test_the_bar_is_204_while_nothing_changes_and_286_when_the_call_has_ended(
    mine: Simulator, anna: Member, as_: As
) -> None:
    client = as_(anna)
    client.post(PRESS, fields(contact="+79260000004"), **HTMX)
    call = Call.objects.get()
    url = reverse("calls:live", args=[call.pk])
    first = client.get(url, **HTMX)
    assert first.status_code == 200
    seen = re.search(r"\?seen=([^\"]+)", first.content.decode())
    assert seen is not None
    assert client.get(url, {"seen": seen[1]}, **HTMX).status_code == 204

    mine.world.exchange.release(mine.world.config.accounts[0], int(call.call_session_id))
    sweep_round(everything=True)
    last = client.get(url, {"seen": seen[1]}, **HTMX)
    assert last.status_code == 286
    assert "data-live" not in last.content.decode()


def test_a_poll_asks_no_provider_and_changes_no_row(mine: Simulator, anna: Member, as_: As) -> None:
    call = pressed(anna)
    before = len(mine.journal())
    rows = list(Call.objects.values())
    as_(anna).get(reverse("calls:live", args=[call.pk]), **HTMX)
    as_(anna).get(reverse("reports:call", args=[call.pk]), **HTMX)
    assert len(mine.journal()) == before
    assert list(Call.objects.values()) == rows


def test_a_bar_is_its_callers_and_a_card_also_the_managers(
    mine: Simulator, anna: Member, boris: Member, maria: Member, adam: Member, stranger: Member, as_: As
) -> None:
    call = pressed(anna)
    bar, card = reverse("calls:live", args=[call.pk]), reverse("reports:call", args=[call.pk])
    everybody = (anna, boris, maria, adam, stranger)
    assert [as_(who).get(bar, **HTMX).status_code for who in everybody] == [200, 404, 404, 404, 404]
    assert [as_(who).get(card).status_code for who in everybody] == [200, 404, 200, 200, 404]


def test_the_bar_stands_on_ones_own_pages_and_on_nobody_elses(
    mine: Simulator, anna: Member, boris: Member, maria: Member, as_: As
) -> None:
    call = pressed(anna)
    bar = reverse("calls:live", args=[call.pk])
    assert bar in as_(anna).get(reverse("calls:dialpad")).content.decode()
    assert bar not in as_(boris).get(reverse("calls:dialpad")).content.decode()
    assert bar not in as_(maria).get(reverse("calls:dialpad")).content.decode()


def test_an_ended_call_is_put_away_by_its_caller_only(
    mine: Simulator, anna: Member, boris: Member, stranger: Member, as_: As
) -> None:
    call = pressed(anna, "+79260000007")
    url = reverse("calls:close", args=[call.pk])
    assert [as_(who).post(url, **HTMX).status_code for who in (boris, stranger)] == [404, 404]
    assert as_(anna).post(url, **HTMX).status_code == 200
    assert reverse("reports:call", args=[call.pk]) not in as_(anna).get(reverse("calls:dialpad")).content.decode()


# --- hanging up -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "may"), [("anna", True), ("maria", True), ("adam", True), ("boris", False), ("stranger", False)]
)
def test_a_call_is_ended_by_its_caller_and_by_managers(
    mine: Simulator, anna: Member, as_: As, request: pytest.FixtureRequest, who: str, may: bool
) -> None:
    call = pressed(anna)
    member: Member = request.getfixturevalue(who)
    response = as_(member).post(reverse("calls:hang_up", args=[call.pk]), **HTMX)
    assert response.status_code == (200 if may else 404)
    assert len(requests_of(mine, "release.call")) == int(may)
    assert call.events.filter(source=EventSource.HANG_UP, kind="asked").exists() is may


def test_without_javascript_hanging_up_leads_to_the_card(mine: Simulator, anna: Member, as_: As) -> None:
    call = pressed(anna)
    response = as_(anna).post(reverse("calls:hang_up", args=[call.pk]))
    assert (response.status_code, response["Location"]) == (302, reverse("reports:call", args=[call.pk]))


def test_a_call_that_the_provider_no_longer_has_says_to_hang_up_the_phone(
    mine: Simulator, anna: Member, as_: As
) -> None:
    call = pressed(anna)
    Call.objects.update(call_session_id="12345")
    response = as_(anna).post(reverse("calls:hang_up", args=[call.pk]), **HTMX)
    assert "Hang up your phone" in response.content.decode()
    assert Call.objects.get().dispatch == Dispatch.ACCEPTED


# --- nothing else dials ---------------------------------------------------------------------------------------------


def addresses(resolver: Any = None, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Every named address of the project."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, (*names, *([entry.namespace] if entry.namespace else [])))
        elif entry.name:
            yield ":".join([*names, entry.name]), entry


@pytest.mark.parametrize("who", ["anna", "adam"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_no_address_dials_by_get(
    mine: Simulator, anna: Member, as_: As, request: pytest.FixtureRequest, who: str, headers: dict[str, str]
) -> None:
    call = pressed(anna)
    known = {"external_id": call.external_id, "pk": call.pk, "key": "x"}
    client = as_(request.getfixturevalue(who))
    client.raise_request_exception = False
    lines, visited = len(mine.journal()), 0
    for name, address in addresses():
        if name == "account_logout":
            continue
        url = reverse(name, kwargs={word: known.get(word, 1) for word in address.pattern.converters})
        client.get(url, fields("by-get", confirm="1"), **headers)
        visited += 1
        assert list(Call.objects.all()) == [call], name
        assert len(mine.journal()) == lines, name
    assert visited > 40


def test_the_dial_pad_shows_the_number_of_its_address_and_waits(mine: Simulator, anna: Member, as_: As) -> None:
    text = as_(anna).get(reverse("calls:dialpad"), {"number": "+79261234567"}).content.decode()
    assert "+79261234567" in text
    assert not Call.objects.exists()
