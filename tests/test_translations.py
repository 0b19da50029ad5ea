"""The Russian catalogue: nothing lost between the languages, and the words that a sales office uses."""

import gettext
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext
from support.calls import build_call
from time_machine import TimeMachineFixture

from clickcall.calls.causes import CAUSES, explain
from clickcall.calls.looks import SHORT
from clickcall.calls.wording import describe
from clickcall.models import Member
from clickcall.templatetags.shown import day_and_time, day_word
from clickcall.web import library_texts

MO = Path(settings.LOCALE_PATHS[0], "ru", "LC_MESSAGES", "django.mo")
TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
ADMINS_ONLY = re.compile(r"(?i)сценари")
FOR_ADMINS = {
    "Advice: one scenario per person, one step, ringing 20–25 s, “show when calling” = service number.",
    (
        "Every salesperson has a number whose scenario is on and forwards to that person alone. "
        "A group, a menu or “no answer → department” in it would ring a colleague."
    ),
    (
        "Give it a scenario in the %(brand)s cabinet: one step, forwarding to one employee, ringing 20–25 s. "
        "Usually: Virtual numbers → the number → Scenario."
    ),
    (
        "If a colleague's phone rings, the number's scenario rings a group: "
        "make it one step, forwarding to that person alone."
    ),
    "It rings nobody: no scenario is switched on for it. Calls from it would be refused.",
    "No scenario",
    "No scenario.",
    "Open the number in the cabinet, switch a scenario on (usually under Scenarios), then match again.",
    "Scenarios",
    "The number %(number)s rings nobody: it has no scenario",
    "This number rings others too. Look at its scenario in the cabinet: it should ring one person.",
    (
        "Usually: Virtual PBX → Call scenarios. A number's scenario decides whose phone rings first when somebody "
        "presses “Call”, and it serves people who call back."
    ),
    (
        "Which phone rings first is decided by the number's scenario at %(brand)s, "
        "and the same scenario serves people who call back."
    ),
}
NEVER = re.compile(
    r"(?i)инициир|\bабонент|диспозици|сеанс|успешно|ошибк|токен|\bIP\b|\bJSON\b|мнемоник|компонент|пойнт|некорректн"
    r"|осуществ|\bданн(ый|ого|ому)\b|\bявля|провайдер|\bтрек\b|дефолт"
)
BUTTON = re.compile(r'<button\b.*?</button>|<a class="btn\b.*?</a>', re.DOTALL)
NOT_SEEN = re.compile(r'<span class="visually-hidden">.*?</span>|aria-label="[^{"]*(\{%.*?%\}[^{"]*)*"', re.DOTALL)
TRANSLATED = re.compile(r'\{% translate "([^"]+)"(?: context "([^"]+)")? %\}')
BEGAN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DONE = {"finished_at": BEGAN + timedelta(minutes=4)}
RUNG = {"employee_answered_at": BEGAN, "contact_ringing_at": BEGAN}


def catalogue() -> dict[Any, str]:
    """Russian texts by their English ones; (English, n) for plurals, a context stands before \\x04."""
    with MO.open("rb") as file:
        found: dict[Any, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in found.items() if key}


TEXTS = catalogue()


def english(key: Any) -> str:
    return str(key[0] if isinstance(key, tuple) else key).rpartition("\x04")[2]


def named(pattern: re.Pattern[str]) -> list[str]:
    return [text for text in TEXTS.values() if pattern.search(re.sub(r"<[^>]+>", "", text))]


def test_every_placeholder_comes_through() -> None:
    lost = {
        key for key, text in TEXTS.items() if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(english(key)))
    }
    assert lost == set()


def test_no_text_has_a_word_that_a_sales_office_does_not_use() -> None:
    assert named(NEVER) == []


def test_scenarios_are_named_to_admins_alone() -> None:
    assert {english(key) for key, text in TEXTS.items() if ADMINS_ONLY.search(text)} == FOR_ADMINS


@pytest.mark.parametrize(
    "pattern",
    [
        r"[\"“”]",
        r"[а-яё]\.\.\.",
        r"[а-яё,—] (Вы|Вас|Вам|Ваш\w*)\b",
        r"(?i)\b(еще|идет|пошел|ушел|ждем|наберем|берем|прочтет|подождет|зеленый|темное|истек\b)",
        r"[а-яё] - [а-яё]",
        r"  |^ | $",
    ],
)
def test_the_typography_is_russian(pattern: str) -> None:
    assert named(re.compile(pattern)) == []


def test_sentences_end_as_in_english() -> None:
    ends = re.compile(r"[.?…:]$")
    different = {
        (english(key), text)
        for key, text in TEXTS.items()
        if not english(key).lower().endswith("no.") and bool(ends.search(english(key))) != bool(ends.search(text))
    }
    assert different == set()


