"""One run over everything that the provider keeps for an account."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.timezone import now

from ... import points
from ...accounts import zones
from ...accounts.services import update_account
from ...accounts.tokens import NoReadyKey
from ...models import Account
from ...provider import catalogue
from ...provider.errors import ProviderError, Refused
from ..asking import NO_RIGHT, ask_data
from .apply import Counts, Incomplete, apply
from .lease import Lease, LeaseLost
from .tables import TABLES, Table

log = logging.getLogger("clickcall.sync")
STEPS = ("account", *(table.name for table in TABLES))
Progress = Callable[[str, int, int], None]

# Refusals of one list: it is not to be had, the others are. Source: the table of errors in the API digest.
NOT_OFFERED = frozenset(
    {"component_disabled", "method_component_disabled", "parameter_component_disabled", "method_not_found"}
)
_SOON = frozenset({"points_low", "limit_exceeded"})  # come back with the next minute's points
_SOON_SECONDS, _AGAIN_SECONDS = 60.0, 300.0


class PointsLow(Exception):  # noqa: N818 - a state of the account, not a mistake
    """What is left of the request limit is kept for presses."""


@dataclass(slots=True)
class SyncResult:
    """`problem` is why the run ended before its end: a mnemonic, a cause, or a word of ours; empty when it did not.

    Words of ours: `busy` (somebody else is at it), `no_key`, `points_low`, `taken_over`. A list that is not in `counts`
    was not asked for.
    """

    problem: str = ""
    counts: dict[str, Counts] = field(default_factory=dict)

    @property
    def incomplete(self) -> list[str]:
        """Lists that the provider did not give, or not whole."""
        return [name for name, found in self.counts.items() if found.problem in ("incomplete", NO_RIGHT)]

    @property
    def is_whole(self) -> bool:
        """Everything was asked completely. A list that the account has not bought is not missing."""
        return not self.problem and not self.incomplete


def synchronise(account: Account, *, progress: Progress | None = None) -> SyncResult:
    """Fetches everything and applies it; `progress(step, done, total)` is told at each step.

    Raises nothing that the provider does: see `SyncResult.problem`. Not inside a transaction.
    """
    lease = Lease.take(account, len(STEPS))
    if lease is None:
        return SyncResult("busy")
    result = SyncResult("failed")
    try:
        result.problem = _Run(account, lease, progress or _unseen).whole(result.counts)
    finally:
        _end(lease, result)
    return result


def _unseen(step: str, done: int, total: int) -> None:
    """Progress that nobody follows."""


class _Run:
    def __init__(self, account: Account, lease: Lease, progress: Progress) -> None:
        self.account = Account.objects.get(pk=account.pk)
        self.lease, self.progress = lease, progress
        self.name = f"sync-{uuid.uuid4().hex[:12]}"

    def whole(self, counts: dict[str, Counts]) -> str:
        """Step after step; why it ended early, "" if it did not."""
        try:
            self._step("account", 0)
            self._fetch_account()
            for done, table in enumerate(TABLES, 1):
                self._step(table.name, done)
                counts[table.name] = self._fetch(table)
        except PointsLow:
            return "points_low"
        except LeaseLost:
            return "taken_over"
        except NoReadyKey as error:
            return _cause(error.error) if error.error else "no_key"
        except ProviderError as error:
            return _cause(error)
        return ""

    def _step(self, name: str, done: int) -> None:
        self.lease.hold(step=name, done=done)
        self.progress(name, done, len(STEPS))

    def _may_go_on(self) -> None:
        """Before each request."""
        self.lease.hold()
        if not points.may_ask(self.account.pk):
            raise PointsLow

    def _fetch_account(self) -> None:
        self._may_go_on()
        name = f"{self.name}-account"
        row = ask_data(self.account, lambda api: api.get_account(request_id=name))
        found = catalogue.account(row)
        changes: dict[str, Any] = {"app_id": found.app_id[:40], "provider_name": found.name[:200]}
        if found.timezone in zones.known():
            changes["timezone"] = changes["provider_timezone"] = found.timezone
        elif found.timezone:
            log.warning("account %s is in %r, which is no time zone", self.account.slug, found.timezone)
        update_account(self.account, **{column: value for column, value in changes.items() if value})

    def _fetch(self, table: Table) -> Counts:
        name = f"{self.name}-{table.name}"
        try:
            listing = ask_data(self.account, lambda api: table.ask(api, name, self._may_go_on))
            return apply(self.account, table, listing, still_mine=self.lease.hold)
        except Incomplete:
            return Counts(problem="incomplete")
        except Refused as error:
            if error.mnemonic not in NOT_OFFERED | {NO_RIGHT}:
                raise
            return Counts(problem=error.mnemonic)


def _cause(error: ProviderError) -> str:
    return (getattr(error, "mnemonic", "") or error.cause)[:200]


def _end(lease: Lease, result: SyncResult) -> None:
    """Says how it ended and when to come back; what was known of an earlier whole run stays."""
    moment, interval = now(), float(settings.CLICKCALL_SYNC_SECONDS)
    if not result.is_whole:
        interval = min(interval, _SOON_SECONDS if result.problem in _SOON else _AGAIN_SECONDS)
    ended = {"problem": result.problem, "next_at": moment + timedelta(seconds=interval)}
    if not result.problem:
        counts = {name: asdict(found) for name, found in result.counts.items()}
        ended |= {"finished_at": moment, "counts": counts, "done": len(STEPS)}
    try:
        lease.end(**ended)
    except LeaseLost:
        log.warning("a synchronisation took so long that another one has begun")
