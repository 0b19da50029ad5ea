"""What people read about a call: the product's key states, word for word."""

import itertools
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from support import people
from support.calls import build_call
from support.wordings import BEGAN, a_moment_later, read

from clickcall.calls.causes import CAUSES
from clickcall.calls.lifecycle import REASONS
from clickcall.calls.looks import LOOKS, SHORT
from clickcall.calls.wording import describe, who
from clickcall.models import Brand, Call, Dispatch, Member, Status

IN_FRONT = {"employee_ringing_at": BEGAN, "employee_answered_at": BEGAN}
DONE = {"finished_at": BEGAN + timedelta(minutes=4)}
CLIENT_FIRST = {"params": {"first_call": "contact"}}
# Words that the product never says to people who call.
NEVER = re.compile(r"(?i)\b(error|failed|success\w*|token|ip|json|mnemonic|component|points?|session)\b|%\(")

KEY_STATES: dict[str, tuple[dict[str, Any], str, str]] = {
    "pressed": ({"dispatch": "sending"}, "Calling…", ""),
    "accepted": ({}, "Call is on its way", "Your phone is about to ring"),
    "ringing you": (
        {"employee_ringing_at": BEGAN},
        "Your phone is ringing — pick up",
        "It shows +7 499 372-06-92",
    ),
    "ringing the contact": (
        IN_FRONT | {"contact_ringing_at": BEGAN},
        "Ringing Иван Петров",
        "You're on the line",
    ),
    "contact first": (
        CLIENT_FIRST | {"contact_ringing_at": BEGAN},
        "Ringing the client first",
        "When they answer, we ring you",
    ),
    "talking": (IN_FRONT | {"contact_answered_at": BEGAN}, "Talking", ""),
    "talked": (DONE | {"talk_duration": 185}, "Talked", ""),
    "no answer": (DONE | {"finish_reason": "caller_not_responsive", "wait_duration": 32}, "No answer", ""),
    "busy": (DONE | {"finish_reason": "caller_busy"}, "Busy", ""),
    "unavailable": (DONE | {"finish_reason": "caller_number_problems"}, "Unavailable", ""),
    "you did not pick up": (
        DONE | {"finish_reason": "operator_not_responsive"},
        "You didn't pick up",
        "The client was not called",
    ),
    "your phone is offline": (
        DONE | {"finish_reason": "sip_offline"},
        "Your phone is offline",
        "The client was not called. Open the softphone and try again",
    ),
    "somebody else answered": (
        DONE | {"finish_reason": "another_operator_answer", "answered_by": "Олег"},
        "Олег picked up, not you",
        "This number rings others too",
    ),
    "refused": (
        {"dispatch": "refused", "cause": "contact_in_blacklist"},
        "Not called: the number is on the PBX blacklist",
        "The admin can remove it. The client was not disturbed",
    ),
    "unknown": (
        {"dispatch": "unknown"},
        "Checking with UIS whether the call went out",
        "Their answer got lost. If your phone rings, pick up. We won't dial again by ourselves",
    ),
    "not placed": (
        {"dispatch": "not_placed"},
        "The call did not happen",
        "Checked with UIS: no call was made, the client was not disturbed",
    ),
    "not sent": (
        {"dispatch": "not_sent", "cause": "connect_timeout"},
        "Can't reach UIS",
        "Nothing was sent, no call was made. You can press again",
    ),
}

IN_RUSSIAN = {
    "pressed": ("Набираем…", ""),
    "accepted": ("Звонок пошёл", "Сейчас зазвонит ваш телефон"),
    "ringing you": ("Звоним вам — снимите трубку", "На экране телефона: +7 499 372-06-92"),
    "contact first": ("Звоним клиенту первым", "Ответит — сразу наберём вас"),
    "you did not pick up": ("Вы не сняли трубку", "Клиенту не звонили"),
    "your phone is offline": ("Ваш телефон не в сети", "Клиенту не звонили. Откройте софтфон и повторите"),
    "not placed": ("Звонка не было", "Проверили у UIS: звонок не создан, клиента не беспокоили"),
    "not sent": ("Нет связи с UIS", "Запрос не ушёл, звонка нет. Можно нажать ещё раз"),
    "unknown": (
        "Проверяем у UIS, пошёл ли звонок",
        "Ответ потерялся в сети. Зазвонит телефон — снимайте. Сами повторно не наберём",
    ),
}


@pytest.fixture(autouse=True)
def _a_moment_later() -> Iterator[None]:
    with a_moment_later():
        yield


@pytest.mark.parametrize("state", KEY_STATES)
def test_every_key_state_has_the_products_words(anna: Member, state: str) -> None:
    fields, heading, second = KEY_STATES[state]
    wording = read(anna, **fields)
    assert (wording.heading, wording.second) == (heading, second)


