"""Nothing else is called before it was said how the last talk went."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from support.press_pages import HTMX, PRESS, fields
from support.presses import press, requests_of
from support.talks import talked

from clickcall.models import Call, Contact, Member, WrapUp
from clickcall.simulator import Simulator

SignIn = Callable[[Member], Client]
pytestmark = pytest.mark.usefixtures("mine")
OTHER = "+79261112233"


def test_the_next_press_has_to_wait_and_no_confirmation_gets_round_it(
    as_: SignIn, provider: Simulator, anna: Member, talk: Call
) -> None:
    for more in ({}, {"confirm": "in_call,just_called"}, {"confirm": "in_call,just_called", "reason": "because"}):
        answer = as_(anna).post(PRESS, fields("two", OTHER, **more), **HTMX)
        assert "First say how the talk with Иван Петров went" in answer.content.decode()
        assert 'name="outcome"' in answer.content.decode()
    assert requests_of(provider) == []


def test_without_scripts_it_is_a_page(as_: SignIn, provider: Simulator, anna: Member, talk: Call) -> None:
    answer = as_(anna).post(PRESS, fields("two", OTHER))
    assert answer.status_code == 409
    assert f'action="/calls/{talk.pk}/say/"' in answer.content.decode()


def test_the_answer_goes_on_with_the_same_press(as_: SignIn, provider: Simulator, anna: Member, talk: Call) -> None:
    said = fields("two", OTHER, outcome="usual-3")
    answer = as_(anna).post(f"/calls/{talk.pk}/say/", said, **HTMX)
    assert "Call is on its way" in answer.content.decode() or "Your phone" in answer.content.decode()
    assert WrapUp.objects.get(call=talk).decided_at
    assert [line["params"]["external_id"] for line in requests_of(provider)] == ["two"]


def test_an_answer_that_says_nothing_asks_once_more(as_: SignIn, provider: Simulator, anna: Member, talk: Call) -> None:
    answer = as_(anna).post(f"/calls/{talk.pk}/say/", fields("two", OTHER, outcome="usual-2", when="x"), **HTMX)
    assert "First say how" in answer.content.decode()
    assert requests_of(provider) == []


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_time_that_cannot_be_meant_is_named_and_stays_to_be_corrected(
    as_: SignIn, provider: Simulator, anna: Member, talk: Call, headers: dict[str, str]
) -> None:
    said = {"outcome": "usual-2", "when": "other", "at": "2020-01-31T10:00"}
    answer = as_(anna).post(f"/calls/{talk.pk}/say/", fields("two", OTHER, **said), **headers).content.decode()
    assert "This time has passed" in answer
    assert '<option value="other" selected>' in answer
    assert 'value="2020-01-31T10:00"' in answer
    row = WrapUp.objects.get(call=talk)
    assert (row.outcome.effect if row.outcome else "", row.decided_at) == ("call_back", None)
    assert re.search(rf'value="{row.outcome_id}"[^>]*checked', answer)
    assert requests_of(provider) == []


def test_what_was_noted_stays_when_the_answer_comes_from_the_question(
    as_: SignIn, provider: Simulator, anna: Member, talk: Call
) -> None:
    WrapUp.objects.create(call=talk, account=talk.account, member=anna, note="Two sites")
    as_(anna).post(f"/calls/{talk.pk}/say/", fields("two", OTHER, outcome="usual-1"), **HTMX)
    assert WrapUp.objects.get(call=talk).note == "Two sites"


def test_the_same_press_again_is_answered_with_its_call(
    as_: SignIn, provider: Simulator, anna: Member, talk: Call
) -> None:
    answer = as_(anna).post(PRESS, fields(str(talk.external_id)), **HTMX).content.decode()
    assert "First say how" not in answer
    assert "Talked" in answer


def test_a_machines_dial_and_a_colleague_are_not_held_up(
    as_: SignIn, provider: Simulator, anna: Member, boris: Member, ivan: Contact, talk: Call
) -> None:
    assert press(anna, OTHER).call is not None
    boris.default_number = anna.default_number
    boris.save()
    talked(boris, ivan, talk_duration=3)
    answer = (
        as_(boris)
        .post(PRESS, fields("three", "+79264445566", confirm="number_busy,just_called"), **HTMX)
        .content.decode()
    )
    assert "First say how" not in answer