def buttons() -> Iterator[tuple[str, str]]:
    for path in TEMPLATES:
        for button in BUTTON.findall(path.read_text(encoding="utf-8")):
            for text, context in TRANSLATED.findall(NOT_SEEN.sub("", button)):
                yield text, TEXTS[f"{context}\x04{text}" if context else text]


def test_buttons_are_short() -> None:
    found = dict(buttons())
    assert len(found) > 50
    assert {text: russian for text, russian in found.items() if len(russian) > 24} == {}


def test_pills_are_short() -> None:
    with translation.override("ru"):
        assert [str(text) for pair in SHORT.values() for text in pair if len(str(text)) > 25] == []


@pytest.mark.parametrize(
    ("fields", "heading", "second"),
    [
        (RUNG, "Звоним: Иван Петров", "Вы на линии, ждём ответа"),
        (RUNG | {"contact_answered_at": BEGAN}, "Разговор", ""),
        (DONE | {"finish_reason": "caller_not_responsive"}, "Не ответил", ""),
        (DONE | {"finish_reason": "caller_busy"}, "Занято", ""),
        (DONE | {"finish_reason": "caller_number_problems"}, "Недоступен", ""),
        (
            {"dispatch": "refused", "cause": "contact_in_blacklist"},
            "Не позвонили: номер в чёрном списке АТС",
            "Убрать может администратор. Клиента не беспокоили",
        ),
        (
            {"dispatch": "refused", "cause": "limit_exceeded", "error": {"limits": {"day_remaining": 0}}},
            "На сегодня лимит UIS исчерпан",
            "Обновится в 09:00. Клиента не беспокоили",
        ),
    ],
)
def test_the_key_states_are_said_as_in_the_office(
    anna: Member, fields: dict[str, Any], heading: str, second: str
) -> None:
    with translation.override("ru"):
        wording = describe(build_call(anna, requested_at=BEGAN, **fields), anna)
    assert (wording.heading, wording.second) == (heading, second)


@pytest.mark.parametrize(
    ("answered_by", "to_the_caller", "to_others"),
    [
        ("Олег", "Трубку взяли: Олег, не вы", "Трубку взяли: Олег, не Анна Кузнецова"),
        ("Рита", "Трубку взяли: Рита, не вы", "Трубку взяли: Рита, не Анна Кузнецова"),
        ("", "Трубку взяли коллеги, не вы", "Трубку взяли коллеги, а звонит Анна Кузнецова"),
    ],
)
def test_who_picked_up_is_said_without_guessing_whether_he_or_she(
    anna: Member, boris: Member, answered_by: str, to_the_caller: str, to_others: str
) -> None:
    call = build_call(
        anna, requested_at=BEGAN, **DONE, finish_reason="another_operator_answer", answered_by=answered_by
    )
    with translation.override("ru"):
        assert (describe(call, anna).heading, describe(call, boris).heading) == (to_the_caller, to_others)
        assert describe(call, anna).second == "Номер звонит не только вам"


def test_every_cause_and_remedy_is_russian() -> None:
    with translation.override("ru"):
        said = [text for code in [*CAUSES, "never_heard_of"] for text in explain(code, "UIS")]
    assert [text for text in said if re.search(r"[A-Za-z]{2}", text.replace("UIS", ""))] == []


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 звонок"), (2, "2 звонка"), (5, "5 звонков"), (11, "11 звонков"), (21, "21 звонок"), (112, "112 звонков")],
)
def test_counted_things_have_the_three_russian_forms(count: int, text: str) -> None:
    with translation.override("ru"):
        said = ngettext("%(counter)s call on this page", "%(counter)s calls on this page", count)
    assert said % {"counter": count} == f"{text} на этой странице"


def test_days_are_written_in_figures(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(BEGAN)
    with translation.override("ru"):
        assert day_word(date(2026, 11, 12)) == "12.11"
        assert day_word(date(2025, 11, 12)) == "12.11.2025"
        assert day_and_time(BEGAN - timedelta(days=1)) == "вчера, 09:00"
        assert day_and_time(BEGAN) == "сегодня, 09:00"
        assert day_and_time(BEGAN + timedelta(days=1)) == "завтра, 09:00"


def test_the_libraries_complaints_are_worded_by_us() -> None:
    field = forms.CharField(max_length=3)
    with translation.override("ru"):
        with pytest.raises(forms.ValidationError, match="Заполните это поле"):
            field.clean("")
        with pytest.raises(forms.ValidationError, match=r"не больше 3 знаков \(сейчас 5\)"):
            field.clean("abcde")
    assert [text for text in library_texts.PLAIN if text not in TEXTS] == []
