"""The 89 documented finish reasons in plain words, and what they make of a call that has ended."""

import itertools
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from support.calls import build_call, make_call

from clickcall.calls import bar, endings
from clickcall.calls.lifecycle import NORMAL
from clickcall.calls.reasons import GROUP_OF, GROUPS, REASONS, Group, Who
from clickcall.calls.wording import Wording, describe
from clickcall.models import Brand, Call, Member, Origin, Status

DOCUMENT = json.loads(Path(__file__).with_name("finish_reasons.json").read_text(encoding="utf-8"))["groups"]
BEGAN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DONE = {"finished_at": BEGAN + timedelta(minutes=4)}
CLIENT_FIRST = {"params": {"first_call": "contact"}}
LANGUAGES = ("en", "ru")
# Words that people who call never meet. A remedy of an admin may name the cabinet, never more.
NEVER = re.compile(
    r"(?i)\b(error|failed|success\w*|token|ip|json|api|mnemonic|component|points?|session|scenarios?)\b|%\(|_"
    r"|инициир|\bабонент|сеанс|успешно|ошибк|токен|сценари|компонент|пойнт|провайдер|мнемоник"
)
CLIENT = re.compile(r"^The client (was|may|answered|called)\b|^Клиент")
YOU = re.compile(r"(?i)\byour?\b|\b(вы|вас|вам|ваш\w*)\b")


def ending(member: Member, reason: str, **fields: Any) -> Call:
    return build_call(member, requested_at=BEGAN, finish_reason=reason, **(DONE | fields))


def second_of(member: Member, reason: str, **fields: Any) -> str:
    return describe(ending(member, reason, **fields), member).second


def every_wording(*viewers: Member) -> Iterator[tuple[Call, Wording]]:
    """Each reason in each language, as each of them reads a call of the first."""
    for reason, language, viewer in itertools.product(REASONS, LANGUAGES, viewers):
        call = ending(viewers[0], reason)
        with translation.override(language):
            yield call, describe(call, viewer)


def test_every_documented_reason_is_there_and_none_is_invented() -> None:
    assert {group: set(reasons) for group, reasons in GROUPS.items()} == {
        group: set(codes) for group, codes in DOCUMENT.items()
    }
    assert len(REASONS) == len(GROUP_OF) == 89


def test_what_says_nothing_to_the_lifecycle_is_the_normal_group() -> None:
    assert set(GROUPS[Group.NORMAL]) | {""} == NORMAL


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", REASONS)
def test_every_reason_has_cause_and_remedy_without_technical_words(code: str, language: str) -> None:
    reason = REASONS[code]
    with translation.override(language):
        said = [
            str(words) % {"brand": "UIS", "name": "Анна"}
            for words in (reason.cause, reason.remedy, reason.others or "")
        ]
    assert all(said[:2])
    assert not [text for text in said if NEVER.search(text) or text.endswith((".", "!"))]
    if language == "ru":
        assert not [text for text in said if re.search(r"[A-Za-z]{2}", text.replace("UIS", ""))]


def test_causes_begin_small_so_that_they_can_stand_in_a_sentence() -> None:
    for language, reason in itertools.product(LANGUAGES, REASONS.values()):
        with translation.override(language):
            cause = str(reason.cause)
        assert cause.startswith("%(brand)s") or cause[0].islower()


def test_who_can_do_it_fits_what_to_do() -> None:
    for code, reason in REASONS.items():
        names_admin = str(reason.remedy).lower().count("the admin can")
        assert bool(names_admin) == (reason.who in (Who.ADMIN, Who.PROVIDER)), code


def test_a_cause_that_speaks_to_the_caller_has_words_for_others() -> None:
    for code, reason in REASONS.items():
        assert bool(YOU.search(str(reason.cause))) <= (reason.others is not None), code
        assert not YOU.search(str(reason.others or "")), code
        assert not YOU.search(str(reason.remedy)), code


def test_no_documented_reason_is_ever_shown_raw_or_in_technical_words(anna: Member, maria: Member) -> None:
    for call, wording in every_wording(anna, maria):
        said = f"{wording.heading} {wording.second} {wording.short}"
        assert call.finish_reason not in said
        assert not NEVER.search(said), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_others_never_read_you(anna: Member, maria: Member, language: str) -> None:
    with translation.override(language):
        for code in REASONS:
            call = ending(anna, code)
            theirs, why = describe(call, maria), endings.why(call, maria)
            assert why is not None
            assert not YOU.search(f"{theirs.heading} {theirs.second} {theirs.short} {why.cause} {why.remedy} {why.who}")


