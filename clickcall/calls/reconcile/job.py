"""Yesterday is compared once a day, when its last calls are in the report."""

import logging
from datetime import date, datetime, timedelta
from functools import partial

from django.utils.timezone import now

from ... import points
from ...models import Account
from .. import marks
from ..apart import apart
from ..inquiry import NotAsked
from .running import reconcile

log = logging.getLogger("clickcall.reconcile")
FROM_HOUR = 3
_TRY = "reconciliation tried"
_AGAIN = timedelta(minutes=15)  # after a provider that did not answer
_ALIVE = timedelta(days=30)  # an account in which nobody has called for so long is left alone


def reconcile_yesterdays() -> None:
    """A job: from three in the morning of the account's time on, yesterday if nobody has compared it."""
    moment = now()
    for account in Account.objects.order_by("pk"):
        day = _due(account, moment)
        if day and points.may_ask(account.pk) and marks.begin(account, _TRY, moment, _AGAIN):
            apart(account, partial(_compare, account, day))


def _due(account: Account, moment: datetime) -> date | None:
    local = moment.astimezone(account.tz)
    day = local.date() - timedelta(days=1)
    if local.hour < FROM_HOUR or account.reconciliations.filter(day=day, at__gt=_ended(local)).exists():
        return None
    is_alive = account.calls.filter(requested_at__gte=moment - _ALIVE).exists()
    return day if is_alive and account.tokens.usable().exists() else None


def _ended(local: datetime) -> datetime:
    """A result from before the day had ended is none."""
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _compare(account: Account, day: date) -> None:
    try:
        found = reconcile(account, day)
    except NotAsked as error:
        log.warning("account %s could not be asked about %s: %s", account.slug, day, error)
        return
    if not found.is_equal:
        log.warning("account %s: the log of %s differs from the provider's", account.slug, day)
