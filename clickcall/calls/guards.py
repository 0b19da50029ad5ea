"""Questions before a press: people call twice on purpose, machines must not.

A guard here is soft: a page shows what was seen and asks, a command line gets a warning. Hard rules are the form's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial

from django.conf import settings

from ..contacts.rules import Finding, Verdict
from ..models import Call, Contact, Dispatch, Member, Origin, VirtualNumber
from ..models.calls import CallQuerySet
from ..models.prepared import Prepared, whether

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


class _Guard:
    """Asks when there is such a call. Most presses meet none, and each press asks: so the question is prepared."""

    def __init__(self, code: str, seen: Callable[..., CallQuerySet], *kinds: type[int | str | datetime]) -> None:
        self.code = code
        self.seen = seen
        self.prepared = Prepared(*kinds, ask=lambda *values: whether(seen(*values)))

    def questions(self, *values: int | str | datetime) -> list[Question]:
        return [Question(self.code, partial(self.seen, *values))] if self.prepared.any(*values) else []


def _live(account: int, since: datetime) -> CallQuerySet:
    return Call.objects.open().filter(account_id=account, requested_at__gte=since, finished_at=None)


def _mine(account: int, since: datetime, member: int) -> CallQuerySet:
    return _live(account, since).filter(member_id=member)


def _from_here(account: int, since: datetime, number: int, member: int) -> CallQuerySet:
    """A colleague's call from the same number."""
    return _live(account, since).filter(number_id=number).exclude(member_id=member)


def _just_called(account: int, since: datetime, phone: str) -> CallQuerySet:
    """The same phone a moment ago, by anybody; presses that rang nobody do not count."""
    rang_nobody = (Dispatch.NOT_SENT, Dispatch.NOT_PLACED, Dispatch.REFUSED)
    calls = Call.objects.filter(account_id=account, contact_phone=phone, requested_at__gte=since)
    return calls.filter(origin=Origin.PRESS).exclude(dispatch__in=rang_nobody)


_IN_CALL = _Guard("in_call", _mine, int, datetime, int)
_NUMBER_BUSY = _Guard("number_busy", _from_here, int, datetime, int, int)
_JUST_CALLED = _Guard("just_called", _just_called, int, datetime, str)


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
    account, since = member.account_id, at - _LONGEST_CALL
    lately = at - timedelta(seconds=settings.CLICKCALL_JUST_CALLED_SECONDS)
    return [
        *_IN_CALL.questions(account, since, member.pk),
        *_NUMBER_BUSY.questions(account, since, number.pk, member.pk),
        *_JUST_CALLED.questions(account, lately, phone),
        *_not_yours(member, contact),
        *(Question(finding.code, finding=finding) for finding in verdict.findings),
    ]


def _not_yours(member: Member, contact: Contact | None) -> list[Question]:
    if contact is None or contact.owner_id in (None, member.pk):
        return []
    owner = contact.owner
    return [Question("not_yours", owner=owner)] if owner and not owner.archived_at else []
