"""Taking calls out of everybody else's hands for a while, and giving them back."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils.timezone import now

from ...models import Account, Call
from ...models.calls import CallQuerySet
from ..turns import Turn

BATCH = 500  # calls of one account that are asked about at once
LEASE = timedelta(seconds=60)  # longer than one round of questions may take
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
    return claimed


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
