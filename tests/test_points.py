"""The provider's request limit: what is kept of its answers, and what polls leave to presses."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from clickcall import points
from clickcall.models import Account, Member, Points
from clickcall.provider.metadata import Limits, Metadata


def said(minute: int | None = 60, day: int | None = 1000, **more: Any) -> Metadata:
    limits = Limits(
        day_limit=1000, day_remaining=day, day_reset=3600, minute_limit=60, minute_remaining=minute, minute_reset=30
    )
    return Metadata(limits=limits, **more)


@pytest.mark.parametrize(
    ("minute", "day", "expected"),
    [
        (60, 1000, "plenty"),
        (16, 1000, "plenty"),
        (15, 1000, "reserve"),
        (60, 101, "plenty"),
        (60, 100, "reserve"),
        (1, 1000, "reserve"),
        (0, 1000, "out"),
        (60, 0, "out"),
        (None, None, "plenty"),
    ],
)
def test_the_last_quarter_of_a_minute_and_the_last_tenth_of_a_day_are_for_presses(
    account: Account, minute: int | None, day: int | None, expected: str
) -> None:
    points.told(account.pk, said(minute, day))
    assert points.level(points.left(account.pk), now()) == expected
    assert points.may_ask(account.pk) is (expected == "plenty")


def test_an_account_that_was_told_nothing_may_ask(account: Account) -> None:
    points.told(account.pk, None)
    points.told(account.pk, Metadata())
    assert points.left(account.pk) is None
    assert points.may_ask(account.pk)


def test_a_budget_is_full_again_when_its_time_has_come(account: Account) -> None:
    points.told(account.pk, said(minute=0))
    meter = points.left(account.pk)
    pause = points.pause(meter, now())
    assert pause is not None
    assert pause.kind == "minute"
    assert points.pause(meter, pause.until) is None
    assert points.level(meter, pause.until) == "plenty"


def test_the_day_s_end_is_told_before_the_minute_s(account: Account) -> None:
    points.told(account.pk, said(minute=0, day=0))
    pause = points.pause(points.left(account.pk), now())
    assert pause is not None
    assert pause.kind == "day"
    assert pause.until - now() > timedelta(minutes=50)


def test_many_answers_are_written_once_a_second_unless_the_level_changes(account: Account) -> None:
    points.told(account.pk, said(minute=60))
    points.told(account.pk, said(minute=40))
    assert Points.objects.get().minute_remaining == 60
    points.told(account.pk, said(minute=10))
    assert Points.objects.get().minute_remaining == 10


def test_a_deprecated_version_is_remembered_with_the_newest(account: Account) -> None:
    points.told(account.pk, said(api_version="current_version_deprecated", latest_version="v5.0"))
    assert Points.objects.get().deprecated_version == "v5.0"


def test_the_meter_shows_the_day_and_is_full_again_when_it_is_over(account: Account) -> None:
    assert points.meter(account.pk) is None
    points.told(account.pk, said(day=412))
    meter = points.meter(account.pk)
    assert meter is not None
    assert (meter.left, meter.limit, meter.used, meter.percent, meter.is_low) == (412, 1000, 588, 59, False)
    Points.objects.update(day_remaining=100)
    low = points.meter(account.pk)
    assert low is not None
    assert low.is_low
    Points.objects.update(day_resets_at=now() - timedelta(seconds=1))
    new = points.meter(account.pk)
    assert new is not None
    assert (new.left, new.pause) == (1000, None)


@pytest.mark.parametrize(
    ("minute", "day", "scarcest"),
    [(60, 1000, None), (15, 1000, (15, 60)), (60, 100, (100, 1000)), (15, 10, (10, 1000)), (None, None, None)],
)
def test_the_scarcest_budget_is_the_one_with_the_smallest_share(
    minute: int | None, day: int | None, scarcest: tuple[int, int] | None
) -> None:
    limits = said(minute, day).limits
    assert limits is not None
    assert points.scarcest(limits) == scarcest


def test_the_account_page_shows_the_meter_to_admins(account: Account, adam: Member, as_: Any) -> None:
    browser = as_(adam)
    assert "Known after the first answer" in browser.get("/account/").content.decode()
    Points.objects.create(account=account, seen_at=now(), day_limit=100_000, day_remaining=41_200)
    page = browser.get("/account/").content.decode()
    assert "41,200</span> left of" in page
    assert 'max="100000" value="58800"' in page
