"""What two records of one call say differently."""

from datetime import datetime, timedelta
from typing import Any

from ...models import Call, Dispatch, Origin
from ...provider.sighting import Sighting
from ..found import is_same_contact

# Our answer and the provider's record are taken by two clocks; a notification comes a little after what it tells.
_CLOCKS = timedelta(minutes=5)
_END = timedelta(seconds=60)
_ROUNDING = 1  # seconds
DURATIONS = ("wait_duration", "talk_duration", "total_duration")
PLACED = (Dispatch.ACCEPTED, Dispatch.NONE)


def differences(call: Call, sighting: Sighting) -> dict[str, list[Any]]:
    """{name of our column: [ours, theirs]}; times as ISO 8601 in UTC.

    A call that the provider has and that we do not call placed differs by that. A live call has no end to compare yet;
    one that is live on one side only differs by its end.
    """
    found: dict[str, list[Any]] = {}
    if call.dispatch not in PLACED:
        found["dispatch"] = [str(call.dispatch), str(Dispatch.ACCEPTED)]
    if not is_same_contact(call.contact_phone, sighting.contact):
        found["contact_phone"] = [call.contact_phone, sighting.contact]
    if _chose_its_number(call) and sighting.virtual_number and call.number_digits != sighting.virtual_number:
        found["number_digits"] = [call.number_digits, sighting.virtual_number]
    began = call.accepted_at if call.origin == Origin.PRESS else call.requested_at
    found |= _times("accepted_at", began, sighting.started_at, _CLOCKS) if began else {}
    return found | _ends(call, sighting)


def _chose_its_number(call: Call) -> bool:
    """By another rule than *fixed* the provider chooses the number."""
    return call.params.get("virtual_phone_usage_rule") in (None, "", "fixed")


def _ends(call: Call, sighting: Sighting) -> dict[str, list[Any]]:
    ended = None if sighting.ongoing else sighting.finished_at
    if call.finished_at is None and ended is None:
        return {}
    found = _times("finished_at", call.finished_at, ended, _END)
    if ended is None:
        return found
    if call.finish_reason != sighting.finish_reason[:100]:
        found["finish_reason"] = [call.finish_reason, sighting.finish_reason]
    for name in DURATIONS:
        ours, theirs = getattr(call, name), getattr(sighting, name)
        if theirs is not None and (ours is None or abs(ours - theirs) > _ROUNDING):
            found[name] = [ours, theirs]
    return found


def _times(name: str, ours: datetime | None, theirs: datetime | None, slack: timedelta) -> dict[str, list[Any]]:
    if ours == theirs or (ours and theirs and abs(ours - theirs) <= slack):
        return {}
    return {name: [_said(ours), _said(theirs)]}


def _said(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None
