"""What came in raw goes after `CLICKCALL_RAW_DAYS`: notifications whole, of a call's events what was said in them.

A job of the worker, in small batches. Facts that were learnt stay in the call; a notification that could not be applied
yet stays, too.
"""

import time
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils.timezone import now

from ...models import CallEvent, HookDelivery, HookState

BATCH = 500
_REST_SECONDS = 3600.0  # when nothing is left that is old enough
_DONE_UP_TO = "calls.webhooks.raw_days.event"  # in the cache: losing it costs a walk, nothing else

_rests_until = float("-inf")


def forget_raw() -> None:
    """Takes away one batch of each; after that nothing for an hour, if there was no more."""
    global _rests_until
    if time.monotonic() < _rests_until:
        return
    limit = now() - timedelta(days=settings.CLICKCALL_RAW_DAYS)
    more = [_forget_notifications(limit), _forget_events(limit)]
    _rests_until = float("-inf") if any(more) else time.monotonic() + _REST_SECONDS


def wake() -> None:
    """Ends the rest of this process: for tests, whose databases come and go."""
    global _rests_until
    _rests_until = float("-inf")


def _forget_notifications(limit: datetime) -> bool:
    old = HookDelivery.objects.filter(received_at__lt=limit).exclude(state=HookState.NEW).order_by("received_at")
    keys = list(old.values_list("pk", flat=True)[:BATCH])
    HookDelivery.objects.filter(pk__in=keys).delete()
    return len(keys) == BATCH


def _forget_events(limit: datetime) -> bool:
    """By their keys, which rise with time: how far it has come is remembered, so that no row is looked at twice."""
    done = cache.get(_DONE_UP_TO, 0)
    rows = CallEvent.objects.filter(pk__gt=done).order_by("pk").values_list("pk", "at")[:BATCH]
    old = []
    for key, at in rows:
        if at >= limit:
            break
        old.append(key)
    if old:
        CallEvent.objects.filter(pk__in=old).exclude(data={}).update(data={})
        cache.set(_DONE_UP_TO, old[-1], timeout=None)
    return len(old) == BATCH
