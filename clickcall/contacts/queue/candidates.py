"""Whom a list has to offer, in the order of offering, a batch at a time: promised, never worked, due by the plan.

Every tier walks an index from where the walk before it found something, so that a list of a million contacts costs as
much as one of fifty. Nothing is counted, and nothing is skipped for good: where a walk begins is forgotten soon.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ...models import Callback, Contact, ContactList, Member, QueueEntry
from ..callbacks import due as callbacks_due
from .places import Places

BATCH = 50
FIRST_BATCH = 10  # mostly one of the first few is free, and somebody waits for it
MOST_BATCHES = 20  # of one tier in one walk; the next walk goes on behind them
_FEW = 3  # batches
_GOES_ON = 120  # seconds for which a walk begins behind those that the one before it had to skip
_WORTH = 500  # worked contacts that are not worth remembering


@dataclass
class Walk:
    """One member's search in one list. `cut` tells that there is more behind what was looked at."""

    member: Member
    row: ContactList
    at: datetime
    cut: bool = field(default=False)

    def batches(self) -> Iterator[list[Contact]]:
        """Contacts that may be offered, as far as their own rows tell."""
        yield from self._promised()
        yield from self._started()
        yield from self._never_worked()
        yield from self._due()

    def _people(self) -> "QuerySet[Contact]":
        """On the list now, and nobody else's."""
        owner = Q(owner=None) | Q(owner=self.member) | Q(owner__archived_at__isnull=False)
        rows = Contact.objects.active().filter(owner, list=self.row)
        return rows.select_related("last_call", "queue_entry").prefetch_related("phones")

    def _promised(self) -> Iterator[list[Contact]]:
        """Callbacks that are due: first the member's own, then anyone's."""
        due = callbacks_due(self.member, self.at).filter(contact__list=self.row)
        for own in (Q(member=self.member), ~Q(member=self.member)):
            keys = list(dict.fromkeys(due.filter(own).values_list("contact", flat=True)[:BATCH]))
            found = Contact.objects.select_related("last_call", "queue_entry").prefetch_related("phones").in_bulk(keys)
            if found:
                yield [found[key] for key in keys]

    def _started(self) -> Iterator[list[Contact]]:
        """Given to somebody, and never called."""
        entries = QueueEntry.objects.open().filter(list=self.row, next_attempt_at=None)
        yield from self._rows(entries.order_by("contact").values_list("contact", flat=True)[:BATCH])

    def _never_worked(self) -> Iterator[list[Contact]]:
        """In the order in which they came to the list."""
        worked = QueueEntry.objects.filter(contact=OuterRef("pk"))
        fresh = self._people().filter(~Exists(worked)).order_by("pk")
        worked_until, seen_until = self._places.recall("worked", "new")
        begin = worked_until or 0  # nobody looks at contacts that were all worked: new ones come behind them
        after = max(begin, seen_until or 0)
        for turn in range(MOST_BATCHES):
            rows = list(fresh.filter(pk__gt=after)[: BATCH if turn else min(BATCH, FIRST_BATCH)])
            if not rows:
                return
            if after == begin and rows[0].pk - begin > _WORTH:
                self._places.keep("worked", rows[0].pk - 1)
            yield rows
            after = rows[-1].pk
            self._remember("new", after, turn)
        self.cut = True

    def _due(self) -> Iterator[list[Contact]]:
        """By their next attempt."""
        entries = QueueEntry.objects.open().filter(list=self.row, next_attempt_at__lte=self.at)
        entries = entries.order_by("next_attempt_at", "contact")
        (after,) = self._places.recall("due")
        for turn in range(MOST_BATCHES):
            keys = list(_behind(entries, after).values_list("next_attempt_at", "contact")[:BATCH])
            if not keys:
                return
            yield from self._rows([contact for _at, contact in keys])
            after = keys[-1]
            self._remember("due", after, turn)
        self.cut = True

    def _rows(self, keys: Any) -> Iterator[list[Contact]]:
        order = list(keys)
        found = {row.pk: row for row in self._people().filter(pk__in=order)}
        if found:
            yield [found[key] for key in order if key in found]

    def _remember(self, tier: str, after: object, turn: int) -> None:
        """Where the next walk may begin. A few that are skipped are looked at each time: they may be free by then."""
        if turn >= _FEW:
            self._places.keep(tier, after, _GOES_ON)

    @cached_property
    def _places(self) -> Places:
        return Places(self.member, self.row, self.at)


def _behind(entries: "QuerySet[QueueEntry]", after: tuple[datetime, int] | None) -> "QuerySet[QueueEntry]":
    if after is None:
        return entries
    at, contact = after
    return entries.filter(Q(next_attempt_at__gt=at) | Q(contact__gt=contact), next_attempt_at__gte=at)


def open_callbacks(member: Member, contacts: list[Contact], at: datetime) -> dict[int, Callback]:
    """By contact, the earliest promise that nobody has kept; one that is due and for the member goes before others'."""
    open_ones = Callback.objects.filter(contact__in=contacts, done_at=None).select_related("member")
    rows = sorted(open_ones, key=lambda row: (row.due_at > at or not row.is_for(member), row.due_at, row.pk))
    return {row.contact_id: row for row in reversed(rows)}
