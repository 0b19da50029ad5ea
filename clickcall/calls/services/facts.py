"""What becomes known about a call, and what a person does to one."""

import uuid
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from ... import gateway
from ...accounts.tokens import NoReadyKey, with_key
from ...contacts import queue
from ...contacts.callbacks import fulfil
from ...models import Call, CallEvent, EventSource, Member, Origin
from ...models.prepared import Prepared
from ...models.writing import PreparedInsert, PreparedUpdate
from ...provider.errors import AnswerUnknown, ProviderError, Refused
from .. import lifecycle
from ..events import Event
from .sessions import note_dispatch
from .twins import absorb

_EVENTS, _CALL = PreparedInsert(CallEvent), PreparedUpdate(Call)
_COLUMNS = (*lifecycle.FACTS, "employee_name", "status", "is_final")
_LOCKED_FACTS = Prepared(
    int, ask=lambda call: Call.objects.select_for_update().filter(pk=call).order_by().values_list(*_COLUMNS)
)


@transaction.atomic(savepoint=False)  # all or nothing with what surrounds it
def apply_event(
    call: Call, event: Event, *, is_fresh: bool = False, also: Callable[[Call], dict[str, Any]] | None = None
) -> Call:
    """Adds what an event knows to a call: the one door for our own answer, notifications, live lists and reports.

    Order and repetition do not matter (see `lifecycle`); an event that brings nothing new writes nothing. The call that
    is given comes back with the facts as they now stand in its row. A session that turns out to be this press's, and
    was taken for a call of its own before, becomes part of it.

    `is_fresh`: the call was read and locked in this transaction. `also`: further columns, by how the call stands then.
    """
    held = _held(call) if is_fresh else _asked(call)
    known = lifecycle.facts_of(call, {name: held[name] for name in lifecycle.FACTS})
    facts = lifecycle.join(known, event.news)
    if call.origin == Origin.PRESS and facts.call_session_id != known.call_session_id:
        facts = absorb(call, facts)
    standing = lifecycle.columns(facts)
    changes = {name: value for name, value in standing.items() if value != held.get(name)} if facts != known else {}
    changes |= _beside(event, held, is_answer=facts.dispatch != known.dispatch)
    for name, value in (standing | changes).items():
        setattr(call, name, value)
    _write(call, changes | (also(call) if also else {}))
    if facts != known:
        note(call, event.source, event.kind, event.data, at=event.at)
    note_dispatch(call, known.dispatch)
    if lifecycle.rang_the_client(facts) and not lifecycle.rang_the_client(known):
        fulfil(call)
    if call.is_final and (not lifecycle.is_final(known) or lifecycle.status(known) != call.status):
        queue.note_end(call)
    return call


def _asked(call: Call) -> dict[str, Any]:
    """What is known of a call by now; its row is locked from here on."""
    return dict(zip(_COLUMNS, _LOCKED_FACTS.rows(call.pk)[0], strict=True))


def _held(call: Call) -> dict[str, Any]:
    return {name: getattr(call, name) for name in _COLUMNS}


def _beside(event: Event, held: dict[str, Any], *, is_answer: bool) -> dict[str, Any]:
    """What an event changes that is no fact of the lattice. `is_answer`: it says what became of our request."""
    columns = event.columns | {"next_check_at": event.at} if is_answer else {}
    rung = {"employee_name": event.rung} if event.rung and event.rung != held["employee_name"] else {}
    return columns | rung


def _write(call: Call, changes: dict[str, Any]) -> None:
    if changes:
        _CALL.write(call.pk, changes)
        for name, value in changes.items():
            setattr(call, name, value)


def note(
    call: Call, source: EventSource, kind: str, data: dict[str, Any] | None = None, *, at: datetime | None = None
) -> None:
    """Something that happened to a call, for its history; nothing in its row changes."""
    _EVENTS.write(
        CallEvent(
            account_id=call.account_id, call_id=call.pk, source=source, kind=kind, at=at or now(), data=data or {}
        )
    )


def tell_admin(call: Call) -> None:
    """The member asks the admins for help with this call; they see it on every page until one of them is done."""
    Call.objects.filter(pk=call.pk, told_admin_at=None).update(told_admin_at=now())


def admin_is_done(call: Call) -> None:
    """An admin has dealt with what they were told."""
    Call.objects.filter(pk=call.pk, admin_done_at=None).exclude(told_admin_at=None).update(admin_done_at=now())


def close(call: Call) -> None:
    """Takes an ended call off its member's live bar."""
    Call.objects.filter(pk=call.pk, closed_at=None).update(closed_at=now())


class HangUp(StrEnum):
    """What became of a request to end a call."""

    ASKED = "asked"
    OVER = "over"  # there was nothing left to end
    UNKNOWN = "unanswered"  # it may have been ended
    FAILED = "failed"


def hang_up(call: Call, *, member: Member) -> HangUp:
    """Asks the provider to end a live call; what became of it is an event, and the call is looked at soon."""
    if call.is_final:
        return HangUp.OVER
    if not call.call_session_id:
        return HangUp.FAILED
    request_id = f"release-{uuid.uuid4().hex[:12]}"
    told = {"by": member.name, "request_id": request_id}
    try:
        with_key(
            call.account,
            lambda key: gateway.call_api(call.account, key).release_call(call.call_session_id, request_id=request_id),
        )
        became = HangUp.ASKED
    except (ProviderError, NoReadyKey) as error:
        became = _not_ended(error)
        told["cause"] = str(error)
    note(call, EventSource.HANG_UP, became.value, told)
    if became != HangUp.FAILED:
        Call.objects.filter(pk=call.pk).update(next_check_at=now())
    return became


def _not_ended(error: ProviderError | NoReadyKey) -> HangUp:
    """A session that the provider no longer finds is over; a second press of the button meets that."""
    if isinstance(error, Refused) and error.mnemonic == "call_session_not_found":
        return HangUp.OVER
    return HangUp.UNKNOWN if isinstance(error, AnswerUnknown) else HangUp.FAILED
