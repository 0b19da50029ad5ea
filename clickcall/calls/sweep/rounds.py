"""One round over all accounts: claim calls, ask about them, tell them what was found, give them back."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.utils.timezone import now

from ...models import Account, Call
from ...provider.sighting import Sighting
from .. import services, turns
from ..apart import apart
from ..found import Found
from ..inquiry import Inquiry, NotAsked
from ..sightings import CLOCKS, alarm, tell
from ..turns import Turn
from . import claims
from .claims import claim_open, held, release
from .newcomers import take_in_newcomers
from .verdicts import verdict

log = logging.getLogger("clickcall.sweep")
_at_work: set[int] = set()  # the accounts that a thread of this process is asking about
_lock = threading.Lock()


@dataclass(slots=True)
class SweepResult:
    """`asked` calls were asked about, `changed` of them learnt something; accounts whose provider did not answer."""

    asked: int = 0
    changed: int = 0
    failed_accounts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the provider shows of some calls; None for the question that it did not answer.

    `is_complete`: both were answered and showed all that there is.
    """

    live: Found | None
    reported: Found | None
    is_complete: bool

    def of(self, call: Call) -> list[Sighting]:
        return [sighting for found in (self.live, self.reported) if found for sighting in found.of(call, CLOCKS)]

    def are_all(self, call: Call) -> bool:
        """Whether nothing else can be this call: then silence says something about it."""
        return self.is_complete and not any(found.may_be(call) for found in (self.live, self.reported) if found)


def sweep_round(*, everything: bool = False) -> SweepResult:
    """One round over all accounts; `everything` also takes calls whose turn has not come.

    Several threads may do rounds: each passes over accounts that another is waiting for, so that a provider who does
    not answer keeps no other account waiting, and nobody is asked twice for one look.
    """
    result = SweepResult()
    due = Call.objects.open() if everything else Call.objects.due(now())
    for account in Account.objects.filter(pk__in=due.order_by().values("account_id").distinct()):
        with _alone(account) as is_mine:
            if is_mine and not apart(account, partial(_sweep_account, account, result, everything=everything)):
                result.failed_accounts.append(account.slug)
    return result


@contextmanager
def _alone(account: Account) -> Iterator[bool]:
    """Whether nobody else in this process is at this account."""
    with _lock:
        is_mine = account.pk not in _at_work
        _at_work.add(account.pk)
    try:
        yield is_mine
    finally:
        if is_mine:
            _at_work.discard(account.pk)


def _sweep_account(account: Account, result: SweepResult, *, everything: bool) -> None:
    """A round of the loop takes one batch, so that no account keeps the others waiting; `everything` goes on."""
    pace = turns.UNHURRIED if everything else turns.pace_of(account, now())
    inquiry, claimed = Inquiry(account), claim_open(account, everything=everything)
    while claimed:
        with held(claimed, "lease_until"):
            findings = None if pace.wait else _ask(inquiry, claimed, result)
            result.asked += len(claimed) if not pace.wait else 0
            told = [_tell(call, findings, inquiry.asked_at, pace, result) for call in claimed]
        release(told)
        goes_on = everything and findings and findings.reported and len(claimed) == claims.BATCH
        claimed = claim_open(account, everything=True, after=claimed[-1].pk) if goes_on else []
    if inquiry.live_sightings:
        release(take_in_newcomers(account, inquiry.live_sightings, inquiry.asked_at, pace))


def _ask(inquiry: Inquiry, calls: list[Call], result: SweepResult) -> Findings | None:
    """The live list once a round, and the report about those that it does not show; None when neither was answered.

    Each is asked whatever came of the other: a key may have the right to one of them alone.
    """
    slug = inquiry.account.slug
    live = _answer(slug, inquiry.live, result)
    absent = [call for call in calls if not (live and live.of(call, CLOCKS))]
    reported = _answer(slug, partial(inquiry.report, absent), result)
    is_answered = live is not None and reported is not None
    return Findings(live, reported, is_answered and inquiry.is_complete) if live or reported else None


def _answer(slug: str, ask: Callable[[], Found], result: SweepResult) -> Found | None:
    try:
        return ask()
    except NotAsked as error:
        log.warning("account %s could not be asked: %s", slug, error)
        if slug not in result.failed_accounts:
            result.failed_accounts.append(slug)
        return None


def _tell(call: Call, findings: Findings | None, asked_at: datetime, pace: turns.Pace, result: SweepResult) -> Turn:
    """Applies what was found about one call, and says when its turn comes next."""
    before = (call.dispatch, call.status, call.is_final)
    shown = False
    for sighting in findings.of(call) if findings else []:
        if call.call_session_id and sighting.call_session_id != call.call_session_id:
            alarm(call, sighting.call_session_id)
        else:
            call, shown = tell(call, sighting, asked_at), True
    for event in verdict(call, asked_at, shown=shown, is_complete=findings is not None and findings.are_all(call)):
        call = services.apply_event(call, event)
    result.changed += before != (call.dispatch, call.status, call.is_final)
    is_asked = shown or (findings is not None and bool(findings.live and findings.reported))
    return turns.next_turn(call, asked_at, shown=shown, is_asked=is_asked, pace=pace)
