"""Times of callbacks: by the contact's clock, said by both."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from clickcall.contacts.callbacks import times

MOSCOW, VLADIVOSTOK = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Vladivostok")
MONDAY = datetime(2026, 11, 23, 11, 12, 30, tzinfo=UTC)  # 14:12 in Moscow, 21:12 in Vladivostok


def labels(there: ZoneInfo | None) -> list[str]:
    with time_machine.travel(MONDAY, tick=False), timezone.override(MOSCOW):
        return [choice.label for choice in times.choices(there, MONDAY)]


def test_choices_are_by_the_clients_clock_and_say_both() -> None:
    assert labels(VLADIVOSTOK) == [
        "today, 22:15 there, 15:15 here",
        "tomorrow, 00:15 there, 17:15 here",
        "tomorrow, 10:00 there, 03:00 here",
        "tomorrow, 15:00 there, 08:00 here",
        "Mon, 30 Nov, 10:00 there, 03:00 here",
    ]


@pytest.mark.parametrize("there", [MOSCOW, ZoneInfo("Europe/Simferopol"), None])
def test_one_clock_is_enough_where_both_say_the_same_or_theirs_is_unknown(there: ZoneInfo | None) -> None:
    assert labels(there)[0] == "today, 15:15"
    assert labels(there)[2] == "tomorrow, 10:00"


def test_a_time_that_is_typed_is_the_clients() -> None:
    with time_machine.travel(MONDAY, tick=False), timezone.override(MOSCOW):
        assert times.read("other", "2026-11-24T10:00", VLADIVOSTOK) == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
        assert times.read("other", "2026-11-24T10:00", None) == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
        assert times.read("2026-11-24T10:00:00Z", "ignored", None) == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "x", "2026-02-31T10:00", "99999-01-01T10:00"])
def test_what_is_no_time_is_asked_for(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        times.read("other", text, None)
    assert caught.value.messages == ["Say when to call back."]