def test_whatever_ended_the_call_says_what_happened_to_the_client(anna: Member, maria: Member) -> None:
    own_words = {Status.NO_ANSWER, Status.BUSY, Status.UNAVAILABLE, Status.SOMEBODY_ELSE}
    for call, wording in every_wording(anna, maria):
        if GROUP_OF[call.finish_reason] != Group.NORMAL and call.status not in own_words:
            assert CLIENT.search(wording.second), (call.finish_reason, wording.second)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", REASONS)
def test_the_page_says_it_for_every_reason(anna: Member, maria: Member, code: str, language: str) -> None:
    call = ending(anna, code)
    with translation.override(language):
        for viewer in (anna, maria):
            why = endings.why(call, viewer)
            assert why is not None
            assert CLIENT.search(why.client)
            assert why.cause
            assert bool(why.remedy) == (GROUP_OF[code] != Group.NORMAL)
            assert not NEVER.search(f"{why.client} {why.cause} {why.remedy} {why.who}")


@pytest.mark.parametrize("brand", list(Brand))
def test_pills_of_ended_calls_are_short(anna: Member, brand: Brand) -> None:
    anna.account.brand = brand
    for call, wording in every_wording(anna):
        if call.status == Status.ENDED:
            assert wording.short not in ("", "Ended") or GROUP_OF[call.finish_reason] == Group.NORMAL
            assert len(wording.short) <= 24


@pytest.mark.parametrize(
    ("reason", "heading", "second", "pill"),
    [
        (
            "employee_status_break",
            "Your status is “Break”",
            "The client was not called. Set the status to “Available” and press again",
            "Status in the way",
        ),
        (
            "no_money",
            "There is no money left at UIS",
            "The client was not called. The admin can top up the account",
            "No money at UIS",
        ),
        (
            "numa_in_black_list",
            "The number is on the PBX blacklist",
            "The client was not called. The admin can remove it",
            "UIS won't dial",
        ),
        (
            "no_active_scenario",
            "This number rings nobody",
            "The client was not called. The admin can set the number up in the UIS cabinet",
            "Settings",
        ),
        (
            "app_is_inactive",
            "UIS has blocked the account",
            "The client was not called. The admin can ask UIS why",
            "Blocked at UIS",
        ),
        (
            "internal_error",
            "Something broke at UIS",
            "The client may have been called. Press again; if it goes on, the admin can tell the support of UIS",
            "Hitch at UIS",
        ),
        (
            "operator_busy",
            "You didn't pick up",
            "The client was not called. Your phone was busy. Finish the other call and press again",
            "You didn't pick up",
        ),
    ],
)
def test_the_caller_reads_heading_client_and_remedy(
    anna: Member, reason: str, heading: str, second: str, pill: str
) -> None:
    wording = describe(ending(anna, reason), anna)
    assert (wording.heading, wording.second, wording.short) == (heading, second, pill)


def test_a_manager_reads_about_the_person(anna: Member, maria: Member) -> None:
    on_a_break = describe(ending(anna, "employee_status_break"), maria)
    assert on_a_break.heading == "Анна Кузнецова: the status is “Break”"
    busy = describe(ending(anna, "operator_busy"), maria)
    assert busy.heading == "Анна Кузнецова did not pick up"
    assert busy.second.startswith("The client was not called. Анна Кузнецова: the phone was busy. ")


def test_in_russian_it_is_said_as_in_the_office(anna: Member) -> None:
    with translation.override("ru"):
        wording = describe(ending(anna, "employee_status_break"), anna)
    assert wording.heading == "Ваш статус — «Перерыв»"
    assert wording.second == "Клиенту не звонили. Поставьте статус «Доступен» и нажмите ещё раз"


def test_you_did_not_pick_up_is_said_only_of_a_phone_that_was_to_ring(anna: Member) -> None:
    missed = {code for code in REASONS if ending(anna, code).status == Status.YOU_MISSED}
    assert missed == {
        "operator_not_responsive",
        "operator_busy",
        "no_operator_confirmation",
        "no_success_operator_call",
    }


