"""What a form says about a call, read into a draft."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError

from ...contacts.callbacks import times
from ...models import Call, Effect, Member, Outcome
from .outcomes import chosen
from .services import LONGEST, Draft
from .shown import known


def read_note(data: Mapping[str, str]) -> Draft:
    """The note alone."""
    return Draft(
        note=_text(data.get("note", "")),
        seen=data.get("seen", "")[:40],
        other=_text(data.get("other", "")),
    )


def read_draft(data: Mapping[str, str], call: Call, member: Member, *, strict: bool) -> Draft:
    """All of it. With `strict` raises ValidationError (`due_at`) for a time to call back that cannot be meant."""
    note = read_note(data)
    outcome = chosen(member.account, data.get("outcome", "")) if data.get("outcome") else None
    return Draft(
        note=note.note,
        seen=note.seen,
        other=note.other,
        outcome=outcome,
        callback_at=_callback_at(data, call, outcome, strict=strict),
        anyone=data.get("anyone") == "1",
        asked_by_client=data.get("asked_by_client") == "1",
    )


def _callback_at(data: Mapping[str, str], call: Call, outcome: Outcome | None, *, strict: bool) -> datetime | None:
    if outcome is None or outcome.effect != Effect.CALL_BACK:
        return None
    try:
        return times.read(data.get("when", ""), data.get("at", ""), known(call).there)
    except ValidationError:
        if strict:
            raise
        return None


def _text(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "")[:LONGEST]
