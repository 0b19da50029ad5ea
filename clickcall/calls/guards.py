"""Questions before a press: people call twice on purpose, machines must not.

A guard here is soft: a page shows what was seen and asks, a command line gets a warning. Hard rules are the form's.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.db.models import Exists, QuerySet

from ..contacts.rules import Finding, Verdict
from ..models import RANG_NOBODY, Account, Call, Contact, Member, Origin, VirtualNumber
from ..models.calls import CallQuerySet
from ..models.prepared import Prepared

# A call that has been open for longer is no reason to ask: its end got lost, the sweep looks after it.
_LONGEST_CALL = timedelta(hours=4)
_FREE = Verdict()


@dataclass(frozen=True)
class Question:
    """`code`, and what was seen: other calls, whose client it is, or what a company rule found."""

    code: str
    seen: Callable[[], CallQuerySet] | None = None
    owner: Member | None = None
    finding: Finding | None = None

    @property
    def needs_reason(self) -> bool:
        """Whether going on has to be explained."""
        return self.finding is not None and self.finding.needs_reason

    @cached_property
    def call(self) -> Call | None:
        """The newest of the calls that were seen: looked up only when somebody is really asked."""
        return self.seen().order_by("-requested_at", "-pk").first() if self.seen else None


def as_answer(asked: Iterable[Question]) -> str:
    """What a page sends to confirm these questions, and no others: see `answered`."""
    return ",".join(question.code for question in asked)


def answered(text: str) -> frozenset[str]:
    """The codes of the questions that a page says were shown and confirmed."""
    return frozenset(text.split(","))


def _mine(member: int, since: datetime) -> CallQuerySet:
    return Call.objects.open().filter(member_id=member, requested_at__gte=since, finished_at=None)


def _from_here(number: int, member: int, since: datetime) -> CallQuerySet:
    """A colleague's call from the same number."""
    calls = Call.objects.open().filter(number_id=number, requested_at__gte=since, finished_at=None)
    return calls.exclude(member_id=member)


def _just_called(account: int, phone: str, since: datetime) -> CallQuerySet:
    """The same phone a moment ago, by anybody; presses that rang nobody do not count."""
    calls = Call.objects.filter(account_id=account, contact_phone=phone, requested_at__gte=since)
    return calls.filter(origin=Origin.PRESS).exclude(dispatch__in=RANG_NOBODY)


def _guards(
    account: int, member: int, number: int, since: datetime, phone: str, lately: datetime
) -> dict[str, Callable[[], CallQuerySet]]:
    """The calls that a press may meet, by the question's code."""
    return {
        "in_call": partial(_mine, member, since),
        "number_busy": partial(_from_here, number, member, since),
        "just_called": partial(_just_called, account, phone, lately),
    }


def _which(account: int, *about: Any) -> QuerySet[Account, tuple[bool, ...]]:
    """For each of the guards whether there is such a call. Most presses meet none, and each press asks."""
    met = [Exists(seen().order_by()) for seen in _guards(account, *about).values()]
    return Account.objects.filter(pk=account).order_by().values_list(*met)


_WHICH = Prepared(int, int, int, datetime, str, datetime, ask=_which)


def questions(
    *,
    member: Member,
    number: VirtualNumber,
    contact: Contact | None,
    phone: str,
    at: datetime,
    verdict: Verdict = _FREE,
) -> list[Question]:
    """What to ask before this press; the company rules, which may want a reason, come last.

    `verdict` is theirs. Call it with the member's row locked.
    """
    lately = at - timedelta(seconds=settings.CLICKCALL_JUST_CALLED_SECONDS)
    about = (member.account_id, member.pk, number.pk, at - _LONGEST_CALL, phone, lately)
    guards = zip(_guards(*about).items(), _WHICH.rows(*about)[0], strict=True)
    return [
        *(Question(code, seen) for (code, seen), met in guards if met),
        *_not_yours(member, contact),
        *(Question(finding.code, finding=finding) for finding in verdict.findings),
    ]


def _not_yours(member: Member, contact: Contact | None) -> list[Question]:
    if contact is None or contact.owner_id in (None, member.pk):
        return []
    owner = contact.owner
    return [Question("not_yours", owner=owner)] if owner and not owner.archived_at else []
