"""Every call that the provider's report has of a calendar day."""

import datetime as dt
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from ...models import Account
from ...provider.errors import AnswerUnknown
from ...provider.sighting import Sighting
from ..inquiry import Inquiry, answers

# Around the day: a press of the last second may have begun at the provider a day later, and an hour may live twice.
_AROUND = timedelta(hours=2)
_SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day of an account: from `begins` until before `ends`, 23 to 25 hours where clocks change."""

    date: dt.date
    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, day: dt.date, tz: ZoneInfo) -> "Day":
        return cls(day, _midnight(day, tz), _midnight(day + timedelta(days=1), tz))

    def has(self, moment: datetime | None) -> bool:
        return moment is not None and self.begins <= moment < self.ends


def _midnight(day: dt.date, tz: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tz).astimezone(UTC)


def gather(account: Account, day: dt.date) -> tuple[Day, list[Sighting]]:
    """The day, and what the provider shows of it and of two hours around. Raises `NotAsked`."""
    inquiry = Inquiry(account)
    with answers():
        inquiry.zone()  # may tell the account's, too
        found = Day.of(day, account.tz)
        till = min(found.ends + _AROUND, now() + _AROUND)
        rows = _between(inquiry, found.begins - _AROUND, till)
    # Windows touch, and a row of the second in which they do is in both.
    return found, list({sighting.call_session_id: sighting for sighting in rows}.values())


def _between(inquiry: Inquiry, since: datetime, till: datetime) -> list[Sighting]:
    """A window that holds more than the provider can page through is cut into two."""
    try:
        return inquiry.reported(since, till)
    except AnswerUnknown as error:
        if error.cause != "too_large" or till - since <= _SHORTEST:
            raise
    middle = since + (till - since) / 2
    return [*_between(inquiry, since, middle), *_between(inquiry, middle, till)]
