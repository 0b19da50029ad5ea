"""What a call's facts add up to: pure functions over what is known, in whatever order it became known.

Facts form a lattice. `join` takes what two sources know about one call and is commutative, associative and idempotent:
the further dispatch, the earliest time, the longest duration. So events may be repeated, come late or out of order, and
no event can send a call back: above all there is no way from *unknown* to *sending*.

            sending -> unknown -> not placed -> not sent, refused -> accepted

A later sighting at the provider turns *unknown* or *not placed* into *accepted*; nothing turns *accepted* into less.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from ..models import Dispatch, FirstCall, Status

# How far each answer about our request goes; a further one wins.
RANK = {
    Dispatch.NONE: 0,
    Dispatch.SENDING: 1,
    Dispatch.UNKNOWN: 2,
    Dispatch.NOT_PLACED: 3,
    Dispatch.NOT_SENT: 4,
    Dispatch.REFUSED: 5,
    Dispatch.ACCEPTED: 6,
}

# Why a finished call ended without a talk. Source: finish_reasons.json; 'caller' is the contact, 'operator' our person.
# What is not here is *ended*, explained by the words of its reason: "you didn't pick up" must stay true.
REASONS = {
    "caller_busy": Status.BUSY,
    "caller_not_responsive": Status.NO_ANSWER,
    "caller_number_problems": Status.UNAVAILABLE,
    "no_success_caller_call": Status.UNAVAILABLE,
    "operator_not_responsive": Status.YOU_MISSED,
    "operator_busy": Status.YOU_MISSED,
    "no_operator_confirmation": Status.YOU_MISSED,
    "no_success_operator_call": Status.YOU_MISSED,
    "sip_offline": Status.YOU_OFFLINE,
}
# These say nothing about whether people talked: the durations and the legs do.
NORMAL = frozenset(
    {
        "",
        "success_finish",
        "operator_answer",
        "caller_disconnects",
        "operator_disconnects",
        "transfer_disconnects",
        "scenario_disconnects",
        "fax_session_done",
        "no_operation",
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a call. Times are aware, durations whole seconds; None and "" = not known."""

    dispatch: str = Dispatch.NONE
    cause: str = ""
    first_call: str = FirstCall.EMPLOYEE
    call_session_id: str = ""
    accepted_at: datetime | None = None
    employee_ringing_at: datetime | None = None
    employee_answered_at: datetime | None = None
    contact_ringing_at: datetime | None = None
    contact_answered_at: datetime | None = None
    finished_at: datetime | None = None
    finish_reason: str = ""
    wait_duration: int | None = None
    talk_duration: int | None = None
    total_duration: int | None = None
    answered_by: str = ""
    record_link: str = ""

    @property
    def talk_began_at(self) -> datetime | None:
        """Both are on the line since then."""
        if self.employee_answered_at is None or self.contact_answered_at is None:
            return None
        return max(self.employee_answered_at, self.contact_answered_at)


FACTS = tuple(field.name for field in fields(Facts) if field.name != "first_call")


def facts_of(call: Any) -> Facts:
    """The facts of a row (any object with their names as attributes; `params` holds `first_call`)."""
    return Facts(first_call=first_call_of(call), **{name: getattr(call, name) for name in FACTS})


def first_call_of(call: Any) -> str:
    """Who was to be rung first; a call without parameters is read like an ordinary one."""
    return str(call.params.get("first_call") or FirstCall.EMPLOYEE)


def join(known: Facts, news: Facts) -> Facts:
    """Both together. `first_call` is the press's own and never changes."""
    further = max(known, news, key=lambda facts: (RANK[Dispatch(facts.dispatch)], facts.cause))
    return Facts(
        first_call=known.first_call,
        dispatch=further.dispatch,
        cause="" if further.dispatch == Dispatch.ACCEPTED else further.cause,
        call_session_id=_first_session(known.call_session_id, news.call_session_id),
        accepted_at=_earliest(known.accepted_at, news.accepted_at),
        employee_ringing_at=_earliest(known.employee_ringing_at, news.employee_ringing_at),
        employee_answered_at=_earliest(known.employee_answered_at, news.employee_answered_at),
        contact_ringing_at=_earliest(known.contact_ringing_at, news.contact_ringing_at),
        contact_answered_at=_earliest(known.contact_answered_at, news.contact_answered_at),
        finished_at=_earliest(known.finished_at, news.finished_at),
        finish_reason=max(known.finish_reason, news.finish_reason),
        wait_duration=_longest(known.wait_duration, news.wait_duration),
        talk_duration=_longest(known.talk_duration, news.talk_duration),
        total_duration=_longest(known.total_duration, news.total_duration),
        answered_by=max(known.answered_by, news.answered_by),
        record_link=max(known.record_link, news.record_link),
    )


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(one, other) if one and other else one or other


def _longest(one: int | None, other: int | None) -> int | None:
    return max(one, other) if one is not None and other is not None else one if other is None else other


def _first_session(one: str, other: str) -> str:
    """Of two sessions for one press the first: IDs rise with time."""
    return min(one, other, key=lambda text: (len(text), text)) if one and other else one or other


def is_final(facts: Facts) -> bool:
    """Nothing more can be learnt that would change what people are told."""
    if facts.dispatch in (Dispatch.ACCEPTED, Dispatch.NONE):
        return facts.finished_at is not None
    return facts.dispatch in (Dispatch.REFUSED, Dispatch.NOT_SENT, Dispatch.NOT_PLACED)


def status(facts: Facts) -> Status:
    """The status that pages show."""
    if facts.dispatch in (Dispatch.ACCEPTED, Dispatch.NONE):
        return _ended(facts) if facts.finished_at else _under_way(facts)
    return {
        Dispatch.SENDING: Status.CALLING,
        Dispatch.UNKNOWN: Status.UNKNOWN,
        Dispatch.NOT_PLACED: Status.NOT_PLACED,
        Dispatch.NOT_SENT: Status.NOT_SENT,
        Dispatch.REFUSED: Status.REFUSED,
    }[Dispatch(facts.dispatch)]


def _under_way(facts: Facts) -> Status:
    """Says that somebody's phone rings only when a leg said so."""
    if facts.talk_began_at:
        return Status.TALKING
    if facts.contact_ringing_at and not facts.contact_answered_at:
        return Status.RINGING_CONTACT
    if facts.employee_ringing_at and not facts.employee_answered_at:
        return Status.RINGING_YOU
    return Status.ACCEPTED


def _ended(facts: Facts) -> Status:
    if facts.finish_reason == "another_operator_answer":
        return Status.SOMEBODY_ELSE
    if facts.talk_duration:
        return Status.TALKED
    if facts.finish_reason in REASONS:
        return REASONS[facts.finish_reason]
    if facts.finish_reason not in NORMAL:
        return Status.ENDED
    if facts.talk_began_at:
        return Status.TALKED  # the legs said so, though nobody measured how long
    if facts.contact_answered_at:
        return Status.ENDED  # the client answered, and our person was not there
    if facts.first_call == FirstCall.EMPLOYEE and not (facts.employee_answered_at or facts.contact_ringing_at):
        return Status.ENDED  # somebody ended it before we saw a phone being answered
    return Status.NO_ANSWER
