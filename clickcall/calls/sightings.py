"""Calls seen at the provider become ours: the one door for notifications, live lists and reports.

A sighting belongs to the call that has its session; else to the press whose ID it names, if contact and time agree;
else it is a session without a press, and becomes a call of its own if it runs over one of the account's numbers.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from ..models import Account, Call, Dispatch, EventSource, Origin
from ..models.prepared import PreparedModels
from ..models.presets import UsageRule
from ..provider.sighting import Sighting
from . import services
from .events import seen
from .found import Found
from .turns import afterwards

log = logging.getLogger("clickcall.calls")
CLOCKS = timedelta(minutes=5)  # the provider's clock and ours may differ by this much


@cache
def _of_sessions(count: int) -> PreparedModels[Call]:
    """Asked for every notification: the calls of so many sessions of an account."""
    return PreparedModels(
        int,
        *[str] * count,
        ask=lambda account, *sessions: (
            Call.objects.filter(account_id=account, call_session_id__in=sessions).order_by().select_for_update()
        ),
    )


def calls_of(account: Account, sessions: Sequence[str]) -> dict[str, Call]:
    """The calls of these sessions, read and locked: call it in a transaction. A press goes before a row of its session.

    For `take_in`, where many sightings are taken in by one transaction.
    """
    rows = _of_sessions(len(sessions)).instances(account.pk, *sessions)
    found: dict[str, Call] = {}
    for call in sorted(rows, key=lambda call: (call.origin != Origin.PRESS, call.pk)):
        call.account = account
        found.setdefault(call.call_session_id, call)
    return found


@transaction.atomic(savepoint=False)  # all or nothing with what surrounds it
def take_in(account: Account, sighting: Sighting, at: datetime, *, own: Call | None = None) -> Call | None:
    """Adds what was seen at that time to its call, or makes one of it. None for what is nobody's here.

    A notification that does not name its press and comes before the answer to it is nobody's yet: the answer, the live
    list or the report will tell, and a guess could make two calls of one. `own`: the call of its session (`calls_of`).
    """
    if own := own or _of_session(account, sighting):
        return tell(own, _read(account, own, sighting), at, is_fresh=True)
    press, known = _named(account, sighting)
    if press is None:
        if _may_be_a_press(account, sighting):
            return None
        press, known = _find(account, sighting)  # a press's answer may have been committed between the two looks
    call = press or _made(account, sighting, at)
    return tell(call, known, at) if call else None


@transaction.atomic(savepoint=False)  # all or nothing with what surrounds it
def tell(call: Call, sighting: Sighting, at: datetime, *, is_fresh: bool = False) -> Call:
    """Adds a sighting of this very call to it. `is_fresh`: the row was read and locked in this transaction."""
    if call.origin != Origin.PRESS:
        services.complete_session(call, sighting)
    first_call = call.params.get("first_call") or ""
    event = seen(sighting, at, origin=call.origin, first_call=first_call)
    look = _look_soon if sighting.source == "hook" else None
    call = services.apply_event(call, event, is_fresh=is_fresh, also=look)
    services.settle_missed(call)
    return call


def alarm(call: Call, session_id: str) -> None:
    """The provider has a second session for one press: the worst that can happen, and never by our doing."""
    if not call.events.filter(kind="second_session", data__call_session_id=session_id).exists():
        log.critical("press %s has a second session %s at the provider", call.external_id, session_id)
        services.note(call, EventSource.SWEEP, "second_session", {"call_session_id": session_id})


def _find(account: Account, sighting: Sighting) -> tuple[Call | None, Sighting]:
    """The call, and the sighting as it is to be read for it (see `Found`). A press goes before a row of its session."""
    call = _of_session(account, sighting)
    return (call, _read(account, call, sighting)) if call else _named(account, sighting)


def _of_session(account: Account, sighting: Sighting) -> Call | None:
    session = sighting.call_session_id
    return calls_of(account, [session]).get(session) if session else None


def _named(account: Account, sighting: Sighting) -> tuple[Call | None, Sighting]:
    """The press whose ID the sighting names."""
    press = services.find_press(account, sighting.external_id)
    if press is None:
        return None, sighting
    found = Found(account.provider_tz)
    found.add(sighting)
    if press.call_session_id and sighting.call_session_id not in ("", press.call_session_id):
        if found.names(press, CLOCKS):
            alarm(press, sighting.call_session_id)
        return None, sighting
    return next(((press, read) for read in found.of(press, CLOCKS)), (None, sighting))


def _read(account: Account, call: Call, sighting: Sighting) -> Sighting:
    """With the times that can be meant."""
    found = Found(account.provider_tz)
    found.add(sighting)
    return next(iter(found.of(call, CLOCKS)), sighting)


def _made(account: Account, sighting: Sighting, at: datetime) -> Call | None:
    """A row for a session without a press."""
    if not sighting.call_session_id or not sighting.virtual_number:
        return None
    number = account.numbers.filter(digits=sighting.virtual_number).first()
    return services.record_session(account, number, sighting, at) if number else None


def _may_be_a_press(account: Account, sighting: Sighting) -> bool:
    """A notification without an ID about a contact whom somebody is just calling, and has had no answer yet."""
    if sighting.source != "hook" or sighting.external_id:
        return False
    since = now() - timedelta(seconds=settings.CLICKCALL_SETTLE_SECONDS)
    presses = account.calls.open().filter(dispatch__in=(Dispatch.SENDING, Dispatch.UNKNOWN), call_session_id="")
    presses = presses.filter(origin=Origin.PRESS, requested_at__gte=since)
    return any(
        _may_run_over(sighting.virtual_number, number, params)
        and (not sighting.contact or phone.startswith("0") or phone == sighting.contact)
        for phone, number, params in presses.values_list("contact_phone", "number_digits", "params")
    )


def _may_run_over(seen: str, number: str, params: dict[str, Any]) -> bool:
    """Whether a press over `number` may be seen over that one: any rule but `fixed` lets the provider choose."""
    return not seen or seen == number or params.get("virtual_phone_usage_rule") not in (None, "", UsageRule.FIXED)


def _look_soon(call: Call) -> dict[str, Any]:
    """A notification tells that something has happened; live list and report tell the rest."""
    moment = now()
    return {"next_check_at": afterwards(call, moment) if call.is_final else moment, "seen_at": moment}
