"""Taking calls out of everybody else's hands for a while, and giving them back.

A lease is short, and put forward for as long as its holder lives: so the calls of a worker that died are looked at
within `LEASE` by another one, and a provider that takes its time is not asked twice.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils.timezone import now

from ...models import Account, Call
from ...models.calls import CallQuerySet
from ..turns import Turn

log = logging.getLogger("clickcall.sweep")
BATCH = 500  # calls of one account that are asked about at once
LEASE = timedelta(seconds=10)  # how long the calls of a dead worker wait
_PER_LEASE = 3  # how often a living one puts it forward
# Whoever is asked about now is asked about together with those whose turn comes a moment later: the live list is one
# request, and answers for all of them.
_TOGETHER = timedelta(seconds=1.5)


def claim_open(account: Account, *, everything: bool = False, after: int = 0) -> list[Call]:
    """Open calls, from the key `after` on, that nobody holds: all of them or those whose turn it is.

    Their turn is over then: one that somebody asks for meanwhile is not overwritten by `release`.
    """
    moment = now()
    rows = Call.objects.free(moment)
    if not everything:
        rows = rows.due(moment + _TOGETHER)
    return claim(rows.filter(pk__gt=after), account, lease_until=moment + LEASE, next_check_at=None)


@transaction.atomic
def claim(rows: CallQuerySet, account: Account, **marks: datetime | None) -> list[Call]:
    """Marks up to `BATCH` of these calls as one's own."""
    rows = rows.filter(account=account).order_by("pk")
    rows = rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    claimed = list(rows[:BATCH])
    Call.objects.filter(pk__in=[call.pk for call in claimed]).update(**marks)
    for call in claimed:
        call.account = account
        for name, mark in marks.items():
            setattr(call, name, mark)
    return claimed


class Hold:
    """Claimed calls: the column `mark` of their rows says `until`, and nobody else takes them before."""

    def __init__(self, calls: Sequence[Call], mark: str) -> None:
        self.keys, self.mark = [call.pk for call in calls], mark
        self.until: datetime | None = getattr(calls[0], mark)

    def renew(self) -> None:
        """Puts the mark forward where it is still ours."""
        later = now() + LEASE
        rows = Call.objects.filter(pk__in=self.keys, **{self.mark: self.until})
        rows.update(**{self.mark: later})
        self.until = later


@contextmanager
def held(calls: Sequence[Call], mark: str) -> Iterator[Hold]:
    """Keeps claimed calls in our hands, by a thread of its own: a provider may take longer than a lease lasts."""
    hold, ended = Hold(calls, mark), threading.Event()
    thread = threading.Thread(target=_renew_until, args=(hold, ended), name="leases", daemon=True)
    thread.start()
    try:
        yield hold
    finally:
        ended.set()
        thread.join()


def _renew_until(hold: Hold, ended: threading.Event) -> None:
    try:
        while not ended.wait(LEASE.total_seconds() / _PER_LEASE):
            try:
                hold.renew()
            except DatabaseError:
                log.exception("the leases of %d calls were not renewed", len(hold.keys))
                connection.close()  # the next attempt begins with a fresh one
    finally:
        connection.close()


@transaction.atomic
def release(turns: Iterable[Turn], *, marked: datetime | None = None) -> None:
    """Gives leases back and sets the next turns of calls whose `next_check_at` is still as it was `marked`."""
    groups: dict[tuple[datetime | None, datetime | None], list[int]] = defaultdict(list)
    for turn in turns:
        groups[turn.at, turn.seen_at].append(turn.call.pk)
    for (at, seen_at), keys in groups.items():
        calls = Call.objects.filter(pk__in=keys)
        calls.filter(next_check_at=marked).update(next_check_at=at)
        if seen_at:
            calls.update(lease_until=None, fruitless=0, seen_at=seen_at)
        else:
            calls.update(lease_until=None, fruitless=F("fruitless") + 1)
