"""The next contact for a member: whom, and why now. The queue offers; a person presses."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import now

from ...models import Callback, Contact, ContactList, Member, QueueEntry
from . import leases
from .candidates import Walk, open_callbacks
from .skipping import Sieve, entry_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A contact that nobody else is offered now. `kind` is why: callback, put_off, new, again."""

    contact: Contact
    callback: Callback | None
    entry: QueueEntry | None

    @property
    def kind(self) -> str:
        if self.callback:
            return "callback"
        if self.entry and self.entry.postponed_by_id:
            return "put_off"
        return "new" if self.contact.last_call_id is None else "again"

    @property
    def attempt(self) -> int:
        """Which attempt without a talk the next call would be."""
        return self.entry.attempts + 1 if self.entry else 1


@dataclass(frozen=True, slots=True)
class Found:
    """`opens_at`: when somebody can be called, if it is the hour alone that forbids it. `cut`: there may be more."""

    offer: Offer | None
    opens_at: datetime | None = None
    cut: bool = False


def next_for(member: Member, list: ContactList) -> Offer | None:  # noqa: A002
    """The contact to call next, given to this member and to nobody else; the same one until it is dealt with."""
    return seek(member, list).offer


def seek(member: Member, list: ContactList) -> Found:  # noqa: A002
    """As `next_for`, and what was seen on the way."""
    at = now()
    walk, sieve = Walk(member, list, at), Sieve(member, at)
    if (had := running(member, at)) and had.list_id == list.pk and (kept := sieve.free([had.contact])):
        leases.renew(member)
        return Found(Offer(kept[0][0], kept[0][1], had))
    for batch in walk.batches():
        for contact, promise in sieve.free(batch):
            entry = entry_of(contact)
            if leases.take(contact, member, at, entry):
                return Found(Offer(contact, promise, entry))
    leases.release(member)
    return Found(None, sieve.opens_at, walk.cut)


def running(member: Member, at: datetime) -> QueueEntry | None:
    """The entry that the member has now."""
    entry = held(member)
    return entry if entry and entry.lease_until and entry.lease_until > at else None


def held(member: Member) -> QueueEntry | None:
    """What the member was given last and nobody took over, whether the lease still runs or not."""
    mine = QueueEntry.objects.held_by(member).filter(contact__archived_at=None)
    rows = mine.select_related("contact__last_call", "contact__owner", "postponed_by")
    entry = rows.prefetch_related("contact__phones").order_by("-lease_until").first()
    if entry:
        entry.contact.queue_entry = entry
    return entry


def offer_of(entry: QueueEntry, member: Member) -> Offer:
    """An entry that a member has, with the reason why now."""
    promises = open_callbacks(member, [entry.contact], now())
    return Offer(entry.contact, promises.get(entry.contact_id), entry)
