"""Questions before a press: people call twice on purpose, machines must not.

A guard here is soft: a page shows what was seen and asks, a command line gets a warning. Hard rules are the form's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from ..models import Call, Contact, Dispatch, Member, Origin, VirtualNumber

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
    live = _live(member, number, at)
    found = [
        _first("in_call", [call for call in live if call.member_id == member.pk]),
        _first("number_busy", [call for call in live if call.member_id != member.pk]),
        _just_called(member, phone, at),
        _not_yours(member, contact),
    ]
    return [question for question in found if question]


def _live(member: Member, number: VirtualNumber, at: datetime) -> list[Call]:
    open_calls = Call.objects.open().filter(account_id=member.account_id, requested_at__gte=at - _LONGEST_CALL)
    mine_or_here = open_calls.filter(member=member) | open_calls.filter(number=number)
    return list(mine_or_here.order_by("-requested_at"))


def _first(code: str, calls: list[Call]) -> Question | None:
    return Question(code, calls[0]) if calls else None


def _just_called(member: Member, phone: str, at: datetime) -> Question | None:
    """The same phone a moment ago, by anybody; presses that rang nobody do not count."""
    since = at - timedelta(seconds=settings.CLICKCALL_JUST_CALLED_SECONDS)
    rang_nobody = (Dispatch.NOT_SENT, Dispatch.NOT_PLACED, Dispatch.REFUSED)
    calls = Call.objects.filter(
        account_id=member.account_id, contact_phone=phone, requested_at__gte=since, origin=Origin.PRESS
    ).exclude(dispatch__in=rang_nobody)
    return _first("just_called", list(calls.order_by("-requested_at")[:1]))


def _not_yours(member: Member, contact: Contact | None) -> Question | None:
    owner = contact.owner if contact else None
    if owner is None or owner.pk == member.pk or owner.archived_at:
        return None
    return Question("not_yours", owner=owner)
