"""Calling hours, in the contact's own time. Pure: zone, rules and moment in, answer out."""

from datetime import UTC, date, datetime, time, timedelta

from ...models import CallRules

_SATURDAY = 5
_LOOKS_AHEAD = 8  # days within which there is one with calling hours


def window(rules: CallRules, day: date) -> tuple[int, int]:
    """The hours of a day from and until which calls are made; 24 = midnight."""
    if day.weekday() >= _SATURDAY or day.isoformat() in rules.holidays:
        return rules.weekend_from, rules.weekend_till
    return rules.weekday_from, rules.weekday_till


def is_open(rules: CallRules, there: datetime) -> bool:
    """Whether calls are made at this time of the contact's clock."""
    begin, end = window(rules, there.date())
    return begin <= there.hour < end


def opens_at(rules: CallRules, there: datetime) -> datetime:
    """When calls begin there again after `there`, in the same zone. An hour that the clock skips begins when it has."""
    tz = there.tzinfo
    for ahead in range(_LOOKS_AHEAD):
        day = there.date() + timedelta(days=ahead)
        begin, _end = window(rules, day)
        opens = datetime.combine(day, time(begin % 24), tz)
        opens = opens.astimezone(UTC).astimezone(tz)  # what is no time at all there becomes the one that follows
        if opens.timestamp() > there.timestamp() and is_open(rules, opens):
            return opens
    raise ValueError("no day has calling hours")


def asks_unknown(rules: CallRules, here: datetime) -> bool:
    """Whether it may be night somewhere: from the evening's hour on, and until morning. `here`: the account's clock."""
    begin, _end = window(rules, here.date())
    return here.hour >= rules.unknown_asks_from or here.hour < min(begin, rules.unknown_asks_from)
