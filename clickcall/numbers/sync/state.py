"""How far an account's data has been fetched, as its pages show it. Read from the table: nobody is asked."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q
from django.utils.timezone import now

from ...models import Account, Heartbeat, Synchronisation
from .words import Trouble, in_words, step_words

Phase = Literal["never", "waiting", "stalled", "running", "problem", "done"]


@dataclass(frozen=True, slots=True)
class State:
    """`phase`: never fetched; waiting for the worker; stalled = waiting, and no worker lives; running; ended.

    `done` of `total` steps, `step` in words; `finished_at` is the end of the last whole run; `troubles` of the newest
    one, by what they are about.
    """

    phase: Phase
    step: str = ""
    done: int = 0
    total: int = 0
    finished_at: datetime | None = None
    problem: Trouble | None = None
    troubles: list[tuple[str, Trouble]] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Nothing will change by itself."""
        return self.phase in ("never", "problem", "done")

    @property
    def version(self) -> str:
        """Another text as soon as there is something else to show."""
        return f"{self.phase}-{self.done}"

    @property
    def total_counts(self) -> dict[str, int]:
        """Rows added, changed and gone in all lists of the last whole run."""
        return {name: sum(one.get(name, 0) for one in self.counts.values()) for name in ("added", "changed", "gone")}


def state(account: Account) -> State:
    row = Synchronisation.objects.filter(account=account).first()
    if row is None:
        return State("never")
    return State(
        phase=_phase(row),
        step=step_words(row.step),
        done=row.done,
        total=row.total,
        finished_at=row.finished_at,
        problem=in_words(row.problem),
        troubles=[
            (step_words(name), trouble)
            for name, one in row.counts.items()
            if (trouble := in_words(one.get("problem", "")))
        ],
        counts=row.counts,
    )


def _phase(row: Synchronisation) -> Phase:
    moment = now()
    if row.lease_until and row.lease_until > moment:
        return "running"
    if row.next_at <= moment:
        return "stalled" if Heartbeat.objects.worker_is_missing() else "waiting"
    if row.problem:
        return "problem"
    return "done" if row.finished_at else "never"


def ask_for(account: Account) -> bool:
    """Lets the worker fetch the account's data now. False while it is at it already."""
    Synchronisation.objects.get_or_create(account=account)
    free = Q(lease_until=None) | Q(lease_until__lte=now())
    return bool(Synchronisation.objects.filter(free, account=account).update(next_at=now()))
