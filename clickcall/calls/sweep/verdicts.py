"""What follows from the provider's silence: never a guess, and never before its time.

An *unknown* press becomes *not placed* only when live list and report were asked completely, without an error, later
than the request plus `CLICKCALL_SETTLE_SECONDS`. Until then it stays *unknown*, and it is never sent again. A placed
call that neither of them has shown for `CLICKCALL_GIVE_UP_SECONDS` is given up: its end will not be told any more.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from ... import gateway
from ...models import Call, Dispatch, EventSource
from ..events import Event
from ..lifecycle import Facts
from ..turns import begun


def verdict(call: Call, asked_at: datetime, *, shown: bool, is_complete: bool) -> Iterator[Event]:
    """What is to be told to a call after a look; `call` is read anew for each."""
    if call.dispatch == Dispatch.SENDING and asked_at >= begun(call) + timedelta(seconds=gateway.stale_seconds()):
        yield _event("lost", asked_at, Facts(dispatch=Dispatch.UNKNOWN, cause="process_lost"))
    if not is_complete:
        return
    if call.dispatch == Dispatch.UNKNOWN and not shown and _is_settled(call, asked_at):
        yield _event("not_placed", asked_at, Facts(dispatch=Dispatch.NOT_PLACED, cause="not_found"))
    if _is_placed(call) and (_is_untold(call, asked_at) or (not shown and _is_gone(call, asked_at))):
        yield _event("given_up", asked_at, Facts(given_up_at=asked_at))


def _is_settled(call: Call, asked_at: datetime) -> bool:
    return asked_at > begun(call) + timedelta(seconds=settings.CLICKCALL_SETTLE_SECONDS)


def _is_placed(call: Call) -> bool:
    return call.dispatch in (Dispatch.ACCEPTED, Dispatch.NONE) and not call.is_final


def _is_gone(call: Call, asked_at: datetime) -> bool:
    shown_until = max(at for at in (call.seen_at, call.accepted_at, begun(call)) if at)
    return asked_at > shown_until + timedelta(seconds=settings.CLICKCALL_GIVE_UP_SECONDS)


def _is_untold(call: Call, asked_at: datetime) -> bool:
    """It has ended, and the report does not say how."""
    settled = timedelta(seconds=settings.CLICKCALL_SETTLE_SECONDS)
    return call.finished_at is not None and asked_at > call.finished_at + settled


def _event(kind: str, at: datetime, news: Facts) -> Event:
    return Event(EventSource.SWEEP, kind, at, news)
