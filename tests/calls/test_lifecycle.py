"""What a call's facts add up to, whatever the order in which they become known."""

import itertools
import json
from datetime import datetime, timedelta
from functools import reduce
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.facts import BEGAN, TIMES, facts

from clickcall.calls import lifecycle
from clickcall.calls.lifecycle import FACTS, NORMAL, RANK, REASONS, Facts
from clickcall.models import LIVE, Call, Dispatch, FirstCall, Origin, Status


def at(second: int) -> datetime:
    return BEGAN + timedelta(seconds=second)


def accepted(**known: Any) -> Facts:
    return Facts(dispatch=Dispatch.ACCEPTED, **known)


@given(facts(), facts())
def test_joining_is_commutative(one: Facts, other: Facts) -> None:
    assert lifecycle.join(one, other) == lifecycle.join(other, one)


@given(facts(), facts(), facts())
def test_joining_is_associative(one: Facts, two: Facts, three: Facts) -> None:
    assert lifecycle.join(lifecycle.join(one, two), three) == lifecycle.join(one, lifecycle.join(two, three))


@given(facts(), facts())
def test_joining_the_same_again_changes_nothing(one: Facts, other: Facts) -> None:
    joined = lifecycle.join(one, other)
    assert lifecycle.join(joined, other) == joined
    assert lifecycle.join(one, one) == one


@given(facts())
def test_knowing_nothing_adds_nothing(known: Facts) -> None:
    assert lifecycle.join(known, Facts()) == known


@given(st.lists(facts(), min_size=1, max_size=4), st.data())
def test_order_and_repetition_of_events_do_not_matter(events: list[Facts], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(events + data.draw(st.lists(st.sampled_from(events), max_size=4))))
    straight, crooked = reduce(lifecycle.join, events), reduce(lifecycle.join, shuffled)
    assert straight == crooked
    assert lifecycle.status(straight) == lifecycle.status(crooked)


@given(facts(dispatches=(Dispatch.UNKNOWN, Dispatch.NOT_PLACED)), st.lists(facts(), max_size=5))
def test_no_events_lead_from_unknown_back_to_sending(known: Facts, events: list[Facts]) -> None:
    for event in events:
        known = lifecycle.join(known, event)
        assert known.dispatch not in (Dispatch.SENDING, Dispatch.NONE)
        assert lifecycle.status(known) != Status.CALLING


@given(facts(dispatches=(Dispatch.ACCEPTED,)), facts())
def test_accepted_never_becomes_less(known: Facts, news: Facts) -> None:
    joined = lifecycle.join(known, news)
    assert (joined.dispatch, joined.cause) == (Dispatch.ACCEPTED, "")


@given(facts(), facts())
def test_what_has_been_set_stays_set(known: Facts, news: Facts) -> None:
    joined = lifecycle.join(known, news)
    assert RANK[Dispatch(joined.dispatch)] >= RANK[Dispatch(known.dispatch)]
    for name in set(FACTS) - {"dispatch", "cause"}:
        assert getattr(joined, name) or not getattr(known, name)


@given(facts(), facts())
def test_the_earliest_time_and_the_longest_duration_are_kept(one: Facts, other: Facts) -> None:
    joined = lifecycle.join(one, other)
    for name in (*TIMES, "accepted_at"):
        assert getattr(joined, name) == min(filter(None, (getattr(one, name), getattr(other, name))), default=None)
    for name in ("wait_duration", "talk_duration", "total_duration"):
        known = [value for value in (getattr(one, name), getattr(other, name)) if value is not None]
        assert getattr(joined, name) == max(known, default=None)


def test_of_two_sessions_for_one_press_the_first_is_kept() -> None:
    one, other = accepted(call_session_id="10"), accepted(call_session_id="9")
    assert lifecycle.join(one, other).call_session_id == "9"


@pytest.mark.parametrize("dispatch", list(Dispatch))
@pytest.mark.parametrize("first_call", list(FirstCall))
def test_a_final_call_is_never_shown_as_live(dispatch: Dispatch, first_call: FirstCall) -> None:
    """The database refuses such a row, so that no combination of facts may lead to it."""
    for known in itertools.product((None, BEGAN), repeat=len(TIMES)):
        for reason in ("", "success_finish", "another_operator_answer", "some_new_reason", *REASONS):
            for talk in (None, 0, 5):
                one = Facts(
                    dispatch=dispatch,
                    first_call=first_call,
                    finish_reason=reason,
                    talk_duration=talk,
                    **dict(zip(TIMES, known, strict=True)),
                )
                assert not (lifecycle.is_final(one) and lifecycle.status(one) in LIVE)


