"""What is shown of a press afterwards and to whom, hanging up, and that no address dials by GET."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from support.calls import make_call
from support.press_pages import HTMX, PRESS, fields
from support.presses import pressed, requests_of
from support.simulator import NUMBER
from support.wire_server import Script, WireServer, http, resets, sends

from clickcall.calls import services
from clickcall.calls.sweep import sweep_round
from clickcall.models import Call, Contact, Dispatch, EventSource, Member
from clickcall.simulator import Simulator

As = Callable[..., Client]


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
    response = as_(boris).post(
        PRESS, fields("annas", virtual_phone_number=NUMBER, confirm="number_busy,just_called"), **HTMX
    )
    assert response.status_code == 404
    assert len(requests_of(mine)) == 1


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


def test_hanging_up_twice_says_that_the_call_is_over(mine: Simulator, anna: Member, as_: As) -> None:
    call, client = pressed(anna), as_(anna)
    url = reverse("calls:hang_up", args=[call.pk])
    assert "hang up your phone" not in client.post(url, **HTMX).content.decode()
    again = client.post(url, **HTMX).content.decode()
    assert "This call is over already" in again
    assert "could not be ended" not in again
    assert [event.kind for event in call.events.filter(source=EventSource.HANG_UP)] == ["asked", "over"]
    sweep_round(everything=True)
    assert "This call is over already" in client.post(url, **HTMX).content.decode()
    assert len(requests_of(mine, "release.call")) == 2


@pytest.mark.parametrize(
    ("script", "words", "kind"),
    [
        (resets, "nobody knows whether the call was ended", "unanswered"),
        (sends(http("", "404 Not Found")), "could not be ended from here", "failed"),
    ],
)
def test_a_call_that_may_live_on_says_so(
    scripted: Callable[..., WireServer], anna: Member, as_: As, script: Script, words: str, kind: str
) -> None:
    scripted(script)
    call = make_call(anna, dispatch=Dispatch.ACCEPTED, call_session_id="12345")
    answer = as_(anna).post(reverse("calls:hang_up", args=[call.pk]), **HTMX).content.decode()
    assert words in answer
    assert [event.kind for event in call.events.filter(source=EventSource.HANG_UP)] == [kind]


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
        client.get(url, fields("by-get", confirm="in_call,just_called"), **headers)
        visited += 1
        assert list(Call.objects.all()) == [call], name
        assert len(mine.journal()) == lines, name
    assert visited > 40


def test_the_dial_pad_shows_the_number_of_its_address_and_waits(mine: Simulator, anna: Member, as_: As) -> None:
    text = as_(anna).get(reverse("calls:dialpad"), {"number": "+79261234567"}).content.decode()
    assert "+79261234567" in text
    assert not Call.objects.exists()


def test_the_page_is_told_whenever_a_call_of_its_contact_has_turned(
    mine: Simulator, anna: Member, ivan: Contact, as_: As
) -> None:
    client = as_(anna)
    answer = client.post(PRESS, fields("one", contact_id=str(ivan.pk)), **HTMX)
    call = Call.objects.get()
    url = reverse("calls:live", args=[call.pk])
    turned = client.get(url, **HTMX)
    seen = re.search(r"\?seen=([^\"]+)", turned.content.decode())
    assert seen
    unchanged = client.get(f"{url}?seen={seen[1]}", **HTMX)
    told = [one.headers.get("HX-Trigger") for one in (answer, turned, unchanged)]
    assert told == [f"call-of-{ivan.pk}"] * 2 + [None]
    assert "HX-Trigger" not in client.post(PRESS, fields("two", "79261234567", confirm="in_call"), **HTMX).headers
