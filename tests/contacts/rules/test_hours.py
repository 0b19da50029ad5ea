"""Calling hours across zones and clock changes: by properties, and by days that are known for their trouble."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clickcall.contacts import zone_codes, zone_places
from clickcall.contacts.rules import hours
from clickcall.contacts.zones import Source, zone_by
from clickcall.models import CallRules

USUAL = CallRules()
ZONES = sorted({*zone_codes.ZONES.values(), "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Gaza"})
quick = settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - in UTC


@st.composite
def some_rules(draw: st.DrawFn) -> CallRules:
    def window() -> tuple[int, int]:
        begin = draw(st.integers(0, 23))
        return begin, draw(st.integers(begin + 1, 24))

    week, end = window(), window()
    days = draw(st.lists(st.dates(datetime(2024, 1, 1).date(), datetime(2024, 2, 1).date()), max_size=9))  # noqa: DTZ001
    return CallRules(
        weekday_from=week[0],
        weekday_till=week[1],
        weekend_from=end[0],
        weekend_till=end[1],
        holidays=[day.isoformat() for day in days],
        unknown_asks_from=draw(st.integers(0, 24)),
    )


@quick
@given(some_rules(), zones, moments)
def test_calls_begin_again_in_the_future_at_an_open_hour_and_not_before(
    rules: CallRules, zone: ZoneInfo, at: datetime
) -> None:
    there = at.astimezone(zone)
    opens = hours.opens_at(rules, there)
    assert opens.astimezone(UTC) > at
    assert opens.tzinfo is zone
    assert hours.is_open(rules, opens)
    if not hours.is_open(rules, there):
        step, moment = timedelta(minutes=15), at
        while (moment := moment + step) < opens.astimezone(UTC) - timedelta(hours=1):
            assert not hours.is_open(rules, moment.astimezone(zone))


@quick
@given(zones, moments)
def test_nobody_is_called_at_night_by_the_usual_rules(zone: ZoneInfo, at: datetime) -> None:
    there = at.astimezone(zone)
    if there.hour < 9 or there.hour >= 20:
        assert not hours.is_open(USUAL, there)
    if 10 <= there.hour < 18:
        assert hours.is_open(USUAL, there)


@pytest.mark.parametrize(
    ("there", "opens"),
    [
        ("2026-11-18 20:00", "2026-11-19 09:00"),  # Wednesday evening
        ("2026-11-18 03:00", "2026-11-18 09:00"),
        ("2026-11-20 20:00", "2026-11-21 10:00"),  # Friday: the weekend begins at ten
        ("2026-11-22 18:00", "2026-11-23 09:00"),  # Sunday evening
    ],
)
def test_the_morning_after_is_that_of_its_day(there: str, opens: str) -> None:
    magadan = ZoneInfo("Asia/Magadan")
    evening, morning = (datetime.fromisoformat(text).replace(tzinfo=magadan) for text in (there, opens))
    assert hours.opens_at(USUAL, evening) == morning


def test_a_holiday_has_the_hours_of_a_weekend() -> None:
    rules = CallRules(holidays=["2026-11-18"])
    zone = ZoneInfo("Europe/Moscow")
    assert not hours.is_open(rules, datetime(2026, 11, 18, 9, 30, tzinfo=zone))
    assert not hours.is_open(rules, datetime(2026, 11, 18, 18, 30, tzinfo=zone))
    assert hours.is_open(rules, datetime(2026, 11, 18, 17, 59, tzinfo=zone))


def test_an_hour_that_the_clock_skips_begins_when_it_has() -> None:
    """In Santiago no clock showed anything between 0:00 and 1:00 on 7 September 2025."""
    rules, zone = CallRules(weekend_from=0), ZoneInfo("America/Santiago")
    opens = hours.opens_at(rules, datetime(2025, 9, 6, 19, 0, tzinfo=zone))
    assert (opens.hour, opens.astimezone(UTC)) == (1, datetime(2025, 9, 7, 4, 0, tzinfo=UTC))


@pytest.mark.parametrize(("hour", "asks"), [(3, True), (8, True), (9, False), (17, False), (18, True), (23, True)])
def test_an_unknown_hour_asks_from_the_evening_to_the_morning(hour: int, asks: bool) -> None:
    assert hours.asks_unknown(USUAL, datetime(2026, 11, 18, hour, 0, tzinfo=UTC)) is asks


@pytest.mark.parametrize(
    ("said", "zone", "source"),
    [
        (("Asia/Omsk", "Казань", "", "74012000000"), "Asia/Omsk", Source.PERSON),
        (("", "г. Казань", "Омская область", "74012000000"), "Europe/Moscow", Source.PLACE),
        (("", "Новая Деревня", "Омская обл.", "74012000000"), "Asia/Omsk", Source.PLACE),
        (("", "Новая Деревня", "", "74012000000"), "Europe/Kaliningrad", Source.CODE),
        (("", "", "", "74951112233"), "Europe/Moscow", Source.CODE),
        (("", "", "", "78452111222"), "Europe/Saratov", Source.CODE),
        (("", "", "", "74112111222"), "Asia/Yakutsk", Source.CODE),
        (("", "", "", "74115411222"), "", Source.UNKNOWN),  # somewhere in the three zones of Yakutia
        (("", "", "", "79261112233"), "", Source.UNKNOWN),  # a mobile goes along with its owner
        (("", "", "", "77272111222"), "", Source.UNKNOWN),  # Kazakhstan
        (("", "", "", "375172111222"), "", Source.UNKNOWN),
        (("Nowhere/At_All", "", "", ""), "", Source.UNKNOWN),
    ],
)
def test_a_zone_is_told_by_whoever_knows_best(said: tuple[str, str, str, str], zone: str, source: Source) -> None:
    found = zone_by(*said)
    assert (found.name, found.source) == (zone, source)


@pytest.mark.parametrize("table", [zone_codes.ZONES, zone_places.CITIES, zone_places.REGIONS])
def test_every_zone_of_the_tables_is_one(table: dict[str, str]) -> None:
    assert all(ZoneInfo(zone).key == zone for zone in table.values())


def test_a_region_of_the_report_goes_after_what_people_said_and_before_the_area_code() -> None:
    said = [
        ("Asia/Omsk", "Казань", "", "Asia/Omsk", Source.PERSON),
        ("", "Казань", "", "Europe/Moscow", Source.PLACE),
        ("", "", "Омская область", "Asia/Omsk", Source.PLACE),
        ("", "Новая Деревня", "", "Asia/Vladivostok", Source.REPORT),
    ]
    for zone, city, region, name, source in said:
        found = zone_by(zone, city, region, "74012000000", "Приморский край")
        assert (found.name, found.source) == (name, source)
    assert zone_by("", "", "", "74012000000", "Атлантида").source == Source.CODE


def test_a_region_is_read_as_number_plans_write_it() -> None:
    zones = {
        "Москва и Московская область": "Europe/Moscow",
        "г. Санкт-Петербург и Ленинградская область": "Europe/Moscow",
        "Республика Саха /Якутия/": "Asia/Yakutsk",
        "Чувашская Республика - Чувашия": "Europe/Moscow",
        "Республика Татарстан (Татарстан)": "Europe/Moscow",
        "Кемеровская область - Кузбасс": "Asia/Novokuznetsk",
        "Ханты-Мансийский Автономный округ - Югра АО": "Asia/Yekaterinburg",
        "Екатеринбург": "Asia/Yekaterinburg",
        "Омская область и Приморский край": "",  # in two zones
        "Омская область и Атлантида": "",
        "Российская Федерация": "",
        "{{ cpn_region_name }}": "",
        " и / ": "",
        "": "",
    }
    assert {told: zone_places.zone_of_region(told) for told in zones} == zones
