"""The 89 documented finish reasons in plain words, in both languages, for the caller and for others."""

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from support.calls import build_ending

from clickcall.calls import endings
from clickcall.calls.lifecycle import NORMAL
from clickcall.calls.reasons import GROUP_OF, GROUPS, REASONS, Group, Who
from clickcall.calls.wording import Wording, describe
from clickcall.models import Brand, Call, Member, Status

DOCUMENT = json.loads(Path(__file__).with_name("finish_reasons.json").read_text(encoding="utf-8"))["groups"]
LANGUAGES = ("en", "ru")
# Words that people who call never meet. A remedy of an admin may name the cabinet, never more.
NEVER = re.compile(
    r"(?i)\b(error|failed|success\w*|token|ip|json|api|mnemonic|component|points?|session|scenarios?)\b|%\(|_"
    r"|инициир|\bабонент|сеанс|успешно|ошибк|токен|сценари|компонент|пойнт|провайдер|мнемоник"
)
CLIENT = re.compile(r"^The client (was|may|answered|called)\b|^Клиент")
YOU = re.compile(r"(?i)\byour?\b|\b(вы|вас|вам|ваш\w*)\b")


def every_wording(*viewers: Member) -> Iterator[tuple[Call, Wording]]:
    """Each reason in each language, as each of them reads a call of the first."""
    for reason, language, viewer in itertools.product(REASONS, LANGUAGES, viewers):
        call = build_ending(viewers[0], reason)
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
            call = build_ending(anna, code)
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
    call = build_ending(anna, code)
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
