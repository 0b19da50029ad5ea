"""The key states of the company rules in the product's own words, in both languages."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from clickcall.contacts.rules import Code, Finding, Kind
from clickcall.models import Account, DoNotCall, Member

OMSK = ZoneInfo("Asia/Omsk")
LATE, MORNING = datetime(2026, 11, 18, 22, 40, tzinfo=OMSK), datetime(2026, 11, 19, 9, 0, tzinfo=OMSK)
HOURS = Finding(Kind.ASK, Code.OUTSIDE_HOURS, there=LATE, opens_at=MORNING)
BRAND = {"brand": "uis", "call_api_url": "", "data_api_url": ""}
VIEWER = Member(name="Анна", account=Account(name="Acme", timezone="Europe/Moscow", **BRAND))


def said(finding: Finding, language: str) -> list[str]:
    with translation.override(language):
        words = finding.words(VIEWER)
    return [text for text in (words.heading, words.second, words.remind, words.city, words.action) if text]


@pytest.mark.parametrize(
    ("finding", "language", "expected"),
    [
        (
            Finding(Kind.BLOCK, Code.PBX_BLACKLIST),
            "en",
            ["UIS will refuse this number", "It is on the PBX blacklist. The admin can remove it"],
        ),
        (
            Finding(Kind.BLOCK, Code.PBX_BLACKLIST),
            "ru",
            ["UIS не наберёт этот номер", "Он в чёрном списке АТС. Убрать может администратор"],
        ),
        (
            HOURS,
            "en",
            ["It's 22:40 there", "Company rule: calls from 9:00", "Remind me at 9:00", "Call because…"],
        ),
        (
            HOURS,
            "ru",
            ["У клиента 22:40", "По правилам компании звоним с 9:00", "Напомнить в 9:00", "Позвонить, потому что…"],
        ),
        (
            Finding(Kind.ASK, Code.TIME_UNKNOWN),
            "en",
            ["We don't know the time there", "It may be night", "Set the city", "Call"],
        ),
        (
            Finding(Kind.ASK, Code.TIME_UNKNOWN),
            "ru",
            ["Не знаем, который там час", "Может быть ночь", "Указать город", "Позвонить"],
        ),
    ],
)
def test_a_key_state_is_worded_as_the_product_says(finding: Finding, language: str, expected: list[str]) -> None:
    assert said(finding, language) == expected


def test_do_not_call_says_when_and_who() -> None:
    entry = DoNotCall(digits="79260000000", at=datetime(2026, 11, 12, 9, 0, tzinfo=OMSK), member=VIEWER)
    finding = Finding(Kind.BLOCK, Code.DO_NOT_CALL, entry=entry)
    assert said(finding, "en") == ["Do not call", "Asked on 12 Nov 2026, noted by Анна"]
    assert said(finding, "ru")[0] == "Не звонить"


def test_an_hour_that_nobody_knows_needs_no_reason_all_else_does() -> None:
    asks = [Finding(Kind.ASK, code).needs_reason for code in Code]
    assert [code for code, needed in zip(Code, asks, strict=True) if not needed] == [Code.TIME_UNKNOWN]
    assert not Finding(Kind.BLOCK, Code.DO_NOT_CALL).needs_reason  # there is no going on
