"""The soft guards in words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from support.calls import build_call

from clickcall.calls.guards import Question
from clickcall.calls.questions import Asked, ask
from clickcall.models import Member

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANSWERED = {"employee_answered_at": NOW - timedelta(seconds=50), "contact_answered_at": NOW - timedelta(seconds=42)}


@pytest.fixture(autouse=True)
def _at_nine() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def asked(viewer: Member, code: str, member: Member, **fields: Any) -> Asked:
    fields = {"requested_at": NOW - timedelta(seconds=60)} | fields
    question = Question(code)
    question.__dict__["call"] = build_call(member, **fields)
    return ask(question, viewer)


def test_a_talk_says_with_whom_and_for_how_long(anna: Member) -> None:
    said = asked(anna, "in_call", anna, **ANSWERED)
    assert said.text == "You're still talking to Иван Петров"
    assert (said.clock, said.action) == (NOW - timedelta(seconds=42), "Call anyway")


def test_a_talk_has_lasted_since_both_were_there(anna: Member) -> None:
    said = asked(anna, "in_call", anna, **ANSWERED | {"employee_answered_at": NOW - timedelta(seconds=30)})
    assert said.clock == NOW - timedelta(seconds=30)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "Your call to Иван Петров is still running"),
        ({"dispatch": "sending"}, "Your call to Иван Петров is still running"),
        ({"contact_answered_at": NOW}, "Your call to Иван Петров is still running"),
        ({"dispatch": "unknown"}, "Your call to Иван Петров is still being checked"),
        ({"contact_name": ""}, "Your call to +7 926 000-00-00 is still running"),
        ({"origin": "inbound"}, "Иван Петров is calling you"),
        (
            {"dispatch": "unknown", "witness": "silent"},
            "It is not known yet whether the first call to Иван Петров went out: your phone may ring twice",
        ),
    ],
)
def test_any_other_open_call_is_said_to_run_since_the_press(anna: Member, fields: dict[str, Any], text: str) -> None:
    said = asked(anna, "in_call", anna, **fields)
    assert (said.text, said.clock, said.action) == (text, NOW - timedelta(seconds=60), "Call anyway")


def test_a_busy_number_says_who_uses_it(anna: Member, boris: Member) -> None:
    said = asked(boris, "number_busy", anna)
    assert said.text == "Анна Кузнецова is on a call from this number"
    assert said.clock == NOW - timedelta(seconds=60)
    assert asked(boris, "number_busy", anna, member_name="").text.startswith("Somebody is on a call")


def test_a_number_on_which_somebody_calls_names_only_whom_the_provider_named(anna: Member, boris: Member) -> None:
    assert asked(boris, "number_busy", anna, origin="inbound").text.startswith("Somebody is on a call")
    named = asked(boris, "number_busy", anna, origin="inbound", employee_name="Олег")
    assert named.text == "Олег is on a call from this number"


def test_a_phone_called_a_moment_ago_says_when_and_by_whom(anna: Member, boris: Member) -> None:
    twelve = {"requested_at": NOW - timedelta(seconds=12)}
    mine, hers = asked(anna, "just_called", anna, **twelve), asked(boris, "just_called", anna, **twelve)
    assert mine.text == "This number was called 12 s ago (by you)"
    assert hers.text == "This number was called 12 s ago (by Анна Кузнецова)"
    assert (mine.action, mine.clock) == ("Call again", None)


def test_a_press_of_this_very_second_was_a_second_ago(anna: Member) -> None:
    assert "called 1 s ago" in asked(anna, "just_called", anna, requested_at=NOW).text


def test_somebody_elses_client_says_whose(anna: Member, boris: Member) -> None:
    said = ask(Question("not_yours", owner=anna), boris)
    assert (said.text, said.action) == ("This is a client of Анна Кузнецова", "Call anyway")


def test_a_question_about_nothing_is_a_mistake_of_ours(anna: Member) -> None:
    with pytest.raises(ValueError, match="in_call"):
        ask(Question("in_call"), anna)
