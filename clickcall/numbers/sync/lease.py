"""The right to fetch an account's data: one run at a time, whatever process it is in."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db.models import Q
from django.utils.timezone import now

from ...models import Account, Synchronisation

# Between two holds lies one page of a list: a request, and at most a log-in and a second key before it.
_LEASE = timedelta(seconds=180)


class LeaseLost(Exception):  # noqa: N818 - somebody else has taken over
    """This run was so slow that another one has begun."""


class Lease:
    """Held by whoever knows the moment that it ends at."""

    def __init__(self, account: Account, until: datetime) -> None:
        self._mine = Synchronisation.objects.filter(account=account)
        self._until = until

    @classmethod
    def take(cls, account: Account, steps: int) -> Self | None:
        """Begins a run of so many steps; None while somebody else is at it."""
        moment = now()
        row, _new = Synchronisation.objects.get_or_create(account=account)
        free = Synchronisation.objects.filter(Q(lease_until=None) | Q(lease_until__lte=moment), pk=row.pk)
        begun = {"started_at": moment, "step": "", "done": 0, "total": steps, "problem": ""}
        taken = free.update(lease_until=moment + _LEASE, **begun)
        return cls(account, moment + _LEASE) if taken else None

    def hold(self, **columns: Any) -> None:
        """Goes on for another while, and writes how far the run has come. Raises `LeaseLost`."""
        self._write(lease_until=now() + _LEASE, **columns)

    def end(self, **columns: Any) -> None:
        """Lets the next run begin when its time has come. Raises `LeaseLost`."""
        self._write(lease_until=None, step="", **columns)

    def _write(self, *, lease_until: datetime | None, **columns: Any) -> None:
        if not self._mine.filter(lease_until=self._until).update(lease_until=lease_until, **columns):
            raise LeaseLost
        if lease_until:
            self._until = lease_until
