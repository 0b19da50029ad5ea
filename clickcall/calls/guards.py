"""Questions before a press: people call twice on purpose, machines must not.

A guard here is soft: a page shows what was seen and asks, a command line gets a warning. Hard rules are the form's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists

from ..models import Account, Call, Contact, Dispatch, Member, Origin, VirtualNumber
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
    others = {
        "in_call": live.filter(member=member),
        "number_busy": live.filter(number=number).exclude(member=member),
        "just_called": _just_called(member, phone, at),
    }
    found = [Question(code, others[code].order_by("-requested_at").first()) for code in _there(member, others)]
    return found + _not_yours(member, contact)


def _there(member: Member, others: dict[str, CallQuerySet]) -> list[str]:
    """Which of these calls there are: one small question, since most presses meet none."""
    exist = Account.objects.filter(pk=member.account_id).values_list(*map(Exists, others.values())).get()
    return [code for code, is_there in zip(others, exist, strict=True) if is_there]


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
