"""What an outcome does to the contact: to the agenda, to *Do not call* and to the queue."""

from ...contacts import callbacks, queue
from ...contacts.rules import do_not_call
from ...models import Call, Effect, Member, Outcome, WrapUp

# After these there is nothing left to call about.
_SETTLES = (Effect.DONE, Effect.DO_NOT_CALL, Effect.WRONG_NUMBER)


def apply(wrap_up: WrapUp, call: Call, *, by: Member, anyone: bool, asked_by_client: bool) -> None:
    """Does what the outcome means, in the transaction that sets it.

    Of a call that a later one has overtaken only the word is kept, unless it is that nobody may call any more: what a
    colleague has agreed with the contact since then holds.
    """
    outcome = wrap_up.outcome
    if outcome is None:
        return
    if outcome.effect == Effect.DO_NOT_CALL and call.contact_phone:
        _forbid(wrap_up, outcome, call, by)
    if call.contact is None:
        return
    if not is_only_noted(wrap_up, call):
        queue.note_outcome(call, outcome)
        if outcome.effect in _SETTLES:
            callbacks.settle(call.contact.pk, by=None if outcome.effect == Effect.DO_NOT_CALL else call)
    made = None
    if outcome.effect == Effect.CALL_BACK and wrap_up.callback_at:
        made = callbacks.promise(
            contact=call.contact,
            digits=call.contact_phone,
            member=None if anyone else by,
            due_at=wrap_up.callback_at,
            made_by=by,
            note=wrap_up.note,
            asked_by_client=asked_by_client,
            call=call,
        )
    callbacks.withdraw(call, but=made)  # by an outcome that was chosen before


def _forbid(wrap_up: WrapUp, outcome: Outcome, call: Call, by: Member) -> None:
    why = wrap_up.note.splitlines()[0] if wrap_up.note.strip() else outcome.name
    do_not_call.note(account=call.account, digits=call.contact_phone, member=by, why=why, source=outcome.name)


def is_only_noted(wrap_up: WrapUp, call: Call) -> bool:
    """Whether the outcome says nothing about what comes next, because a later call with the contact does."""
    holds_always = wrap_up.outcome is not None and wrap_up.outcome.effect == Effect.DO_NOT_CALL
    return not holds_always and queue.is_overtaken(call)
