"""What becomes known about a call, and what a person does to one."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from ... import gateway
from ...accounts.tokens import NoReadyKey, with_key
from ...models import Call, CallEvent, EventSource, Member
from ...provider.errors import ProviderError
from .. import lifecycle
from ..events import Event


@transaction.atomic
def apply_event(call: Call, event: Event) -> Call:
    """Adds what an event knows to a call: the one door for our own answer, live lists and reports.

    Order and repetition do not matter (see `lifecycle`); an event that brings nothing new writes nothing.
    """
    current = Call.objects.select_for_update().get(pk=call.pk)
    current.account = call.account
    known = lifecycle.facts_of(current)
    facts = lifecycle.join(known, event.news)
    further = facts.dispatch != known.dispatch
    if facts == known:
        return current
    changes: dict[str, Any] = {
        name: getattr(facts, name) for name in lifecycle.FACTS if getattr(facts, name) != getattr(known, name)
    }
    changes |= event.columns if further else {}
    changes["status"] = lifecycle.status(facts)
    changes["is_final"] = lifecycle.is_final(facts)
    if further:
        changes["next_check_at"] = event.at
    for name, value in changes.items():
        setattr(current, name, value)
    current.save(update_fields=changes.keys())
    CallEvent.objects.create(
        account_id=current.account_id, call=current, source=event.source, kind=event.kind, at=event.at, data=event.data
    )
    return current


def note(call: Call, source: EventSource, kind: str, **data: Any) -> None:
    """A fact about a call that changes nothing in its row."""
    CallEvent.objects.create(account_id=call.account_id, call=call, source=source, kind=kind, data=data)


def tell_admin(call: Call) -> None:
    """The member asks the admins for help with this call; they see it on every page until one of them is done."""
    Call.objects.filter(pk=call.pk, told_admin_at=None).update(told_admin_at=now())


def admin_is_done(call: Call) -> None:
    """An admin has dealt with what they were told."""
    Call.objects.filter(pk=call.pk, admin_done_at=None).exclude(told_admin_at=None).update(admin_done_at=now())


def close(call: Call) -> None:
    """Takes an ended call off its member's live bar."""
    Call.objects.filter(pk=call.pk, closed_at=None).update(closed_at=now())


def hang_up(call: Call, *, member: Member) -> bool:
    """Asks the provider to end a live call. False when it could not be asked or said no; the reason is an event."""
    if not call.call_session_id or call.is_final:
        return False
    request_id = f"release-{uuid.uuid4().hex[:12]}"
    try:
        with_key(
            call.account,
            lambda key: gateway.call_api(call.account, key).release_call(call.call_session_id, request_id=request_id),
        )
    except (ProviderError, NoReadyKey) as error:
        note(call, EventSource.HANG_UP, "failed", by=member.name, cause=str(error))
        return False
    note(call, EventSource.HANG_UP, "asked", by=member.name, request_id=request_id)
    Call.objects.filter(pk=call.pk).update(next_check_at=now())
    return True
