"""When something was last done for an account, in the table of heartbeats: of several workers one does it."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from ..models import Account, Heartbeat
from ..models.clocks import has_come


def last(account: Account, what: str) -> datetime | None:
    """When it was last done; None = never."""
    return Heartbeat.objects.filter(name=_name(account, what)).values_list("seen_at", flat=True).first()


def begin(account: Account, what: str, moment: datetime, every: timedelta) -> bool:
    """Whether it is ours to do now, and not done for so long: of all who ask, one moves the mark."""
    mark = Heartbeat.objects.filter(name=_name(account, what))
    if mark.filter(has_come("seen_at", moment - every, every)).update(seen_at=moment):
        return True
    if mark.exists():
        return False
    try:
        with transaction.atomic():
            Heartbeat.objects.create(name=_name(account, what), seen_at=moment)
    except IntegrityError:
        return False
    return True


def done(account: Account, what: str, moment: datetime) -> None:
    """Sets the mark."""
    Heartbeat.objects.update_or_create(name=_name(account, what), defaults={"seen_at": moment})


def _name(account: Account, what: str) -> str:
    return f"{what} {account.pk}"
