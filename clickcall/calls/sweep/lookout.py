"""Sessions without a press that only the report shows: short ones between two looks at the live list, missed ones.

Where people call, the report is asked every half a minute about everything since it was last asked; elsewhere, and
where notifications arrive, every five minutes. An account in which nobody has called for a month is left alone. Each
account has two marks: when somebody last began to ask, and until when all is known.
"""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.utils.timezone import now

from ... import points
from ...models import Account
from ...models.clocks import AT_ODDS
from .. import marks
from ..apart import apart
from ..inquiry import Inquiry, NotAsked, answers
from ..sightings import take_in
from .newcomers import unknown_ones

log = logging.getLogger("clickcall.sweep")
ASKED, KNOWN = "report asked", "report known"
_OFTEN, _SELDOM = timedelta(seconds=30), timedelta(minutes=5)
_BUSY, _ALIVE = timedelta(minutes=30), timedelta(days=30)
_NOTIFIED = timedelta(hours=1)
_OVERLAP = timedelta(minutes=10)  # a call may come into the report late
_FIRST, _FURTHEST = timedelta(hours=1), timedelta(days=7)


def look_out() -> None:
    """A job: takes in what the report shows of calls that nobody pressed for."""
    for account in Account.objects.order_by("pk"):
        moment = now()
        if _is_due(account, moment) and points.may_ask(account.pk) and marks.begin(account, ASKED, moment, _OFTEN):
            apart(account, partial(_look, account, moment))


def _is_due(account: Account, moment: datetime) -> bool:
    newest = account.calls.order_by("-requested_at").values_list("requested_at", flat=True).first()
    if newest is None or newest < moment - _ALIVE:
        return False
    every = _OFTEN if newest > moment - _BUSY and not _is_notified(account, moment) else _SELDOM
    begun = marks.last(account, ASKED)
    return not (begun and moment - every < begun <= moment + AT_ODDS) and account.tokens.usable().exists()


def _is_notified(account: Account, moment: datetime) -> bool:
    return account.hook_deliveries.filter(received_at__gte=moment - _NOTIFIED).exists()


def _look(account: Account, moment: datetime) -> None:
    known_until = marks.last(account, KNOWN)
    since = min(known_until, moment) - _OVERLAP if known_until else moment - _FIRST
    inquiry = Inquiry(account)
    try:
        with answers():
            sightings = inquiry.reported(max(since, moment - _FURTHEST), moment + _OVERLAP)
    except NotAsked as error:
        log.warning("account %s could not be asked about its newest calls: %s", account.slug, error)
        return
    for sighting in unknown_ones(account, sightings):
        take_in(account, sighting, inquiry.asked_at)
    marks.done(account, KNOWN, moment)
