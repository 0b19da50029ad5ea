"""When somebody who was not reached is called again."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clickcall.contacts.queue import plan
from clickcall.models import ContactList

MOSCOW = ZoneInfo("Europe/Moscow")
NINE = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # 9:00 in Moscow


def test_the_usual_plan_is_two_hours_the_other_half_and_three_days_and_then_no_contact() -> None:
    times = [plan.next_attempt(plan.USUAL, attempts, NINE, MOSCOW) for attempts in (1, 2, 3, 4)]
    afternoon = datetime(2026, 11, 24, 16, 0, tzinfo=MOSCOW)
    assert times == [NINE + timedelta(hours=2), afternoon, NINE + timedelta(days=3), None]


@pytest.mark.parametrize(
    ("zone", "hour"), [("Europe/Moscow", 16), ("Asia/Vladivostok", 11)], ids=["morning there", "afternoon there"]
)
def test_the_other_half_is_that_of_the_clients_own_day(zone: str, hour: int) -> None:
    there = plan.other_half(NINE, ZoneInfo(zone))
    assert (there.day, there.hour, there.tzinfo) == (24, hour, ZoneInfo(zone))


def test_a_list_without_steps_follows_the_usual_plan_and_unknown_steps_are_left_out() -> None:
    assert plan.steps_of(ContactList()) == plan.USUAL
    assert plan.steps_of(ContactList(retry_plan=["1h", "never", "7d"])) == ("1h", "7d")


def test_every_step_has_its_words_and_its_time() -> None:
    assert set(plan.STEPS) == {*plan.WAITS, plan.OTHER_HALF}


def test_the_plan_is_said_in_words() -> None:
    words = plan.in_words(plan.USUAL)
    assert words == ("Again in 2 hours, in the other half of the next day, in 3 days; after 4 attempts “no contact”")
