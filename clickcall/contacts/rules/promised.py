"""Whether a promise falls into calling hours: outside of them it is the client's wish alone that lets a call pass."""

from datetime import datetime

from ...models import Callback
from ..zones import zone_of
from . import hours
from .company import rules_of


def is_within_hours(callback: Callback, at: datetime) -> bool:
    """Whether nobody would be asked about the hour of a call to this contact at this moment."""
    rules = rules_of(callback.account_id)
    if not rules.hours_on or callback.digits.startswith("0"):  # a colleague's SIP number
        return True
    there = zone_of(callback.contact, callback.digits).tz
    if there is None:
        return not hours.asks_unknown(rules, at.astimezone(callback.account.tz))
    return hours.is_open(rules, at.astimezone(there))