@pytest.mark.parametrize("state", IN_RUSSIAN)
def test_the_key_states_have_the_products_russian_words(anna: Member, state: str) -> None:
    with translation.override("ru"):
        wording = read(anna, **KEY_STATES[state][0])
    assert (wording.heading, wording.second) == IN_RUSSIAN[state]


def test_the_seconds_are_those_of_the_state(anna: Member) -> None:
    talking = read(anna, **IN_FRONT, contact_answered_at=BEGAN + timedelta(seconds=9))
    assert talking.clock == BEGAN + timedelta(seconds=9)
    assert read(anna, contact_ringing_at=BEGAN + timedelta(seconds=3)).clock == BEGAN + timedelta(seconds=3)
    assert read(anna, dispatch="unknown").clock == BEGAN
    assert read(anna, **DONE, talk_duration=185).seconds == 185
    assert read(anna, **DONE, finish_reason="caller_not_responsive", wait_duration=32).seconds == 32
    assert read(anna, **DONE, finish_reason="caller_busy", wait_duration=32).seconds is None


@pytest.mark.parametrize(
    ("fields", "second"),
    [
        (CLIENT_FIRST | {"finish_reason": "operator_not_responsive"}, "The client was called and waited"),
        (
            CLIENT_FIRST | {"finish_reason": "sip_offline"},
            "The client was called and waited. Open the softphone and try again",
        ),
        (
            {"finish_reason": "operator_not_responsive", "contact_ringing_at": BEGAN},
            "The client was called and waited",
        ),
    ],
)
def test_a_client_who_may_have_been_rung_is_never_said_to_be_undisturbed(
    anna: Member, fields: dict[str, Any], second: str
) -> None:
    assert read(anna, **DONE, **fields).second == second


def test_a_reason_that_nobody_knows_is_shown_as_it_came(anna: Member) -> None:
    ended = read(anna, **DONE, finish_reason="some_new_reason")
    assert (ended.heading, ended.second) == ("The call has ended", "Nobody talked. UIS says: some_new_reason")
    assert read(anna, **DONE, finish_reason="success_finish").second == "Nobody talked"


def test_the_provider_is_called_by_the_accounts_brand() -> None:
    account = people.Account(name="Acme", brand=Brand.CALLGEAR)
    member = Member(account=account, name="Анна")
    assert describe(build_call(member, dispatch="unknown"), member).heading.startswith("Checking with CallGear")


def test_a_person_without_a_name_is_the_phone(anna: Member) -> None:
    assert who(build_call(anna), anna) == "Иван Петров"
    assert who(build_call(anna, contact_name=""), anna) == "+7 926 000-00-00"


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        ("ringing you", "Ringing Анна Кузнецова"),
        ("ringing the contact", "Ringing Иван Петров"),
        ("contact first", "Ringing Иван Петров"),
        ("you did not pick up", "Анна Кузнецова did not pick up"),
        ("your phone is offline", "Анна Кузнецова: the phone was offline"),
        ("somebody else answered", "Олег picked up, not Анна Кузнецова"),
        ("accepted", "Call is on its way"),
        ("unknown", "Checking with UIS whether the call went out"),
    ],
)
def test_others_read_about_the_person_who_called(anna: Member, maria: Member, state: str, heading: str) -> None:
    wording = describe(build_call(anna, requested_at=BEGAN, **KEY_STATES[state][0]), maria)
    assert wording.heading == heading
    assert not re.search(r"(?i)\byour?\b", f"{wording.heading} {wording.second} {wording.short}")


def every_call(member: Member) -> list[Call]:
    """Calls with every dispatch, cause and reason."""
    causes = [*CAUSES, "some_new_code"]
    ended = [build_call(member, **DONE, finish_reason=reason) for reason in (*REASONS, "", "another_operator_answer")]
    placed = [
        build_call(member, dispatch=dispatch, cause=cause)
        for dispatch, cause in itertools.product((Dispatch.REFUSED, Dispatch.NOT_SENT), causes)
    ]
    return [*ended, *placed, *(build_call(member, **fields) for fields, _heading, _second in KEY_STATES.values())]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_nobody_ever_reads_technical_words(anna: Member, maria: Member, language: str) -> None:
    with translation.override(language):
        for call, viewer in itertools.product(every_call(anna), (anna, maria)):
            wording = describe(call, viewer)
            said = f"{wording.heading} {wording.second} {wording.short}"
            assert not NEVER.search(said), said


def test_whoever_did_not_get_through_reads_what_happened_to_the_client(anna: Member) -> None:
    for call in every_call(anna):
        if call.status in (Status.REFUSED, Status.NOT_PLACED, Status.NOT_SENT, Status.YOU_MISSED, Status.YOU_OFFLINE):
            assert re.search(r"client was|no call was made", describe(call, anna).second)


def test_every_status_has_its_look_and_short_words() -> None:
    assert set(LOOKS) == set(SHORT) == set(Status)