@pytest.mark.parametrize(
    ("reason", "fields", "client"),
    [
        ("no_money", CLIENT_FIRST, "The client may have been called"),
        ("no_money", {"employee_answered_at": BEGAN}, "The client may have been called"),
        ("no_money", {"contact_ringing_at": BEGAN}, "The client was called and waited"),
        ("no_money", {"contact_answered_at": BEGAN}, "The client was called, answered and reached nobody"),
        ("timeout", {}, "The client may have been called"),
        ("numa_in_black_list", CLIENT_FIRST, "The client was not called"),
        ("employee_status_break", CLIENT_FIRST, "The client was called and waited"),
        ("employee_status_break", {"origin": Origin.INBOUND}, "The client called and reached nobody"),
    ],
)
def test_a_client_who_may_have_been_rung_is_never_said_to_be_undisturbed(
    anna: Member, reason: str, fields: dict[str, Any], client: str
) -> None:
    assert second_of(anna, reason, **fields).partition(". ")[0] == client


def test_an_answered_call_that_nobody_joined_says_so(anna: Member) -> None:
    call = ending(anna, "caller_disconnects", **CLIENT_FIRST, contact_answered_at=BEGAN)
    assert describe(call, anna).second == "The client was called, answered and reached nobody"


@pytest.mark.parametrize(
    ("fields", "client"),
    [
        ({"finish_reason": "caller_busy"}, "The client was called, the line was busy"),
        ({"finish_reason": "caller_not_responsive"}, "The client was called and did not answer"),
        ({"finish_reason": "no_success_caller_call"}, "The client was called and could not be reached"),
        ({"finish_reason": "caller_disconnects", "talk_duration": 9}, "The client was called and talked"),
        (
            {"finish_reason": "another_operator_answer", "talk_duration": 9},
            "The client was called and talked to a colleague",
        ),
        ({"origin": Origin.INBOUND, "talk_duration": 9}, "The client called and talked"),
    ],
)
def test_the_page_says_of_the_client_what_the_heading_knows(anna: Member, fields: dict[str, Any], client: str) -> None:
    assert endings.client(build_call(anna, requested_at=BEGAN, **DONE, **fields)) == client


@pytest.mark.parametrize(
    ("reason", "own", "others"),
    [
        ("employee_status_break", "You", "Анна Кузнецова"),
        ("no_money", "The admin", "The admin"),
        ("sip_trunk_is_locked", "UIS", "UIS"),
        ("caller_busy", "", ""),
    ],
)
def test_the_page_names_who_can_do_it(anna: Member, maria: Member, reason: str, own: str, others: str) -> None:
    call = ending(anna, reason)
    mine, theirs = endings.why(call, anna), endings.why(call, maria)
    assert mine is not None
    assert theirs is not None
    assert (mine.who, theirs.who) == (own, others)


def test_an_unknown_reason_is_shown_as_it_came(anna: Member) -> None:
    call = ending(anna, "eaten_by_a_bear")
    assert describe(call, anna).second == "Nobody talked. UIS says: eaten_by_a_bear"
    why = endings.why(call, anna)
    assert why == endings.Why("The client may have been called", "UIS says: eaten_by_a_bear")


def test_a_call_that_lives_or_was_never_placed_has_no_end_to_explain(anna: Member) -> None:
    assert endings.why(build_call(anna), anna) is None
    assert endings.why(build_call(anna, dispatch="refused", cause="forbidden"), anna) is None


@pytest.mark.parametrize(
    ("reason", "told"),
    [("no_money", True), ("sip_trunk_is_locked", True), ("employee_status_break", False), ("caller_busy", False)],
)
@pytest.mark.django_db
def test_what_an_admin_mends_can_be_told_to_them(anna: Member, reason: str, told: bool) -> None:
    assert bar.contents(ending(anna, reason), anna)["can_tell"] is told


@pytest.mark.django_db
def test_the_page_explains_and_only_managers_read_the_raw_reason(anna: Member, maria: Member, as_: Any) -> None:
    call = make_call(anna, requested_at=BEGAN, **DONE, finish_reason="no_active_scenario")
    pages = [_page(as_(member), call) for member in (anna, maria)]
    for html in pages:
        for text in (
            "This number rings nobody",
            "The client was not called",
            "What to do",
            "Who can do it",
            "The admin",
        ):
            assert text in html
    assert ["no_active_scenario" in html for html in pages] == [False, True]


def _page(client: Client, call: Call) -> str:
    return client.get(reverse("reports:call", args=[call.pk])).content.decode()
