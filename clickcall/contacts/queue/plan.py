"""A list's retry plan: when somebody who was not reached is to be called again.

A plan is a list of steps, one for each attempt without a talk; after one attempt more the contact has *no contact*.
Pure: plan, attempts, moment and zone in, time out.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...models import ContactList

OTHER_HALF = "other_half"
WAITS = {
    "30m": timedelta(minutes=30),
    "1h": timedelta(hours=1),
    "2h": timedelta(hours=2),
    "4h": timedelta(hours=4),
    "1d": timedelta(days=1),
    "2d": timedelta(days=2),
    "3d": timedelta(days=3),
    "7d": timedelta(days=7),
}
STEPS: dict[str, "str | Promise"] = {
    "30m": gettext_lazy("in 30 minutes"),
    "1h": gettext_lazy("in an hour"),
    "2h": gettext_lazy("in 2 hours"),
    "4h": gettext_lazy("in 4 hours"),
    OTHER_HALF: gettext_lazy("in the other half of the next day"),
    "1d": gettext_lazy("in a day"),
    "2d": gettext_lazy("in 2 days"),
    "3d": gettext_lazy("in 3 days"),
    "7d": gettext_lazy("in a week"),
}
USUAL = ("2h", OTHER_HALF, "3d")
MOST = 6  # steps of a plan
# The halves of a working day, and the hour in the middle of each.
_NOON, _MORNING, _AFTERNOON = time(14), time(11), time(16)


def steps_of(list: ContactList) -> tuple[str, ...]:  # noqa: A002
    """The list's own steps, else the usual ones."""
    return tuple(step for step in list.retry_plan if step in STEPS) or USUAL


def next_attempt(steps: Sequence[str], attempts: int, at: datetime, zone: ZoneInfo) -> datetime | None:
    """When to call after so many attempts, the last of which ended at `at`; None = no contact."""
    if attempts > len(steps):
        return None
    step = steps[max(attempts, 1) - 1]
    return other_half(at, zone) if step == OTHER_HALF else at + WAITS[step]


def other_half(at: datetime, zone: ZoneInfo) -> datetime:
    """Tomorrow afternoon for a morning, tomorrow morning for an afternoon, by the clocks of the zone."""
    there = at.astimezone(zone)
    hour = _AFTERNOON if there.time() < _NOON else _MORNING
    return datetime.combine(there.date() + timedelta(days=1), hour, zone)


def in_words(steps: Sequence[str]) -> str:
    """The plan as a sentence."""
    said = ", ".join(str(STEPS[step]) for step in steps)
    attempts = len(steps) + 1
    end = ngettext("after %(n)d attempt “no contact”", "after %(n)d attempts “no contact”", attempts) % {"n": attempts}
    return _("Again %(steps)s; %(end)s") % {"steps": said, "end": end}


def attempt_in_words(attempt: int, steps: Sequence[str]) -> str:
    """Which attempt without a talk the next call would be; beyond a plan that was made shorter, without its end."""
    total = len(steps) + 1
    if attempt > total:
        return _("Attempt %(n)s") % {"n": attempt}
    return _("Attempt %(n)s of %(total)s") % {"n": attempt, "total": total}
