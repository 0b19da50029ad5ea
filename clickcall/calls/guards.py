"""Questions before a press: people call twice on purpose, machines must not.

A guard here is soft: a page shows what was seen and asks, a command line gets a warning. Hard rules are the form's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from ..models import Call, Contact, Dispatch, Member, Origin, VirtualNumber
from ..models.calls import CallQuerySet

# A call that has been open for longer is no reason to ask: its end got lost, the sweep looks after it.
_LONGEST_CALL = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Question:
    """`code`, and what was seen: the other call and, where a person is meant, who."""

    code: str
    call: Call | None = None
    owner: Member | None = None


def questions(
    *, member: Member, number: VirtualNumber, contact: Contact | None, phone: str, at: datetime
) -> list[Question]:
    """What to ask before this press, the most pressing first. Call it with the member's row locked."""
    since = at - _LONGEST_CALL
    live = Call.objects.open().filter(account_id=member.account_id, requested_at__gte=since)
    found = [
        *_newest("in_call", live.filter(member=member)),
        *_newest("number_busy", live.filter(number=number).exclude(member=member)),
        *_newest("just_called", _just_called(member, phone, at)),
    ]
    return found + _not_yours(member, contact)


def _newest(code: str, calls: CallQuerySet) -> list[Question]:
    """About the newest of these calls. Most presses meet none, and whether there is one is quickly asked."""
    return [Question(code, calls.order_by("-requested_at").first())] if calls.exists() else []


def _just_called(member: Member, phone: str, at: datetime) -> CallQuerySet:
    """The same phone a moment ago, by anybody; presses that rang nobody do not count."""
    since = at - timedelta(seconds=settings.CLICKCALL_JUST_CALLED_SECONDS)
    rang_nobody = (Dispatch.NOT_SENT, Dispatch.NOT_PLACED, Dispatch.REFUSED)
    return Call.objects.filter(
        account_id=member.account_id, contact_phone=phone, requested_at__gte=since, origin=Origin.PRESS
    ).exclude(dispatch__in=rang_nobody)


def _not_yours(member: Member, contact: Contact | None) -> list[Question]:
    owner = contact.owner if contact else None
    if owner is None or owner.pk == member.pk or owner.archived_at:
        return []
    return [Question("not_yours", owner=owner)]
