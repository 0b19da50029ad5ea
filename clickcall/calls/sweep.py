"""Looking after calls that are not final: what does the provider know about them?

The table itself is the queue: open calls whose turn it is are claimed by a lease, asked about with one `list.calls` and
one `get.calls_report` per account, and told what was found through `apply_event`. A worker that dies leaves nothing
behind but a lease that ends by itself, and any number of workers share the work.

An *unknown* press becomes *not placed* only when both were asked completely, without an error, later than the request
plus `CLICKCALL_SETTLE_SECONDS`. Until then it stays *unknown*: it is never guessed about and never sent again.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import now

from .. import gateway
from ..models import Account, Call, Dispatch, EventSource
from . import services
from .events import Event, seen
from .inquiry import Found, NotAsked, ask
from .lifecycle import Facts

log = logging.getLogger("clickcall.sweep")
BATCH = 200  # calls of one account in one round
_LEASE = timedelta(seconds=60)  # longer than one round of questions may take
_CLOCKS = timedelta(minutes=5)  # the provider's clock and ours may differ by this much


@dataclass(slots=True)
class SweepResult:
    """`asked` calls were asked about, `changed` of them learnt something; accounts whose provider did not answer."""

    asked: int = 0
    changed: int = 0
    failed_accounts: list[str] = field(default_factory=list)


def sweep_round(*, everything: bool = False, alive: Callable[[], None] = lambda: None) -> SweepResult:
    """One round over all accounts; `everything` also takes calls whose turn has not come. `alive` is called between."""
    result = SweepResult()
    due = Call.objects.open() if everything else Call.objects.due(now())
    for account in Account.objects.filter(pk__in=due.values("account_id").distinct()):
        alive()
        _sweep_account(account, result, everything=everything)
    return result


def _sweep_account(account: Account, result: SweepResult, *, everything: bool) -> None:
    claimed = _claim(account, everything=everything)
    while claimed:
        asked_at = now()
        try:
            found = ask(account, claimed, round_id=uuid.uuid4().hex[:12])
        except NotAsked as error:
            log.warning("account %s could not be asked: %s", account.slug, error)
            result.failed_accounts.append(account.slug)
            found = None
        result.asked += len(claimed)
        result.changed += sum(_tell(call, found, asked_at) for call in claimed)
        _release(claimed, asked_at)
        more = everything and found is not None and len(claimed) == BATCH
        claimed = _claim(account, everything=True, after=claimed[-1].pk) if more else []


def _claim(account: Account, *, everything: bool, after: int = 0) -> list[Call]:
    """Takes the lease of calls that nobody holds."""
    moment = now()
    with transaction.atomic():
        rows = Call.objects.due(moment) if not everything else Call.objects.free(moment)
        rows = rows.filter(account=account, pk__gt=after).order_by("pk")
        rows = rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        claimed = list(rows[:BATCH])
        Call.objects.filter(pk__in=[call.pk for call in claimed]).update(lease_until=moment + _LEASE)
    return claimed


def _release(calls: list[Call], asked_at: datetime) -> None:
    turn = asked_at + timedelta(seconds=settings.CLICKCALL_SWEEP_SECONDS)
    Call.objects.filter(pk__in=[call.pk for call in calls]).exclude(dispatch=Dispatch.SENDING).update(
        lease_until=None, next_check_at=turn
    )
    Call.objects.filter(pk__in=[call.pk for call in calls], dispatch=Dispatch.SENDING).update(lease_until=None)


def _tell(call: Call, found: Found | None, asked_at: datetime) -> bool:
    """Applies what was found about one call. True when something was new."""
    before = (call.dispatch, call.status, call.is_final)
    for sighting in found.of(call, _CLOCKS) if found else []:
        if call.call_session_id and sighting.call_session_id != call.call_session_id:
            _alarm(call, sighting.call_session_id)
        else:
            call = services.apply_event(call, seen(sighting, asked_at))
    if call.dispatch == Dispatch.SENDING and _is_stale(call, asked_at):
        call = services.apply_event(call, _lost(asked_at))
    if found is not None and call.dispatch == Dispatch.UNKNOWN and _may_settle(call, asked_at):
        call = services.apply_event(call, _settled(asked_at))
    return before != (call.dispatch, call.status, call.is_final)


def _is_stale(call: Call, at: datetime) -> bool:
    """The process that sent it must be dead."""
    begun = call.attempted_at or call.requested_at
    return at >= begun + timedelta(seconds=gateway.stale_seconds())


def _may_settle(call: Call, asked_at: datetime) -> bool:
    begun = call.attempted_at or call.requested_at
    return asked_at > begun + timedelta(seconds=settings.CLICKCALL_SETTLE_SECONDS)


def _lost(at: datetime) -> Event:
    return Event(EventSource.SWEEP, "lost", at, Facts(dispatch=Dispatch.UNKNOWN, cause="process_lost"))


def _settled(at: datetime) -> Event:
    return Event(EventSource.SWEEP, "not_placed", at, Facts(dispatch=Dispatch.NOT_PLACED, cause="not_found"))


def _alarm(call: Call, session_id: str) -> None:
    """The provider has a second session for one press: the worst that can happen, and never by our doing."""
    if not call.events.filter(kind="second_session", data__call_session_id=session_id).exists():
        log.critical("press %s has a second session %s at the provider", call.external_id, session_id)
        services.note(call, EventSource.SWEEP, "second_session", {"call_session_id": session_id})
