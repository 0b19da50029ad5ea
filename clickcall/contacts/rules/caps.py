"""Attempts: how often a phone was rung today, and in 30 days since somebody last talked to its owner.

An attempt is a press that the provider accepted and that rang the client. Presses that were refused, not sent or not
placed, or that "I did not pick up" stopped, are none. A talk with an answering machine is no talk.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from ...models import Call, CallRules, Dispatch, Effect, Origin, Status
from ...models.calls import CallQuerySet

DAYS = 30
MOST = 200  # calls of one phone that are looked at; caps are lower
_CAME_TO_THE_CLIENT = (
    Status.RINGING_CONTACT,
    Status.TALKING,
    Status.TALKED,
    Status.NO_ANSWER,
    Status.BUSY,
    Status.UNAVAILABLE,
)
ATTEMPT = Q(origin=Origin.PRESS, dispatch=Dispatch.ACCEPTED) & (
    Q(status__in=_CAME_TO_THE_CLIENT) | Q(contact_ringing_at__isnull=False)
)
_COLUMNS = ("contact_phone", "requested_at", "origin", "talk_duration", "wrap_up__outcome__effect")


@dataclass(frozen=True, slots=True)
class Attempts:
    """How many there were today, and in `DAYS` days since the last talk."""

    day: int = 0
    month: int = 0


NONE = Attempts()
Row = Sequence[object]


def calls(account: int, since: datetime, *phones: str) -> CallQuerySet:
    """Attempts and talks of these phones since then, by phone, each one's newest first; see `count` for the columns.

    In the order of the phones' own index: newest first of all, SQLite would walk through every call of the month.
    """
    of_phones = Call.objects.filter(account_id=account, contact_phone__in=phones, requested_at__gte=since)
    found = of_phones.filter(ATTEMPT | Q(talk_duration__gt=0)).order_by("contact_phone", "-requested_at")
    return found.values_list(*_COLUMNS)[: MOST * len(phones)]  # type: ignore[return-value]


def begins(at: datetime, tz: ZoneInfo) -> tuple[datetime, datetime]:
    """When the account's day began, and its last 30 days."""
    day = datetime.combine(at.astimezone(tz).date(), time(), tz)
    return day, day - timedelta(days=DAYS - 1)


def count(rows: Iterable[Sequence[object]], day: datetime, rules: CallRules) -> dict[str, Attempts]:
    """By phone, from rows of `calls`."""
    today: dict[str, int] = {}
    month: dict[str, int] = {}
    talked: set[str] = set()
    for phone, at, origin, seconds, effect in rows:
        assert isinstance(phone, str)  # noqa: S101 - a column of text
        if origin == Origin.PRESS:
            if at >= day:  # type: ignore[operator]
                today[phone] = today.get(phone, 0) + 1
            if phone not in talked and not _is_talk(seconds, effect, rules):
                month[phone] = month.get(phone, 0) + 1
        if _is_talk(seconds, effect, rules):
            talked.add(phone)
    return {phone: Attempts(today.get(phone, 0), month.get(phone, 0)) for phone in {*today, *month}}


def _is_talk(seconds: object, effect: object, rules: CallRules) -> bool:
    return isinstance(seconds, int) and seconds >= rules.reached_from_seconds and effect != Effect.MACHINE
