"""Where a contact stands in its list's retry plan, as its page says it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ...models import Contact, QueueState
from . import plan
from .skipping import entry_of


def of_contact(contact: Contact, at: datetime) -> dict[str, Any]:
    """`attempt`: which one the next call would be, in words; `next_try`: when it is planned. Empty where it is not.

    The contact comes with its `list` and `queue_entry`.
    """
    entry = entry_of(contact)
    if contact.archived_at or contact.list.archived_at or (entry is None and contact.last_call_id):
        return {}
    if entry and entry.state == QueueState.NO_CONTACT:
        return {"attempt": _("No contact: no more attempts")}
    if entry and entry.state != QueueState.OPEN:
        return {}
    planned = entry.next_attempt_at if entry else None
    return {
        "attempt": plan.attempt_in_words(entry.attempts + 1 if entry else 1, plan.steps_of(contact.list)),
        "next_try": planned if planned and planned > at else None,
    }
