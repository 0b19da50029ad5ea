"""Which of the provider's calls are ours, and which are missing on either side.

Compared are the sessions over the account's numbers and all that carry an ID of a press. Sessions that the Call API
placed without an ID are another program's: they are counted as `others`, whether we know them or not. Of ours, only
calls that we say were placed can be missing there: not those that were refused, did not happen or are still being
looked up, and not those of the last minutes, which the report may not have yet. If the provider has one of these all
the same, the two are said to differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from ...models import Account, Call
from ...provider.sighting import Sighting
from ..found import Found
from ..sightings import CLOCKS
from .fields import PLACED, differences
from .gathering import Day

_AROUND = timedelta(hours=3)  # ours are paired with rows of the report that begin a little before or after


@dataclass(slots=True)
class Comparison:
    """One day. `missing` and `differing` are sightings from which the log can be repaired."""

    both: int = 0
    others: int = 0
    only_ours: list[Call] = field(default_factory=list)
    missing: list[Sighting] = field(default_factory=list)
    different: list[tuple[Call, dict[str, list[Any]]]] = field(default_factory=list)
    differing: list[Sighting] = field(default_factory=list)

    @property
    def is_equal(self) -> bool:
        return not (self.only_ours or self.missing or self.different)

    def result(self, account: Account, day: Day) -> dict[str, Any]:
        """The JSON object of `manage.py reconcile`: a public interface."""
        return {
            "account": account.slug,
            "day": day.date.isoformat(),
            "provider": self.both + len(self.missing),
            "ours": self.both + len(self.only_ours),
            "both": self.both,
            "only_ours": [_named(call.external_id, call.call_session_id) for call in self.only_ours],
            "only_provider": [_named(one.external_id, one.call_session_id) for one in self.missing],
            "others": self.others,
            "different": [
                _named(call.external_id, call.call_session_id) | {"fields": fields} for call, fields in self.different
            ],
        }


def _named(external_id: str | None, session_id: str) -> dict[str, Any]:
    """Sessions are printed as numbers, as the provider does."""
    session = int(session_id) if session_id.isdecimal() else None
    return {"external_id": external_id or None, "call_session_id": session}


def compare(account: Account, day: Day, sightings: Iterable[Sighting], at: datetime) -> Comparison:
    """The provider's day beside ours, as things stand at `at`."""
    found = Comparison()
    rest = {sighting.call_session_id: sighting for sighting in sightings}
    provider = Found(account.provider_tz)
    provider.add_all(rest.values())
    for call in _ours(account, day):
        own = next(iter(provider.of(call, CLOCKS)), None)
        known = rest.pop(own.call_session_id, None) if own else None
        if own is None or known is None:
            found.only_ours += [call] if _should_be_there(call, day, at) else []
        elif _is_other(own):
            found.others += day.has(own.started_at)
        elif day.has(own.started_at or call.requested_at):
            _pair(found, call, own)
    _left_over(account, day, rest.values(), found)
    return found


def _pair(found: Comparison, call: Call, sighting: Sighting) -> None:
    found.both += 1
    if fields := differences(call, sighting):
        found.different.append((call, fields))
        found.differing.append(sighting)


def _left_over(account: Account, day: Day, sightings: Iterable[Sighting], found: Comparison) -> None:
    numbers = set(account.numbers.values_list("digits", flat=True))
    for sighting in sightings:
        if not day.has(sighting.started_at):
            continue
        if _is_other(sighting):
            found.others += 1
        elif sighting.external_id or sighting.virtual_number in numbers:
            found.missing.append(sighting)


def _ours(account: Account, day: Day) -> Iterable[Call]:
    calls = account.calls.filter(requested_at__gte=day.begins - _AROUND, requested_at__lt=day.ends + _AROUND)
    return calls.order_by("requested_at", "pk").iterator(chunk_size=2000)


def _is_other(sighting: Sighting) -> bool:
    return sighting.is_by_api and not sighting.external_id


def _should_be_there(call: Call, day: Day, at: datetime) -> bool:
    settled = at - timedelta(seconds=settings.CLICKCALL_SETTLE_SECONDS)
    return call.dispatch in PLACED and day.has(call.requested_at) and call.requested_at <= settled
