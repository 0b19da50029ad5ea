from datetime import date

import pytest

from clickcall.contacts.importing import cells
from clickcall.contacts.importing.reasons import CellError
from clickcall.models import ConsentState

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "cell", ["23.11.2026", "2026-11-23", "23/11/2026", "23.11.26", "2026-11-23 14:20", "23-11-2026"]
)
def test_a_day_in_any_usual_form(cell: str) -> None:
    assert cells.day(cell, TODAY) == TODAY


@pytest.mark.parametrize(("cell", "code"), [("вчера", "date"), ("31.02.2026", "date"), ("24.11.2026", "date_future")])
def test_a_day_that_is_none_or_still_to_come_is_refused(cell: str, code: str) -> None:
    with pytest.raises(CellError, match=code):
        cells.day(cell, TODAY)


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("да", ConsentState.GIVEN),
        ("Есть.", ConsentState.GIVEN),
        ("yes", ConsentState.GIVEN),
        ("1", ConsentState.GIVEN),
        ("Отозвано", ConsentState.WITHDRAWN),
        ("нет", None),
        ("No", None),
    ],
)
def test_consent_is_given_withdrawn_or_none(cell: str, state: ConsentState | None) -> None:
    assert cells.consent(cell) == state


def test_a_consent_that_may_mean_anything_is_refused() -> None:
    with pytest.raises(CellError, match="consent"):
        cells.consent("кажется, да")


@pytest.mark.parametrize(
    ("cell", "zone"),
    [
        ("Europe/Samara", "Europe/Samara"),
        ("Самара", "Europe/Samara"),
        ("samara", "Europe/Samara"),
        ("МСК", "Europe/Moscow"),
        ("МСК+1", "Europe/Samara"),
        ("МСК +2", "Asia/Yekaterinburg"),
        ("UTC+10", "Asia/Vladivostok"),
        ("GMT+3:00", "Europe/Moscow"),
        ("+5", "Asia/Yekaterinburg"),
        ("МСК−1", "Europe/Kaliningrad"),
        ("America/New_York", "America/New_York"),
        ("", ""),
    ],
)
def test_a_time_zone_by_name_city_or_hours(cell: str, zone: str) -> None:
    assert cells.zone(cell) == zone


@pytest.mark.parametrize("cell", ["Атлантида", "UTC+15", "МСК+20", "5"])
def test_a_time_zone_that_nobody_knows_is_refused(cell: str) -> None:
    with pytest.raises(CellError, match="timezone"):
        cells.zone(cell)


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'=1+1", "=1+1"), ("'-", "-"), ("'t Hooft", "'t Hooft"), ("  Иван ", "Иван"), ("a, '+7", "a, +7")],
)
def test_the_apostrophe_of_a_spreadsheet_is_no_part_of_the_text(cell: str, text: str) -> None:
    assert cells.plain_text(cell) == text
