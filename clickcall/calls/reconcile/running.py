"""Comparing a day, repairing the log from the provider's, and keeping the result."""

from datetime import date

from django.utils.timezone import now

from ...models import Account, Reconciliation
from ..sightings import take_in
from .comparing import Comparison, compare
from .gathering import gather


def reconcile(account: Account, day: date, *, repair: bool = False) -> Reconciliation:
    """Compares a calendar day of the account with the provider's report, and keeps the newest result of the day.

    With `repair`, what only the provider has becomes ours and what it says differently is added, through the same door
    as every sighting; the result is how things stand then. What only we have is never touched. Raises `NotAsked`.
    """
    moment = now()
    found, sightings = gather(account, day)
    comparison = compare(account, found, sightings, moment)
    if repair and _repair(account, comparison):
        comparison = compare(account, found, sightings, moment)
    kept, _new = Reconciliation.objects.update_or_create(
        account=account,
        day=day,
        defaults={"at": moment, "is_equal": comparison.is_equal, "result": comparison.result(account, found)},
    )
    return kept


def _repair(account: Account, comparison: Comparison) -> bool:
    """True when there was something to take in."""
    wanted = [*comparison.missing, *comparison.differing]
    for sighting in wanted:
        take_in(account, sighting, now())
    return bool(wanted)
