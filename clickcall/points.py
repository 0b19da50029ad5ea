"""The provider's request limit: what its answers told, and what may still be asked.

Presses come before polls: whoever is not a press leaves the last quarter of the minute's points and the last tenth of
the day's to them (PRODUCT.md, "Telephony truths").
"""

import logging
import math
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Literal

from django.db import DatabaseError
from django.utils.timezone import now

from .models import Points
from .provider.metadata import Limits, Metadata

log = logging.getLogger("clickcall.points")
MINUTE_RESERVE, DAY_RESERVE = 0.25, 0.10
_WRITE_SECONDS = 1.0  # between two writes of a process that would change nothing that matters

Level = Literal["plenty", "reserve", "out"]
_lock = Lock()
_written: dict[int, tuple[float, Level]] = {}


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing may be asked until then: the minute's or the day's points are used up."""

    kind: Literal["minute", "day"]
    until: datetime

    @property
    def seconds_left(self) -> int:
        """Until it is over, for a clock that begins to run."""
        return max(0, math.ceil((self.until - now()).total_seconds()))


def told(account_id: int, metadata: Metadata | None) -> None:
    """Keeps what an answer, a success or an error, said about points. Never raises: a meter stops no call."""
    limits = metadata.limits if metadata else None
    if metadata is None or limits is None or not _is_worth_writing(account_id, _level_of(limits)):
        return
    moment = now()
    try:
        Points.objects.update_or_create(
            account_id=account_id,
            defaults={
                "seen_at": moment,
                "minute_limit": limits.minute_limit,
                "minute_remaining": limits.minute_remaining,
                "minute_resets_at": _later(moment, limits.minute_reset),
                "day_limit": limits.day_limit,
                "day_remaining": limits.day_remaining,
                "day_resets_at": _later(moment, limits.day_reset),
                "deprecated_version": (metadata.latest_version or "?")[:40] if metadata.is_deprecated else "",
            },
        )
    except DatabaseError:
        log.exception("the provider's limits could not be stored")


def forget() -> None:
    """What this process wrote last: for tests, whose databases come and go."""
    with _lock:
        _written.clear()


def left(account_id: int) -> Points | None:
    """The newest word about an account's points; None as long as no answer carried any."""
    return Points.objects.filter(account_id=account_id).first()


def level(points: Points | None, at: datetime) -> Level:
    """How much is left at that time. A budget whose renewal has passed is full, an unknown one plenty."""
    if points is None:
        return "plenty"
    minute = _budget(points.minute_limit, points.minute_remaining, points.minute_resets_at, at, MINUTE_RESERVE)
    day = _budget(points.day_limit, points.day_remaining, points.day_resets_at, at, DAY_RESERVE)
    return max(minute, day, key=("plenty", "reserve", "out").index)


def may_ask(account_id: int) -> bool:
    """Whether polls, sweeps and synchronisations may use points now."""
    return level(left(account_id), now()) == "plenty"


def pause(points: Points | None, at: datetime) -> Pause | None:
    """When presses can go on; None while they can."""
    if points is None:
        return None
    if points.day_remaining == 0 and points.day_resets_at and points.day_resets_at > at:
        return Pause("day", points.day_resets_at)
    if points.minute_remaining == 0 and points.minute_resets_at and points.minute_resets_at > at:
        return Pause("minute", points.minute_resets_at)
    return None


@dataclass(frozen=True, slots=True)
class Meter:
    """The day's budget as an admin reads it; `pause` while nothing may be asked."""

    left: int
    limit: int
    resets_at: datetime | None
    is_low: bool
    pause: Pause | None

    @property
    def used(self) -> int:
        return self.limit - self.left

    @property
    def percent(self) -> int:
        """Of the day's points that are used up."""
        return round(100 * self.used / self.limit) if self.limit else 0


def meter(account_id: int) -> Meter | None:
    """What is left of the day's points; None as long as no answer told of any."""
    points, at = left(account_id), now()
    if points is None or not points.day_limit or points.day_remaining is None:
        return None
    is_over = points.day_resets_at is not None and points.day_resets_at <= at
    rest = points.day_limit if is_over else min(points.day_remaining, points.day_limit)
    return Meter(
        rest, points.day_limit, points.day_resets_at, rest <= points.day_limit * DAY_RESERVE, pause(points, at)
    )


def scarcest(limits: Limits) -> tuple[int, int] | None:
    """What is left, and of how much, of the budget that is down to its reserve; None while both have plenty."""
    budgets = (
        (limits.minute_limit, limits.minute_remaining, MINUTE_RESERVE),
        (limits.day_limit, limits.day_remaining, DAY_RESERVE),
    )
    low = [(rest, limit) for limit, rest, keep in budgets if limit and rest is not None and rest <= limit * keep]
    return min(low, key=lambda one: one[0] / one[1], default=None)


def _is_worth_writing(account_id: int, new: Level) -> bool:
    with _lock:
        at, before = _written.get(account_id, (float("-inf"), "plenty"))
        if new == before and time.monotonic() - at < _WRITE_SECONDS:
            return False
        _written[account_id] = (time.monotonic(), new)
        return True


def _level_of(limits: Limits) -> Level:
    minute = _share(limits.minute_limit, limits.minute_remaining, MINUTE_RESERVE)
    day = _share(limits.day_limit, limits.day_remaining, DAY_RESERVE)
    return max(minute, day, key=("plenty", "reserve", "out").index)


def _budget(limit: int | None, remaining: int | None, resets_at: datetime | None, at: datetime, keep: float) -> Level:
    return "plenty" if resets_at is None or resets_at <= at else _share(limit, remaining, keep)


def _share(limit: int | None, remaining: int | None, keep: float) -> Level:
    if limit is None or remaining is None:
        return "plenty"
    if remaining <= 0:
        return "out"
    return "reserve" if remaining <= limit * keep else "plenty"


def _later(moment: datetime, seconds: int | None) -> datetime | None:
    """A renewal further away than a month is none."""
    return moment + timedelta(seconds=seconds) if seconds is not None and 0 <= seconds <= 31 * 86_400 else None
