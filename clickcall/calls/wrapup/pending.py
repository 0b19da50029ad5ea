"""Which call of a member waits for its outcome: the newest talk that nobody has said anything about.

A talk counts as the caller's own once the provider has told its end with the reason, which may be that a colleague
picked up. A notification tells the end without the reason; until the report does, the names tell whose talk it was.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now

from ...contacts.queue.standing import ASKED_WITHIN
from ...models import Call, CallRules, Dispatch, Member, Origin, Status
from ...models.prepared import Prepared
from .. import lifecycle
from ..whose import is_linked, is_somebody_else

_LATEST = 3
_TOLD_WITHIN = timedelta(minutes=1)  # the worker looks for the reason every few seconds for so long
USUAL_SECONDS = int(CallRules._meta.get_field("outcome_from_seconds").get_default())


def _talks(member: int, since: datetime) -> QuerySet[Call, Any]:
    # Of the member alone, whose account is theirs: that leads to the index of such talks.
    mine = Call.objects.filter(member_id=member, requested_at__gte=since)
    talks = mine.filter(origin=Origin.PRESS, status=Status.TALKED, phone_check=None)
    about = ("pk", "wrap_up__decided_at", "talk_duration", "finish_reason", "account__rules__outcome_from_seconds")
    return talks.order_by("-requested_at", "-pk").values_list(*about)[:_LATEST]


_TALKS = Prepared(int, datetime, ask=_talks)


def unsaid(member: Member) -> int | None:
    """The key of the newest call that the member has to say something about; every press asks."""
    for key, decided, talked, reason, rule in _TALKS.rows(member.pk, now() - ASKED_WITHIN):
        if decided is None and _counts(key, talked, reason, USUAL_SECONDS if rule is None else rule):
            return int(key)
    return None


def _counts(key: int, talked: int | None, reason: str, seconds: int) -> bool:
    """Whether there is something to say; the call itself is looked up only while the report has not told of it."""
    if talked is not None and reason:
        return talked >= seconds
    return is_to_be_said(Call.objects.select_related("member__employee").get(pk=key), seconds)


def is_to_be_said(call: Call, seconds: int) -> bool:
    """Whether the caller talked so long, and not a colleague. Before it was measured, the legs tell."""
    if call.status != Status.TALKED or call.origin != Origin.PRESS or is_perhaps_a_colleagues(call):
        return False
    if call.talk_duration is not None:
        return call.talk_duration >= seconds
    began = lifecycle.facts_of(call).talk_began_at
    return bool(began and call.finished_at and (call.finished_at - began).total_seconds() >= seconds)


def is_perhaps_a_colleagues(call: Call) -> bool:
    """Whether the reason of an ended press is not told yet, and nothing says that it was the caller who talked.

    That a linked caller was another is sure; of the others it is assumed only as long as the reason may come soon.
    """
    if call.finish_reason or call.given_up_at or call.finished_at is None or call.member is None:
        return False
    name = call.answered_by or call.employee_name
    if name and not is_somebody_else(name, call.member):
        return False
    return bool(name and is_linked(call.member)) or comes_soon(call)


def comes_soon(call: Call) -> bool:
    """Whether the worker is looking for the reason of a call that has ended."""
    return not call.finish_reason and call.finished_at is not None and now() < call.finished_at + _TOLD_WITHIN


def can_be_noted(call: Call) -> bool:
    """Whether there may be something to say: not about a call that never went out."""
    return call.dispatch in (Dispatch.NONE, Dispatch.SENDING, Dispatch.ACCEPTED, Dispatch.UNKNOWN)
