"""The salesperson as the witness of a lost answer: when the bar asks, what it keeps, and the press that may follow."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from support.calls import make_call
from support.press_pages import HTMX, PRESS, fields
from support.presses import placed_at, pressed, requests_of

from clickcall.calls import bar, services
from clickcall.calls.wording import describe
from clickcall.models import Call, CallEvent, Dispatch, EventSource, Member, Witness
from clickcall.simulator import Simulator

As = Callable[..., Client]
BEGAN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LOST = "+79260000009"  # placed, but the connection is reset
NEVER = "+79260000020"  # not placed, and no answer


def lost(member: Member, **given: Any) -> Call:
    return make_call(member, **{"dispatch": "unknown", "requested_at": BEGAN, "attempted_at": BEGAN, **given})


def at(seconds: float) -> Any:
    return time_machine.travel(BEGAN + timedelta(seconds=seconds), tick=False)


def say(client: Client, call: Call, said: str, **more: str) -> HttpResponse:
    return client.post(reverse("calls:witness", args=[call.pk]), {"said": said, **more}, **HTMX)


def hidden(response: HttpResponse, form: str) -> dict[str, str]:
    """What the form of this ID would send."""
    found = re.search(rf'<form(?=[^>]*id="{form}").*?</form>', response.content.decode(), re.DOTALL)
    assert found is not None
    return dict(re.findall(r'<input type="hidden" name="(?!csrf)([^"]*)" value="([^"]*)"', found[0]))


@pytest.mark.parametrize(("seconds", "heading"), [(19, "Checking with UIS"), (20, "Did your phone ring?")])
def test_after_twenty_seconds_the_caller_is_asked(anna: Member, seconds: int, heading: str) -> None:
    with at(seconds):
        assert describe(lost(anna), anna).heading.startswith(heading)


def test_how_long_to_wait_is_a_setting(anna: Member, settings: Any) -> None:
    settings.CLICKCALL_WITNESS_SECONDS = 2
    with at(3):
        assert describe(lost(anna), anna).heading == "Did your phone ring?"


def test_the_seconds_count_from_the_last_request(anna: Member) -> None:
    with at(30):
        assert not bar.contents(lost(anna, attempted_at=BEGAN + timedelta(seconds=15)), anna)["asked"]


@pytest.mark.parametrize("given", [{"dispatch": "accepted"}, {"dispatch": "sending"}, {"witness": "rang"}])
def test_nobody_is_asked_about_a_call_that_is_known_of_or_twice(anna: Member, given: dict[str, str]) -> None:
    with at(60):
        assert not bar.contents(lost(anna, **given), anna)["asked"]


def test_a_manager_reads_what_is_known_and_what_was_said(anna: Member, maria: Member) -> None:
    with at(60):
        assert describe(lost(anna), maria).second == "Their answer got lost. Nothing is sent again"
        silent = describe(lost(anna, witness="silent"), maria)
    assert silent.second == "Their answer got lost. Анна Кузнецова said that the phone did not ring"


def test_the_poll_brings_the_question_though_the_row_does_not_change(anna: Member, as_: As) -> None:
    call, client = lost(anna), as_(anna)
    url = reverse("calls:live", args=[call.pk])
    with at(19):
        seen = re.search(r"\?seen=([^\"]+)", client.get(url, **HTMX).content.decode())
        assert seen is not None
        assert client.get(f"{url}?seen={seen[1]}", **HTMX).status_code == 204
    with at(20):
        asked = client.get(f"{url}?seen={seen[1]}", **HTMX)
    assert (asked.status_code, "Did your phone ring?" in asked.content.decode()) == (200, True)


@pytest.mark.parametrize("said", [Witness.RANG, Witness.SILENT])
def test_what_was_said_is_a_fact_and_changes_nothing_else(anna: Member, as_: As, said: Witness) -> None:
    call = lost(anna)
    before = Call.objects.filter(pk=call.pk).values().get()
    with at(25):
        response = say(as_(anna), call, said)
    assert "You said that your phone" in response.content.decode()
    assert Call.objects.filter(pk=call.pk).values().get() == {**before, "witness": said}
    event = CallEvent.objects.get(call=call)
    assert (event.source, event.kind, event.data) == (EventSource.WITNESS, said, {"by": anna.name})


def test_the_first_word_stands(anna: Member, as_: As) -> None:
    call = lost(anna)
    assert services.testify(call, Witness.RANG, by=anna)
    assert not services.testify(call, Witness.SILENT, by=anna)
    assert Call.objects.get().witness == Witness.RANG
    assert CallEvent.objects.count() == 1


@pytest.mark.parametrize("said", ["", "perhaps"])
def test_what_is_no_answer_is_not_kept(anna: Member, as_: As, said: str) -> None:
    assert say(as_(anna), lost(anna), said).status_code == 200
    assert Call.objects.get().witness == Witness.NONE
    assert not CallEvent.objects.exists()


def test_only_the_caller_is_a_witness(
    anna: Member, boris: Member, maria: Member, adam: Member, stranger: Member, as_: As
) -> None:
    call = lost(anna)
    everybody = (boris, maria, adam, stranger, anna)
    assert [say(as_(who), call, "rang").status_code for who in everybody] == [404, 404, 404, 404, 200]


def test_no_asks_about_the_first_call_and_yes_places_one_with_an_id_of_its_own(
    mine: Simulator, anna: Member, as_: As, wire_settings: Callable[..., None]
) -> None:
    wire_settings(WITNESS_SECONDS=0)
    client = as_(anna)
    first = pressed(anna, LOST)
    no = hidden(client.get(reverse("calls:live", args=[first.pk]), **HTMX), "bar-silent")
    assert (no["said"], no["first_call"], no["external_id"] != first.external_id) == ("silent", "employee", True)
    asked = client.post(reverse("calls:witness", args=[first.pk]), no, **HTMX)
    assert asked["HX-Retarget"] == "#press-question"
    assert "the first call to +7 926 000-00-09 went out" in asked.content.decode()
    assert 'hx-target="this"' in asked.content.decode()  # the bar has no button of its own to be replaced
    assert (Call.objects.get().witness, len(requests_of(mine))) == ("silent", 1)

    answer = client.post(PRESS, {**no, "confirm": "in_call,just_called"}, **HTMX)
    assert answer.status_code == 200
    second = Call.objects.exclude(pk=first.pk).get()
    assert (second.external_id, second.params["first_call"]) == (no["external_id"], "employee")
    assert second.confirmed == ["in_call", "just_called"]
    assert [len(requests_of(mine)), len(placed_at(mine))] == [2, 2]
    client.post(PRESS, {**no, "confirm": "in_call,just_called"}, **HTMX)
    assert len(requests_of(mine)) == 2


def test_the_second_press_is_the_first_once_more(
    mine: Simulator, anna: Member, as_: As, wire_settings: Callable[..., None]
) -> None:
    wire_settings(WITNESS_SECONDS=0, READ_TIMEOUT=0.3)
    preset = anna.account.presets.create(name="Plain", direction="in", first_call="employee")
    as_(anna).post(PRESS, fields(contact=NEVER, preset=str(preset.pk)), **HTMX)
    first = Call.objects.get()
    assert first.dispatch == Dispatch.UNKNOWN
    no = hidden(as_(anna).get(reverse("calls:live", args=[first.pk]), **HTMX), "bar-silent")
    as_(anna).post(reverse("calls:witness", args=[first.pk]), {**no, "confirm": "in_call,just_called"}, **HTMX)
    second = Call.objects.exclude(pk=first.pk).get()
    assert {**second.params, "external_id": ""} == {**first.params, "external_id": ""}
    assert second.preset == preset


def test_where_the_client_is_rung_first_no_press_is_offered(anna: Member, as_: As) -> None:
    call = lost(anna, params={"first_call": "contact"})
    with at(25):
        text = as_(anna).get(reverse("calls:live", args=[call.pk]), **HTMX).content.decode()
        assert "No, call again" not in text
        assert 'name="external_id"' not in text
        assert "Did your phone ring?" in text
        assert 'name="external_id"' not in say(as_(anna), call, "silent").content.decode()


def test_a_call_found_meanwhile_is_not_asked_about_but_the_word_is_kept(anna: Member) -> None:
    call = lost(anna)
    Call.objects.update(dispatch=Dispatch.ACCEPTED, status="accepted")
    assert services.testify(call, Witness.RANG, by=anna)
    assert Call.objects.get().dispatch == Dispatch.ACCEPTED


def test_without_javascript_the_answer_leads_to_the_card_and_the_card_asks(anna: Member, as_: As) -> None:
    call, client = lost(anna), as_(anna)
    card = reverse("reports:call", args=[call.pk])
    with at(25):
        assert reverse("calls:witness", args=[call.pk]) in client.get(card).content.decode()
        response = client.post(reverse("calls:witness", args=[call.pk]), {"said": "rang"})
    assert (response.status_code, response["Location"]) == (302, card)


@pytest.mark.parametrize(("seconds", "offered"), [(14, False), (15, True)])
def test_whose_phone_is_silent_is_led_to_my_phone(anna: Member, as_: As, seconds: int, offered: bool) -> None:
    call = make_call(anna, requested_at=BEGAN, employee_ringing_at=BEGAN)
    with at(seconds):
        text = as_(anna).get(reverse("calls:live", args=[call.pk]), **HTMX).content.decode()
    assert ("Not ringing?" in text and reverse("calls:my_phone") in text) is offered
