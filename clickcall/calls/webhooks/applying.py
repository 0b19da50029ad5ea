"""Doing what stored notifications say: through the one door for everything that is seen of a call.

What fails by a bug of ours stays *new* and is tried again by the worker, less and less often; applying twice changes
nothing.

`applied_at` of a row that is still *new* is when somebody last began to apply it: whoever wants to try next moves it
on, and only one of several can.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import DatabaseError, transaction
from django.db.models import DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.utils.timezone import now

from ...models import Account, Call, HookDelivery, HookState
from ...models.writing import PreparedUpdate
from ...provider.hooks import from_hook, told_at
from ...provider.sighting import Sighting
from ..sightings import calls_of, take_in

log = logging.getLogger("clickcall.hooks")
BATCH = 100
PATIENCE = timedelta(seconds=15)  # whoever began to apply a row is dead by then, or has failed
_RARELY = timedelta(hours=1)  # the longest pause between two tries
_PROMPT = timedelta(seconds=30)  # the provider's clock and ours may differ by this much
_UPDATE = PreparedUpdate(HookDelivery)


class Told(NamedTuple):
    """What the notification `key` says: what was seen, and when."""

    key: int
    account: Account
    sighting: Sighting
    at: datetime


def apply(delivery: HookDelivery, account: Account) -> bool:
    """Does what a stored notification says. False when that failed; the row stays new. Never raises."""
    try:
        what = [told(delivery, account)]
        with transaction.atomic():  # all that is written in one commit: SQLite's writers queue for each
            do(what)
    except Exception:
        log.exception("notification %s could not be applied; it is kept and tried again", delivery.pk)
        return False
    return True


def told(delivery: HookDelivery, account: Account) -> Told:
    """Reads a stored notification."""
    body = json.loads(delivery.body)
    at = _happened(told_at(body, account.provider_tz), delivery.received_at)
    return Told(delivery.pk, account, from_hook(body, account.provider_tz), at)


def do(what: Sequence[Told]) -> None:
    """Does what they say, those about one call in the order given. Call it in a transaction. Raises what goes wrong.

    By sessions: whoever else does so locks calls in the same order.
    """
    states: dict[HookState, list[int]] = defaultdict(list)
    calls = _calls(what) if len(what) > 1 else {}
    for one in sorted(what, key=lambda one: one.sighting.call_session_id):
        own = calls.get((one.account.pk, one.sighting.call_session_id))
        call = take_in(one.account, one.sighting, one.at, own=own)
        states[HookState.APPLIED if call else HookState.FOREIGN].append(one.key)
    for state, keys in states.items():
        _UPDATE.write_all(keys, {"state": state, "applied_at": now()})


def _calls(what: Sequence[Told]) -> dict[tuple[int, str], Call]:
    """Those that are there, by account and session: one question for each account."""
    sessions: dict[Account, set[str]] = defaultdict(set)
    for one in what:
        sessions[one.account].add(one.sighting.call_session_id)
    return {
        (account.pk, session): call
        for account, some in sessions.items()
        for session, call in calls_of(account, sorted(some)).items()
    }


def leave(delivery: HookDelivery) -> None:
    """Nobody is at it any more: the worker tries it at once. Never raises."""
    try:
        _UPDATE.write(delivery.pk, {"applied_at": None})
    except DatabaseError:
        log.exception("notification %s is left to the worker as it is", delivery.pk)


def apply_waiting() -> int:
    """Applies what is new and whose turn it is; the number of rows applied. A job of the worker."""
    applied = 0
    for delivery in waiting(now())[:BATCH]:
        if _claim(delivery):
            applied += apply(delivery, delivery.account)
    return applied


def waiting(at: datetime) -> "QuerySet[HookDelivery]":
    """New rows that nobody is applying at that time; after a failure a row rests for as long as it is old."""
    rested = ExpressionWrapper(Value(at) - F("applied_at"), output_field=DurationField())
    age = ExpressionWrapper(F("applied_at") - F("received_at"), output_field=DurationField())
    # Written out, because SQLite uses a partial index only for a condition that it can read.
    rows = HookDelivery.objects.filter(state=RawSQL("'new'", [])).annotate(rested=rested, age=age)
    due = Q(applied_at=None) | Q(applied_at__lte=at - PATIENCE) & (Q(rested__gte=F("age")) | Q(rested__gte=_RARELY))
    return rows.filter(due).select_related("account").order_by("received_at")


def _claim(delivery: HookDelivery) -> bool:
    """Whether it is ours to apply now."""
    rows = HookDelivery.objects.filter(pk=delivery.pk, state=HookState.NEW, applied_at=delivery.applied_at)
    return bool(rows.update(applied_at=now()))


def _happened(told: datetime | None, received: datetime) -> datetime:
    """When the event took place: by our clock, unless it was long under way."""
    return told if told and told < received - _PROMPT else received
