"""What happened with a contact: its calls, and between them whose client it became."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..models import Call, Contact, Member, OwnerChange
from ..web.paging import Page
from . import callbacks, queue

_MOST = 50  # changes between the calls of one page


@dataclass(frozen=True, slots=True)
class Entry:
    """Either a call or a change of the owner."""

    at: datetime
    call: Call | None = None
    change: OwnerChange | None = None


def note_owners(
    account_id: int, before: Mapping[int, int | None], *, to: int | None, by: Member | None, source: str = ""
) -> None:
    """Writes down that contacts got another owner; `before` names the old one of each. In the change's transaction.

    The old one's promises to them go along, and the queue looks at them anew.
    """
    queue.forget(Contact.objects.filter(pk__in=before).order_by().values_list("list", flat=True).distinct())
    OwnerChange.objects.bulk_create(
        OwnerChange(account_id=account_id, contact_id=contact, before_id=owner, after_id=to, by=by, source=source[:200])
        for contact, owner in before.items()
    )
    if to is not None:
        callbacks.hand_over(before, to=to)


def timeline(contact: Contact, calls: Page[Call]) -> list[Entry]:
    """A page of the contact's calls with what happened between them, newest first."""
    rows = contact.owner_changes.select_related("before", "after", "by")
    if calls.after:
        rows = rows.filter(at__gte=calls.rows[-1].requested_at)
    if calls.before and (newer := _newer(contact, calls.rows[0])):
        rows = rows.filter(at__lt=newer)
    entries = [Entry(call.requested_at, call=call) for call in calls.rows]
    entries += [Entry(change.at, change=change) for change in rows[:_MOST]]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _newer(contact: Contact, call: Call) -> datetime | None:
    """When the call was made with which the page before ends."""
    later = contact.calls.filter(requested_at__gt=call.requested_at).order_by("requested_at")
    return later.values_list("requested_at", flat=True).first()
