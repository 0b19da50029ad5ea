"""When a call has ended, and when there is nothing more to be learnt about it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from support.facts import facts

from clickcall.calls import lifecycle
from clickcall.calls.lifecycle import Facts
from clickcall.models import LIVE, Dispatch, Origin, Status

BEGAN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PLACED = (Dispatch.ACCEPTED, Dispatch.NONE)


def at(second: int) -> datetime:
    return BEGAN + timedelta(seconds=second)


def accepted(**known: Any) -> Facts:
    return Facts(dispatch=Dispatch.ACCEPTED, **known)


@given(facts(dispatches=PLACED))
def test_a_call_that_has_ended_is_not_live_and_one_that_has_not_is(known: Facts) -> None:
    ended = known.finished_at is not None or known.given_up_at is not None
    assert ended == (lifecycle.status(known) not in LIVE)
    assert ended or not lifecycle.is_final(known)


@given(facts(dispatches=PLACED), facts(dispatches=PLACED))
def test_what_is_final_stays_final(known: Facts, news: Facts) -> None:
    assert lifecycle.is_final(lifecycle.join(known, news)) >= lifecycle.is_final(known)


@pytest.mark.parametrize(
    ("how", "final"),
    [
        ({}, False),
        ({"wait_duration": 4, "total_duration": 4, "talk_duration": 0}, False),
        ({"finish_reason": "caller_busy"}, True),
        ({"talk_duration": 5}, True),
        ({"employee_answered_at": BEGAN, "contact_answered_at": BEGAN}, True),
        ({"is_missed": True}, True),
        ({"given_up_at": BEGAN}, True),
    ],
)
def test_an_end_is_a_time_and_how_it_came(how: dict[str, Any], final: bool) -> None:
    assert lifecycle.is_final(accepted(finished_at=at(60), **how)) == final


@given(facts(dispatches=(Dispatch.NONE,), origin=Origin.INBOUND))
def test_a_caller_is_coming_in_talking_talked_missed_or_gone(known: Facts) -> None:
    live = {Status.INCOMING, Status.TALKING}
    ended = {Status.TALKED, Status.MISSED, Status.ENDED}
    assert lifecycle.status(known) in (ended if known.finished_at or known.given_up_at else live)
    assert (lifecycle.status(known) == Status.MISSED) == (known.is_missed and known.finished_at is not None)


def test_a_call_that_was_given_up_can_still_be_told_of() -> None:
    given_up = accepted(given_up_at=at(90))
    assert (lifecycle.status(given_up), lifecycle.is_final(given_up)) == (Status.ENDED, True)
    told = lifecycle.join(given_up, accepted(finished_at=at(60), finish_reason="caller_busy"))
    assert (lifecycle.status(told), lifecycle.is_final(told)) == (Status.BUSY, True)
