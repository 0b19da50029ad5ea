"""How notifications stand: which came last, and which could not be read."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.utils.timezone import now

from ...models import Account, HookDelivery
from ...provider.hooks import EVENTS

RECENT = timedelta(days=7)
SHOWN = 10  # broken ones on the page


@dataclass(frozen=True, slots=True)
class HooksState:
    """`seen`: when each event last came; `broken`: some of the last days could not be read."""

    has_address: bool
    seen: dict[str, datetime] = field(default_factory=dict)
    broken: bool = False

    @property
    def last(self) -> datetime | None:
        """When any of them last came."""
        return max(self.seen.values(), default=None)


def last_seen(account: Account) -> dict[str, datetime]:
    """When each event last came, in the order of a call; those that never came are not in it. One query."""
    newest = {event: Subquery(_of(event).values("received_at")[:1]) for event in EVENTS}
    row = Account.objects.filter(pk=account.pk).annotate(**newest).values_list(*EVENTS)[0]
    return {event: at for event, at in zip(EVENTS, row, strict=True) if at}


def _of(event: str) -> "QuerySet[HookDelivery]":
    """An account's notifications of one event, the newest first."""
    return HookDelivery.objects.filter(account=OuterRef("pk"), event=event).order_by("-received_at")


def broken(account: Account) -> "QuerySet[HookDelivery]":
    """Those of the last days that could not be read, the newest first."""
    # Written out, because SQLite uses a partial index only for a condition that it can read.
    rows = HookDelivery.objects.filter(account=account, state=RawSQL("'broken'", []))
    return rows.filter(received_at__gte=now() - RECENT).order_by("-received_at")


def state(account: Account) -> HooksState:
    """For the set-up: two small queries."""
    return HooksState(bool(account.hook_secret), last_seen(account), broken(account).exists())
