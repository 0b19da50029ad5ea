"""The only writers of what people say about calls. A call stays as it was: here is only what somebody adds to it."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ...models import Call, Effect, Member, Outcome, WrapUp
from ...models.saving import save_changes
from . import notes
from .effects import apply

LONGEST = 20_000  # characters of a note


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form says. `seen` is the stamp of the note that was typed upon; `other` is another device's, kept beside.

    `outcome` None leaves the outcome alone; `callback_at` is for one that calls back.
    """

    note: str = ""
    seen: str = ""
    other: str = ""
    outcome: Outcome | None = None
    callback_at: datetime | None = None
    anyone: bool = False
    asked_by_client: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """`other`: what another device wrote since; it is kept in the note, below what was typed here."""

    wrap_up: WrapUp
    other: str = ""

    @property
    def stamp(self) -> str:
        return stamp(self.wrap_up)


def stamp(wrap_up: WrapUp | None) -> str:
    """Names a state of the note: whoever typed upon another one must not write over this one."""
    return wrap_up.updated_at.isoformat() if wrap_up else ""


@transaction.atomic
def keep(call: Call, draft: Draft, *, by: Member) -> Saved:
    """Keeps the note, and the outcome that was chosen so far. The note of another device is never written over."""
    row, is_new = WrapUp.objects.get_or_create(call=call, defaults={"account_id": call.account_id, "member": by})
    row = WrapUp.objects.select_for_update().get(pk=row.pk)
    other = draft.other
    if not is_new and draft.seen != stamp(row):
        other = notes.beside(draft.note, row.note)
    other = notes.beside(draft.note, other)
    changes: dict[str, object] = {"note": notes.together(draft.note, other)[:LONGEST]}
    if draft.outcome and row.decided_at is None:
        changes |= {"outcome": draft.outcome, "callback_at": draft.callback_at}
    if is_new or any(getattr(row, name) != value for name, value in changes.items()):
        save_changes(row, **changes, updated_at=now())
    return Saved(row, other)


@transaction.atomic
def decide(call: Call, draft: Draft, *, by: Member) -> WrapUp:
    """Sets the outcome, with what it does; once more changes it. The live bar is put away.

    Raises ValidationError (`outcome`, `due_at`), with nothing changed.
    """
    outcome = draft.outcome
    if outcome is None or outcome.account_id != call.account_id:
        raise ValidationError({"outcome": _("Choose how it went.")})
    if outcome.effect == Effect.CALL_BACK and draft.callback_at is None:
        raise ValidationError({"due_at": _("Say when to call back.")})
    row = keep(call, draft, by=by).wrap_up
    moment = now()
    save_changes(
        row,
        outcome=outcome,
        outcome_name=outcome.name,
        callback_at=draft.callback_at if outcome.effect == Effect.CALL_BACK else None,
        decided_at=moment,
        updated_at=moment,
    )
    Call.objects.filter(pk=call.pk, closed_at=None).update(closed_at=moment)
    apply(row, call, by=by, anyone=draft.anyone, asked_by_client=draft.asked_by_client)
    return row


def join(call: Call, twin: Call) -> None:
    """Makes what was said about a second row of the same session part of what is said about `call`.

    Call it in a transaction, before that row goes.
    """
    theirs = WrapUp.objects.select_for_update().filter(call=twin).first()
    if theirs is None:
        return
    own = WrapUp.objects.select_for_update().filter(call=call).first()
    if own is None:
        save_changes(theirs, call=call)
        return
    said = theirs.note
    chosen: dict[str, object] = {}
    if theirs.decided_at and own.decided_at is None:
        chosen = {name: getattr(theirs, name) for name in ("outcome", "outcome_name", "callback_at", "decided_at")}
    elif theirs.decided_at and own.outcome_id != theirs.outcome_id:
        said = f"{theirs.outcome_name}\n{said}"
    note = notes.together(own.note, notes.beside(own.note, said))[:LONGEST]
    tags = list(dict.fromkeys([*own.tags, *theirs.tags]))
    save_changes(own, note=note, tags=tags, **chosen, updated_at=now())
