"""What a call's facts add up to: pure functions over what is known, in whatever order it became known.

Facts form a lattice. `join` takes what two sources know about one call and is commutative, associative and idempotent:
the further dispatch, the earliest time, the longest duration. So events may be repeated, come late or out of order, and
no event can send a call back: above all there is no way from *unknown* to *sending*.

            sending -> unknown -> not placed -> not sent, refused -> accepted

A later sighting at the provider turns *unknown* or *not placed* into *accepted*; nothing turns *accepted* into less. A
session that was seen without a press has no dispatch at all, and only its end is to be learnt.

An end is the time at which it came together with the reason for it. A notification tells the time first: until the
report has told the rest (or people talked, or a caller reached nobody, which says enough) there is something to be
learnt, so such a call is not final, though nobody's phone rings any more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from ..models import Dispatch, FirstCall, Origin, Status

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
    """What is known about a call. Times are aware, durations whole seconds; None and "" = not known.

    `origin` and `first_call` are the call's own and never change. `is_missed`: the provider says that a caller reached
    nobody. `given_up_at`: the provider has not shown the call for so long that its end will not be told.
    """

    dispatch: str = Dispatch.NONE
    cause: str = ""
    origin: str = Origin.PRESS
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
    communication_id: str = ""
    record_link: str = ""
    record_ids: tuple[str, ...] = ()
    is_missed: bool = False
    given_up_at: datetime | None = None

    @property
    def talk_began_at(self) -> datetime | None:
        """Both are on the line since then."""
        if self.employee_answered_at is None or self.contact_answered_at is None:
            return None
        return max(self.employee_answered_at, self.contact_answered_at)


FACTS = tuple(field.name for field in fields(Facts) if field.name not in ("origin", "first_call"))


def facts_of(call: Any, row: Mapping[str, Any] | None = None) -> Facts:
    """The facts of a row (any object with their names as attributes; `params` holds `first_call`).

    `row` holds newer values of the columns named in `FACTS`.
    """
    known = dict(row) if row is not None else {name: getattr(call, name) for name in FACTS}
    known["record_ids"] = tuple(known["record_ids"])
    return Facts(origin=call.origin, first_call=first_call_of(call), **known)


def columns(facts: Facts) -> dict[str, Any]:
    """The columns of a row that follow from its facts."""
    held: dict[str, Any] = {name: getattr(facts, name) for name in FACTS} | {"record_ids": list(facts.record_ids)}
    return held | {"status": status(facts), "is_final": is_final(facts)}


def first_call_of(call: Any) -> str:
    """Who was to be rung first; a call without parameters is read like an ordinary one."""
    return str(call.params.get("first_call") or FirstCall.EMPLOYEE)


def join(known: Facts, news: Facts) -> Facts:
    """Both together; `origin` and `first_call` are the known call's."""
    further = max(known, news, key=lambda facts: (RANK[Dispatch(facts.dispatch)], facts.cause))
    return Facts(
        origin=known.origin,
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
        communication_id=max(known.communication_id, news.communication_id),
        record_link=max(known.record_link, news.record_link),
        record_ids=tuple(sorted({*known.record_ids, *news.record_ids})),
        is_missed=known.is_missed or news.is_missed,
        given_up_at=_earliest(known.given_up_at, news.given_up_at),
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
        return facts.given_up_at is not None or _is_told(facts)
    return facts.dispatch in (Dispatch.REFUSED, Dispatch.NOT_SENT, Dispatch.NOT_PLACED)


def _is_told(facts: Facts) -> bool:
    """The provider has said when the call ended, and how."""
    talked = facts.talk_duration or facts.talk_began_at
    return facts.finished_at is not None and bool(facts.finish_reason or talked or facts.is_missed)


def rang_the_client(facts: Facts) -> bool:
    """Whether a press is known to have come as far as the client's phone; what is known never becomes less."""
    if facts.origin != Origin.PRESS:
        return False
    legs = facts.contact_ringing_at or facts.contact_answered_at or facts.talk_duration
    return bool(legs) or status(facts) in (Status.TALKED, Status.NO_ANSWER, Status.BUSY, Status.UNAVAILABLE)


def status(facts: Facts) -> Status:
    """The status that pages show."""
    if facts.dispatch in (Dispatch.ACCEPTED, Dispatch.NONE):
        return _placed(facts)
    return {
        Dispatch.SENDING: Status.CALLING,
        Dispatch.UNKNOWN: Status.UNKNOWN,
        Dispatch.NOT_PLACED: Status.NOT_PLACED,
        Dispatch.NOT_SENT: Status.NOT_SENT,
        Dispatch.REFUSED: Status.REFUSED,
    }[Dispatch(facts.dispatch)]


def _placed(facts: Facts) -> Status:
    is_inbound = facts.origin == Origin.INBOUND
    if facts.finished_at:
        return _answered_or_missed(facts) if is_inbound else _ended(facts)
    if facts.given_up_at:
        return Status.ENDED
    return _coming_in(facts) if is_inbound else _under_way(facts)


def _coming_in(facts: Facts) -> Status:
    return Status.TALKING if facts.talk_began_at else Status.INCOMING


def _answered_or_missed(facts: Facts) -> Status:
    """Missed only when the provider says so; then it is, whatever a robot may have told the caller meanwhile."""
    if facts.is_missed:
        return Status.MISSED
    return Status.TALKED if facts.talk_duration or facts.talk_began_at else Status.ENDED


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
