"""When a call is looked at next."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.calls import build_call

from clickcall.calls.turns import UNHURRIED, Pace, next_turn, pace_of
from clickcall.models import Account, Call, Dispatch, Member, Points

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BEFORE = NOW - timedelta(seconds=30)


def call_of(anna: Member, **fields: Any) -> Call:
    return build_call(anna, **({"requested_at": BEFORE, "accepted_at": BEFORE} | fields))


def seconds(call: Call, *, shown: bool = True, is_asked: bool = True, pace: Pace = UNHURRIED) -> float | None:
    turn = next_turn(call, NOW, shown=shown, is_asked=is_asked, pace=pace)
    return (turn.at - NOW).total_seconds() if turn.at else None


def test_a_phone_that_rings_is_looked_at_every_two_seconds_and_a_talk_every_five(anna: Member) -> None:
    assert seconds(call_of(anna)) == 2
    assert seconds(call_of(anna, employee_ringing_at=BEFORE)) == 2
    assert seconds(call_of(anna, employee_answered_at=BEFORE, contact_answered_at=BEFORE)) == 5


@pytest.mark.parametrize(("fruitless", "expected"), [(0, 2), (1, 4), (2, 8), (6, 128), (8, 512), (9, 600), (5000, 600)])
def test_a_call_that_nobody_shows_is_looked_at_ever_less_often(anna: Member, fruitless: int, expected: int) -> None:
    assert seconds(call_of(anna, fruitless=fruitless), shown=False) == expected


def test_a_provider_that_does_not_answer_is_tried_again_within_a_minute(anna: Member) -> None:
    assert seconds(call_of(anna, fruitless=1), shown=False, is_asked=False) == 4
    assert seconds(call_of(anna, fruitless=50), shown=False, is_asked=False) == 60


def test_an_unknown_press_is_looked_at_as_soon_as_silence_settles_it(anna: Member) -> None:
    lost = call_of(anna, dispatch=Dispatch.UNKNOWN, fruitless=9, requested_at=NOW - timedelta(seconds=500))
    assert seconds(lost, shown=False) == 101
    lost.requested_at = NOW - timedelta(seconds=700)
    assert seconds(lost, shown=False) == 600


def test_a_press_that_is_being_sent_is_looked_at_when_it_is_stale(anna: Member, settings: Any) -> None:
    settings.CLICKCALL_CONNECT_TIMEOUT, settings.CLICKCALL_READ_TIMEOUT = 5, 15
    assert seconds(call_of(anna, dispatch=Dispatch.SENDING, requested_at=NOW), shown=False) == 25


@pytest.mark.parametrize("dispatch", [Dispatch.REFUSED, Dispatch.NOT_SENT, Dispatch.NOT_PLACED])
def test_a_press_that_came_to_nothing_is_not_looked_at_again(anna: Member, dispatch: str) -> None:
    assert seconds(call_of(anna, dispatch=dispatch)) is None


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ({"finish_reason": "caller_busy"}, None),
        ({"finish_reason": "caller_disconnects", "talk_duration": 5, "record_link": "https://x.example/"}, None),
        ({"finish_reason": "caller_disconnects", "talk_duration": 5, "record_ids": ["1"]}, None),
        ({"finish_reason": "caller_disconnects", "talk_duration": 5}, 55),
        ({"talk_duration": 5}, 2),
        ({"talk_duration": 5, "finished_at": NOW - timedelta(minutes=2)}, 60),
        ({"talk_duration": 5, "finished_at": NOW - timedelta(minutes=5)}, 300),
        ({"talk_duration": 5, "finished_at": NOW - timedelta(minutes=31)}, None),
        ({"given_up_at": NOW}, None),
    ],
)
def test_an_end_is_looked_at_again_for_its_reason_and_its_recording(anna: Member, end: Any, expected: Any) -> None:
    assert seconds(call_of(anna, **({"finished_at": NOW - timedelta(seconds=5)} | end))) == expected


def test_an_end_without_a_reason_is_looked_up_at_once_and_then_less_often(anna: Member) -> None:
    ended = call_of(anna, finished_at=NOW)
    assert not ended.is_final
    assert seconds(ended) == 2
    ended.fruitless = 3
    assert seconds(ended, shown=False) == 16


def told(account: Account, **left: Any) -> Pace:
    soon = NOW + timedelta(seconds=20)
    Points.objects.create(account=account, seen_at=NOW, minute_resets_at=soon, day_resets_at=soon, **left)
    return pace_of(account, NOW)


@pytest.mark.parametrize(
    ("left", "pace"),
    [
        ({}, Pace()),
        ({"minute_limit": 100, "minute_remaining": 60}, Pace()),
        ({"minute_limit": 100, "minute_remaining": 40}, Pace(3.0)),
        ({"day_limit": 1000, "day_remaining": 240}, Pace(3.0)),
        ({"minute_limit": 100, "minute_remaining": 25}, Pace(wait=timedelta(seconds=30))),
        ({"day_limit": 1000, "day_remaining": 100}, Pace(wait=timedelta(seconds=30))),
        ({"minute_limit": 100, "minute_remaining": 0}, Pace(wait=timedelta(seconds=20))),
    ],
)
def test_looks_become_fewer_as_points_fall_and_leave_the_reserve_alone(account: Account, left: Any, pace: Pace) -> None:
    assert told(account, **left) == pace


def test_an_account_whose_points_nobody_told_is_not_slowed_down(account: Account) -> None:
    assert pace_of(account, NOW) == Pace()


def test_a_slower_pace_stretches_the_looks_and_a_pause_overrules_them(anna: Member) -> None:
    assert seconds(call_of(anna), pace=Pace(3.0)) == 6
    assert seconds(call_of(anna, fruitless=5), shown=False, pace=Pace(3.0)) == 64
    assert seconds(call_of(anna), pace=Pace(wait=timedelta(seconds=30))) == 30


@pytest.mark.parametrize(
    ("fields", "pace", "expected"),
    [
        ({"dispatch": Dispatch.SENDING, "requested_at": NOW + timedelta(hours=1)}, UNHURRIED, 25),
        ({"finished_at": NOW + timedelta(hours=1), "finish_reason": "no_answer", "talk_duration": 5}, UNHURRIED, 1800),
        ({}, Pace(wait=timedelta(hours=20)), 1800),
    ],
    ids=["sent by a clock that was ahead", "ended by a clock that is ahead", "no points left today"],
)
def test_no_turn_is_further_ahead_than_half_an_hour(
    anna: Member, settings: Any, fields: dict[str, Any], pace: Pace, expected: int
) -> None:
    """One that is was set by a clock that was wrong: see `Call.objects.due`."""
    settings.CLICKCALL_CONNECT_TIMEOUT, settings.CLICKCALL_READ_TIMEOUT = 5, 15
    assert seconds(call_of(anna, **fields), pace=pace) == expected
