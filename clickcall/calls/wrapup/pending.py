"""Which call of a member waits for its outcome: the newest talk that nobody has said anything about."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now

from ...contacts.queue.standing import ASKED_WITHIN
from ...models import Call, CallRules, Dispatch, Member, Origin, Status
from ...models.prepared import Prepared
from .. import lifecycle

_LATEST = 3
USUAL_SECONDS = int(CallRules._meta.get_field("outcome_from_seconds").get_default())


def _talks(account: int, member: int, since: datetime) -> QuerySet[Call, Any]:
    mine = Call.objects.filter(account_id=account, member_id=member, requested_at__gte=since)
    # As a range: by an equation SQLite would look through all talks of the account for the member's own.
    talks = mine.filter(origin=Origin.PRESS, status__range=(Status.TALKED, Status.TALKED), phone_check=None)
    about = ("pk", "wrap_up__decided_at", "talk_duration", "account__rules__outcome_from_seconds")
    return talks.order_by("-requested_at", "-pk").values_list(*about)[:_LATEST]


_TALKS = Prepared(int, int, datetime, ask=_talks)


def unsaid(member: Member) -> int | None:
    """The key of the newest call that the member has to say something about; every press asks."""
    for key, decided, talked, rule in _TALKS.rows(member.account_id, member.pk, now() - ASKED_WITHIN):
        if decided is None and _counts(key, talked, USUAL_SECONDS if rule is None else rule):
            return int(key)
    return None


def _counts(key: int, talked: int | None, seconds: int) -> bool:
    """Whether the talk was long enough; the call itself is looked up only while that was not measured."""
    return talked >= seconds if talked is not None else is_long_enough(Call.objects.get(pk=key), seconds)


def is_long_enough(call: Call, seconds: int) -> bool:
    """Whether people talked so long. Before it was measured, the legs tell."""
    if call.status != Status.TALKED or call.origin != Origin.PRESS:
        return False
    if call.talk_duration is not None:
        return call.talk_duration >= seconds
    began = lifecycle.facts_of(call).talk_began_at
    return bool(began and call.finished_at and (call.finished_at - began).total_seconds() >= seconds)


def can_be_noted(call: Call) -> bool:
    """Whether there may be something to say: not about a call that never went out."""
    return call.dispatch in (Dispatch.NONE, Dispatch.SENDING, Dispatch.ACCEPTED, Dispatch.UNKNOWN)
