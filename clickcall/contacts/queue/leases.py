"""Who has which contact now. A lease ends by itself, so that nobody who goes away takes a contact along."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import now

from ...models import Contact, ContactList, Member, QueueEntry

LASTS = timedelta(minutes=5)  # without a key


def take(contact: Contact, member: Member, at: datetime, seen: QueueEntry | None) -> bool:
    """Gives the contact to the member, unless somebody was quicker. `seen` is its entry as it was judged.

    One statement decides: an update of the entry that was seen, or the insert of a new one.
    """
    if seen is None:
        taken = _insert(contact, member, at)
    else:
        free = Q(leased_to=None) | Q(lease_until__lte=at) | Q(leased_to=member)
        same = {name: getattr(seen, name) for name in ("pk", "state", "attempts", "next_attempt_at", "list_id")}
        unchanged = QueueEntry.objects.filter(free, **same)
        taken = bool(unchanged.update(leased_to=member, lease_until=at + LASTS))
    if taken:
        QueueEntry.objects.held_by(member).exclude(contact=contact).release()
    return taken


def _insert(contact: Contact, member: Member, at: datetime) -> bool:
    try:
        with transaction.atomic():
            QueueEntry.objects.create(
                contact=contact,
                account_id=contact.account_id,
                list_id=contact.list_id,
                leased_to=member,
                lease_until=at + LASTS,
            )
    except IntegrityError:
        return False
    return True


def renew(member: Member) -> bool:
    """Somebody is there: the lease begins anew. False when it has ended already, or there was none."""
    moment = now()
    running = QueueEntry.objects.held_by(member).filter(lease_until__gt=moment)
    return bool(running.update(lease_until=moment + LASTS))


def working(row: ContactList, at: datetime) -> int:
    """How many people have a contact of the list now."""
    running = QueueEntry.objects.filter(list=row, leased_to__isnull=False, lease_until__gt=at)
    return running.order_by().values("leased_to").distinct().count()


def release(member: Member) -> int:
    """Gives back what the member has: a break, or the end of the day. How many they were."""
    return QueueEntry.objects.held_by(member).release()
