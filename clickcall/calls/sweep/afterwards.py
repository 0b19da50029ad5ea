"""What becomes known after a call has ended: the reason behind a notification, who answered, the recording."""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.utils.timezone import now

from ... import points
from ...models import Account, Call
from ...models.calls import CallQuerySet
from ...models.clocks import FURTHEST_TURN, has_come
from ..apart import apart
from ..found import Found
from ..inquiry import Inquiry, NotAsked
from ..sightings import CLOCKS, tell
from ..turns import SILENT_PROVIDER, Turn, afterwards
from .claims import LEASE, claim, held, release

log = logging.getLogger("clickcall.sweep")
_LONGEST = timedelta(hours=6)  # from the press to the last look for the recording of a long talk


def look_afterwards() -> None:
    """A job: asks the report about calls that have ended and have more to be told."""
    for account in Account.objects.order_by("pk"):
        moment = now()
        if _ended(moment).filter(account=account).exists() and points.may_ask(account.pk):
            apart(account, partial(_look, account, moment))


def _ended(moment: datetime) -> CallQuerySet:
    due = has_come("next_check_at", moment, FURTHEST_TURN)
    return Call.objects.filter(due, requested_at__gte=moment - _LONGEST, is_final=True)


def _look(account: Account, moment: datetime) -> None:
    """Whoever moves the turns on has the calls; if they die, the turns come again."""
    claimed = claim(_ended(moment), account, next_check_at=moment + LEASE)
    if not claimed:
        return
    inquiry = Inquiry(account)
    with held(claimed, "next_check_at") as hold:
        try:
            found = inquiry.report(claimed)
        except NotAsked as error:
            log.warning("account %s could not be asked about ended calls: %s", account.slug, error)
            told = [Turn(call, moment + SILENT_PROVIDER, None) for call in claimed]
        else:
            told = [_told(call, found, inquiry.asked_at) for call in claimed]
    release(told, marked=hold.until)


def _told(call: Call, found: Found, at: datetime) -> Turn:
    sightings = [one for one in found.of(call, CLOCKS) if one.call_session_id == call.call_session_id]
    for sighting in sightings:
        tell(call, sighting, at)
    return Turn(call, afterwards(call, at), at if sightings else None)
