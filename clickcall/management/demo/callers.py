"""Contacts who called the demo's people today and yesterday; most of them reached nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from clickcall.calls.sightings import take_in
from clickcall.models import Account, VirtualNumber
from clickcall.provider.events import from_report

FORMAT = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who called which number, so many minutes ago; without a talk, in seconds, the call was missed."""

    phone: str
    number: str
    minutes: int
    talk: int = 0


CALLERS = (
    Caller("79161234501", "74993720692", 55),
    Caller("79031234504", "74993720692", 75, talk=148),
    Caller("79261234502", "74951045771", 100),
    Caller("78121234503", "78312000022", 140),
    Caller("74951234505", "74993720692", 210),
    Caller("79175550144", "74952120120", 1500),  # nobody whom we know
    Caller("442079460112", "442038070100", 90),
)


@transaction.atomic
def seed_callers(account: Account) -> int:
    """Writes the calls that came in on the account's numbers; how many those are."""
    moment, written = now(), 0
    numbers = {number.digits: number for number in VirtualNumber.objects.filter(account=account)}
    for caller in CALLERS:
        if caller.number in numbers:
            at = moment - timedelta(minutes=caller.minutes)
            sighting = from_report(dict(_row(account, caller, at)), account.tz)
            written += take_in(account, sighting, at) is not None
    return written


def _row(account: Account, caller: Caller, at: datetime) -> Iterator[tuple[str, Any]]:
    """What the provider's report says of such a call."""
    waited = 6 if caller.talk else 15
    yield "id", int(at.timestamp() * 1_000_000)
    yield "start_time", at.astimezone(account.tz).strftime(FORMAT)
    yield "finish_time", (at + timedelta(seconds=waited + caller.talk)).astimezone(account.tz).strftime(FORMAT)
    yield "finish_reason", "caller_disconnects" if caller.talk else "operator_not_responsive"
    yield "is_lost", not caller.talk
    yield "direction", "in"
    yield "contact_phone_number", caller.phone
    yield "virtual_phone_number", caller.number
    yield "wait_duration", waited
    yield "talk_duration", caller.talk
    yield "clean_talk_duration", caller.talk
    yield "total_duration", waited + caller.talk