@pytest.mark.parametrize(
    ("dispatch", "status", "final"),
    [
        (Dispatch.SENDING, Status.CALLING, False),
        (Dispatch.UNKNOWN, Status.UNKNOWN, False),
        (Dispatch.NOT_PLACED, Status.NOT_PLACED, True),
        (Dispatch.NOT_SENT, Status.NOT_SENT, True),
        (Dispatch.REFUSED, Status.REFUSED, True),
        (Dispatch.ACCEPTED, Status.ACCEPTED, False),
        (Dispatch.NONE, Status.ACCEPTED, False),
    ],
)
def test_each_dispatch_has_its_status(dispatch: Dispatch, status: Status, final: bool) -> None:
    known = Facts(dispatch=dispatch)
    assert (lifecycle.status(known), lifecycle.is_final(known)) == (status, final)


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ({}, Status.ACCEPTED),
        ({"employee_ringing_at": at(1)}, Status.RINGING_YOU),
        ({"employee_ringing_at": at(1), "employee_answered_at": at(2)}, Status.ACCEPTED),
        (
            {"employee_ringing_at": at(1), "employee_answered_at": at(2), "contact_ringing_at": at(3)},
            Status.RINGING_CONTACT,
        ),
        ({"contact_ringing_at": at(1)}, Status.RINGING_CONTACT),
        ({"contact_ringing_at": at(1), "contact_answered_at": at(2)}, Status.ACCEPTED),
        (
            {"contact_ringing_at": at(1), "contact_answered_at": at(2), "employee_ringing_at": at(3)},
            Status.RINGING_YOU,
        ),
        ({"employee_answered_at": at(2), "contact_answered_at": at(5)}, Status.TALKING),
    ],
)
def test_a_phone_is_said_to_ring_only_when_a_leg_said_so(known: dict[str, Any], status: Status) -> None:
    assert lifecycle.status(accepted(**known)) == status


def test_both_are_on_the_line_since_the_second_one_answered() -> None:
    assert accepted(employee_answered_at=at(2), contact_answered_at=at(5)).talk_began_at == at(5)
    assert accepted(employee_answered_at=at(7), contact_answered_at=at(5)).talk_began_at == at(7)
    assert accepted(employee_answered_at=at(7)).talk_began_at is None


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ({"talk_duration": 5}, Status.TALKED),
        ({"talk_duration": 5, "finish_reason": "caller_disconnects"}, Status.TALKED),
        ({"talk_duration": 5, "finish_reason": "some_new_reason"}, Status.TALKED),
        ({"talk_duration": 5, "finish_reason": "another_operator_answer"}, Status.SOMEBODY_ELSE),
        ({"finish_reason": "some_new_reason"}, Status.ENDED),
        ({"finish_reason": "success_finish"}, Status.ENDED),
        ({"finish_reason": "operator_disconnects", "employee_answered_at": at(2)}, Status.NO_ANSWER),
        ({"finish_reason": "operator_disconnects", "contact_ringing_at": at(2)}, Status.NO_ANSWER),
        ({"first_call": "contact", "finish_reason": "caller_disconnects"}, Status.NO_ANSWER),
        (
            {"first_call": "contact", "finish_reason": "caller_disconnects", "contact_answered_at": at(3)},
            Status.ENDED,
        ),
        ({"employee_answered_at": at(2), "contact_answered_at": at(5)}, Status.TALKED),
        (
            {"employee_answered_at": at(2), "contact_answered_at": at(5), "finish_reason": "caller_busy"},
            Status.BUSY,
        ),
        *(({"finish_reason": reason}, status) for reason, status in REASONS.items()),
    ],
)
def test_an_ended_call_says_how_it_ended(known: dict[str, Any], status: Status) -> None:
    ended = accepted(finished_at=at(60), **known)
    assert lifecycle.status(ended) == status
    assert lifecycle.is_final(ended)


def test_every_reason_without_meaning_for_people_is_known_as_such() -> None:
    document = json.loads(Path(__file__).with_name("finish_reasons.json").read_text(encoding="utf-8"))
    assert set(document["groups"]["normal"]) | {""} == NORMAL
    known = set(itertools.chain.from_iterable(document["groups"].values()))
    assert set(REASONS) <= known


def test_the_facts_of_a_row_are_its_columns() -> None:
    columns = {field.name for field in Call._meta.fields}
    assert set(FACTS) <= columns
    row = SimpleNamespace(
        params={"first_call": "contact"}, origin=Origin.PRESS, **{name: getattr(Facts(), name) for name in FACTS}
    )
    assert lifecycle.facts_of(row) == Facts(first_call="contact")
    row.params = {}
    assert lifecycle.facts_of(row).first_call == FirstCall.EMPLOYEE
    assert {*lifecycle.columns(Facts())} <= columns
