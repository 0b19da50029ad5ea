"""When a call is looked at next: often while somebody's phone rings, seldom when nobody shows it any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from .. import gateway, points
from ..models import Account, Call, Dispatch, Points, Status
from ..models.clocks import FURTHEST_TURN

_TALKING = 2.5  # times as long as between two looks at a phone that rings
_SLOWER = 3.0  # times as long when half of the minute's points, or three quarters of the day's, are gone
_LONGEST = timedelta(minutes=10)
SILENT_PROVIDER = timedelta(seconds=60)  # at most, between two attempts to ask one that does not answer
_RESERVE = timedelta(seconds=30)
# After a talk, until its recording is told; and after an end whose reason is not known yet.
_RECORDINGS = tuple(timedelta(minutes=minutes) for minutes in (1, 3, 10, 30))


@dataclass(frozen=True, slots=True)
class Pace:
    """`factor` stretches the time between two looks. With `wait` nothing may be asked for so long."""

    factor: float = 1.0
    wait: timedelta | None = None


UNHURRIED = Pace()


@dataclass(frozen=True, slots=True)
class Turn:
    """The next look at a call, half an hour ahead at most; None = never again.

    `seen_at`: when the provider showed it, None if it did not.
    """

    call: Call
    at: datetime | None
    seen_at: datetime | None


def pace_of(account: Account, at: datetime) -> Pace:
    """What the account's points allow: the reserve of the minute and of the day is left to presses."""
    left = points.left(account.pk)
    level = points.level(left, at)
    if left is None or level == "plenty":
        return Pace(_SLOWER if left and _is_falling(left, at) else 1.0)
    pause = points.pause(left, at)
    return Pace(wait=max(pause.until - at, timedelta(seconds=1)) if pause else _RESERVE)


def _is_falling(left: Points, at: datetime) -> bool:
    minute = _is_below(left.minute_limit, left.minute_remaining, left.minute_resets_at, at, 0.5)
    return minute or _is_below(left.day_limit, left.day_remaining, left.day_resets_at, at, 0.25)


def _is_below(limit: int | None, remaining: int | None, resets_at: datetime | None, at: datetime, share: float) -> bool:
    if limit is None or remaining is None or resets_at is None or resets_at <= at:
        return False
    return remaining < limit * share


def next_turn(call: Call, asked_at: datetime, *, shown: bool, is_asked: bool, pace: Pace) -> Turn:
    """After a look at `asked_at`: `shown` = the provider has it, `is_asked` = it answered at all."""
    seen_at = asked_at if shown else None
    if call.is_final:
        return Turn(call, afterwards(call, asked_at), seen_at)
    if call.dispatch == Dispatch.SENDING:
        return Turn(call, min(_stale_at(call), asked_at + _stale()), seen_at)
    return Turn(call, asked_at + _delay(call, asked_at, shown=shown, is_asked=is_asked, pace=pace), seen_at)


def _delay(call: Call, asked_at: datetime, *, shown: bool, is_asked: bool, pace: Pace) -> timedelta:
    step = timedelta(seconds=settings.CLICKCALL_SWEEP_SECONDS)
    backed_off: timedelta = min(step * 2 ** min(call.fruitless, 20), _LONGEST)
    if pace.wait:
        return min(pace.wait, FURTHEST_TURN)
    if not is_asked:
        return min(backed_off, SILENT_PROVIDER)
    if shown and call.finished_at is None:
        return step * pace.factor * (_TALKING if call.status == Status.TALKING else 1)
    return _in_time_to_settle(call, asked_at, max(backed_off, step * pace.factor))


def _in_time_to_settle(call: Call, asked_at: datetime, delay: timedelta) -> timedelta:
    """An unknown press is looked at again as soon as silence would settle it."""
    settles_at = begun(call) + timedelta(seconds=settings.CLICKCALL_SETTLE_SECONDS + 1)
    is_coming = call.dispatch == Dispatch.UNKNOWN and settles_at > asked_at
    return min(delay, settles_at - asked_at) if is_coming else delay


def begun(call: Call) -> datetime:
    """When the last request of this press was begun, or the session was first seen."""
    return call.attempted_at or call.requested_at


def _stale_at(call: Call) -> datetime:
    return begun(call) + _stale()


def _stale() -> timedelta:
    return timedelta(seconds=gateway.stale_seconds())


def afterwards(call: Call, at: datetime) -> datetime | None:
    """The next look at a call that has ended: for the report's word about it, or for its recording."""
    if call.dispatch not in (Dispatch.ACCEPTED, Dispatch.NONE) or not call.finished_at:
        return None
    is_told = bool(call.finish_reason) or call.given_up_at is not None
    if is_told and (not call.talk_duration or call.record_link or call.record_ids):
        return None
    if not is_told and at < call.finished_at + _RECORDINGS[0]:
        return at + timedelta(seconds=settings.CLICKCALL_SWEEP_SECONDS)
    turn = next((call.finished_at + late for late in _RECORDINGS if call.finished_at + late > at), None)
    return turn and min(turn, at + FURTHEST_TURN)
