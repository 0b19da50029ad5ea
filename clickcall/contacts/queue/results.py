"""What calls do to the queue: the only writers of where a contact stands there.

Where a contact stands follows from its calls, not from what was counted before: to note the same end twice changes
nothing, and ends may come in any order.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from ...models import Account, Call, Contact, Effect, Member, Origin, Outcome, QueueEntry, QueueState, Status
from .. import callbacks
from ..rules.company import rules_of
from ..zones import zone_of
from . import plan
from .places import forget

_NOT_REACHED = (Status.NO_ANSWER, Status.BUSY, Status.UNAVAILABLE)
_LATEST = 20  # calls of a contact that are looked at; plans are shorter
_COLUMNS = ("pk", "origin", "status", "talk_duration", "contact_ringing_at", "wrap_up__outcome__effect")
_CLOSED = {
    Effect.DONE: QueueState.DONE,
    Effect.DO_NOT_CALL: QueueState.DONE,
    Effect.WRONG_NUMBER: QueueState.BAD_NUMBER,
}

TALK, ATTEMPT, NOTHING = "talk", "attempt", ""


def note_end(call: Call) -> None:
    """A press has come to its end: the next attempt by the list's plan, or a talk. Calls that rang nobody say nothing.

    After a talk the outcome decides; as long as nobody has said it the contact comes back on the next day.
    """
    if call.origin != Origin.PRESS or not call.contact_id:
        return
    came = kind_of(call.origin, call.status, call.talk_duration, call.contact_ringing_at, "")
    if came == NOTHING or ((history := _history(call.contact_id)) and history[0][0] != call.pk):
        return
    _settle(call, came, [kind for _pk, kind in history[1:]])


def note_outcome(call: Call, outcome: Outcome) -> None:
    """Somebody said how the call went; said again, the newer word holds. See `is_overtaken` for calls of the past.

    Attempts that came after the call go on counting from their own end.
    """
    if not call.contact_id:
        return
    if closed := _CLOSED.get(Effect(outcome.effect)):
        _write(call.contact_id, {"state": closed, "attempts": 0, "next_attempt_at": None})
        return
    history = _history(call.contact_id)
    if newer := _newer(call, history):
        _settle(newer, history[0][1], [kind for _pk, kind in history[1:]], reopens=True)
        return
    came = kind_of(call.origin, call.status, call.talk_duration, call.contact_ringing_at, outcome.effect) or TALK
    before = [kind for pk, kind in history if pk != call.pk]
    _settle(call, came, before, again=outcome.effect == Effect.TRY_AGAIN, reopens=True)


def is_overtaken(call: Call) -> bool:
    """Whether of a later call with the contact an outcome was said or is still asked for: then that one decides."""
    asked = Q(talk_duration=None) | Q(talk_duration__gte=rules_of(call.account_id).outcome_from_seconds)
    decides = Q(wrap_up__decided_at__isnull=False) | asked & Q(origin=Origin.PRESS, status=Status.TALKED)
    later = Call.objects.filter(contact_id=call.contact_id or 0, requested_at__gt=call.requested_at)
    return later.filter(decides).exists()


def _newer(call: Call, history: list[tuple[int, str]]) -> Call | None:
    """The newest of the calls, if it came after this one."""
    if not history or history[0][0] == call.pk:
        return None
    return Call.objects.filter(pk=history[0][0], requested_at__gt=call.requested_at).first()


def kind_of(origin: str, status: str, talked: int | None, rang_at: datetime | None, effect: str | None) -> str:
    """Whether a call that has ended was a talk with the contact, an attempt to reach them, or nothing to them."""
    if status == Status.TALKED or (status == Status.SOMEBODY_ELSE and talked):
        return ATTEMPT if effect == Effect.MACHINE else TALK
    if origin == Origin.PRESS and (status in _NOT_REACHED or (status == Status.ENDED and rang_at)):
        return ATTEMPT
    return NOTHING


def _history(contact_id: int) -> list[tuple[int, str]]:
    """The contact's latest calls that were something to them, newest first."""
    ended = Call.objects.filter(contact_id=contact_id, is_final=True).order_by("-requested_at", "-pk")
    kinds = ((row[0], kind_of(*row[1:])) for row in ended.values_list(*_COLUMNS)[:_LATEST])
    return [(pk, kind) for pk, kind in kinds if kind]


def _settle(call: Call, came: str, before: list[str], *, again: bool = False, reopens: bool = False) -> None:
    contact = Contact.objects.select_related("list", "account").get(pk=call.contact_id or 0)
    ended_at = call.finished_at or call.given_up_at or call.requested_at
    zone = zone_of(contact, call.contact_phone).tz or contact.account.tz
    attempts = 0
    if came == ATTEMPT:
        attempts = 1 + next((place for place, kind in enumerate(before) if kind == TALK), len(before))
    steps = plan.steps_of(contact.list)
    if came == TALK and not again:
        due: datetime | None = plan.other_half(ended_at, zone)
    else:
        due = plan.next_attempt(steps, attempts, ended_at, zone)
    state = QueueState.OPEN if due else QueueState.NO_CONTACT
    changes = {"state": state, "attempts": attempts, "next_attempt_at": due, "postponed_by": None}
    keeps = () if reopens else (QueueState.DONE, QueueState.BAD_NUMBER)
    _write(contact.pk, changes, keeps=keeps)


def _write(contact_id: int, changes: dict[str, Any], *, keeps: tuple[str, ...] = ()) -> None:
    """Changes the contact's entry, or makes it; one whose state is in `keeps` stays as it is."""
    if QueueEntry.objects.filter(contact_id=contact_id).exclude(state__in=keeps).update(**changes):
        return
    contact = Contact.objects.only("account_id", "list_id").get(pk=contact_id)
    given = {"account_id": contact.account_id, "list_id": contact.list_id, **changes}
    entry, made = QueueEntry.objects.get_or_create(contact_id=contact_id, defaults=given)
    if not made and entry.state not in keeps:  # somebody was given the contact at this moment
        QueueEntry.objects.filter(pk=entry.pk).update(**changes)


def postpone(contact: Contact, member: Member, until: datetime) -> bool:
    """Puts off a contact that the member has, with what was promised to it. False when they do not have it any more."""
    mine = QueueEntry.objects.held_by(member).filter(contact=contact)
    later = {"next_attempt_at": until, "postponed_by": member, "leased_to": None, "lease_until": None}
    if not mine.update(**later):
        return False
    for promised in callbacks.due(member, until).filter(contact=contact):
        callbacks.move(promised, until)
    return True


def in_an_hour(at: datetime, account: Account) -> datetime:
    return at + timedelta(hours=1)


def tomorrow(at: datetime, account: Account) -> datetime:
    """The same time tomorrow by the account's clocks."""
    there = at.astimezone(account.tz)
    return datetime.combine(there.date() + timedelta(days=1), there.time(), account.tz)


LATER = {"hour": in_an_hour, "tomorrow": tomorrow}


def move(contact_id: int, list_id: int) -> None:
    """The contact has come to another list, and takes its place in the queue along."""
    QueueEntry.objects.filter(contact_id=contact_id).update(list_id=list_id)
    forget([list_id])
