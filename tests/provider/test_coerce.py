from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from clickcall.provider import coerce

MOSCOW = ZoneInfo("Europe/Moscow")
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (123467589, "123467589"),
        (2**63, "9223372036854775808"),
        (10**40, "1" + "0" * 40),
        ("123", "123"),
        (" 123 ", "123"),
        (True, ""),
        (False, ""),
        (12.0, ""),
        (None, ""),
        ("", ""),
        (0, ""),
        (-5, ""),
        ("-5", ""),
        ("12a", ""),
        ("１２", ""),
        ("1" * 5000, ""),
        (10**70, ""),
        ([1], ""),
    ],
)
def test_a_session_id_is_the_text_of_a_number(value, expected):
    assert coerce.session_id(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2016-10-19 12:26:48", datetime(2016, 10, 19, 9, 26, 48, tzinfo=UTC)),
        ("2016-10-19T12:26:48.418", datetime(2016, 10, 19, 9, 26, 48, 418000, tzinfo=UTC)),
        ("2016-10-19T12:26:48.418Z", datetime(2016, 10, 19, 12, 26, 48, 418000, tzinfo=UTC)),
        ("2016-10-19T12:26:48+05:00", datetime(2016, 10, 19, 7, 26, 48, tzinfo=UTC)),
        ("0001-01-01 00:00:00", None),
        ("9999-12-31T23:59:59-23:00", None),
        ("2016-13-19 12:26:48", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (1476869208, None),
        (True, None),
    ],
)
def test_a_time_is_read_in_every_spelling(value, expected):
    assert coerce.moment(value, MOSCOW) == expected


def test_an_ambiguous_time_is_the_first_of_the_two():
    assert coerce.moment("2026-10-25 01:30:00", LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_time_that_does_not_exist_is_moved_on():
    assert coerce.moment("2026-03-29 01:30:00", LONDON) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("74959268686...9.2.3.3", "74959268686"),
        ("74959268686,,12", "74959268686"),
        ("+7 (926) 000-00-00", "79260000000"),
        (79260000000, "79260000000"),
        ("0486173", "0486173"),
        ("anonymous", ""),
        (None, ""),
        (True, ""),
        ({"a": 1}, ""),
    ],
)
def test_a_number_is_its_digits_without_dtmf(value, expected):
    assert coerce.digits(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12, 12),
        ("12", 12),
        (12.7, 12),
        (0, 0),
        (None, None),
        (True, None),
        (-1, None),
        (2**31, None),
        (float("inf"), None),
        (float("nan"), None),
        ("x", None),
    ],
)
def test_a_duration_is_whole_seconds(value, expected):
    assert coerce.seconds(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, True), ("true", True), ("True", True), (1, True), ("0", False), (False, False), (None, None), ("?", None)],
)
def test_a_boolean_can_come_as_text(value, expected):
    assert coerce.flag(value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Анна", "Анна"),
        (5, "5"),
        (True, ""),
        (None, ""),
        (1.5, ""),
        ("a\x00b", "a\ufffdb"),
        ("\ud83d", "\ufffd"),
        pytest.param(10**5000, "", id="huge"),
    ],
)
def test_a_text_can_be_stored(value, expected):
    assert coerce.text(value) == expected
