"""Rows of calls, made the short way."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from clickcall.calls import lifecycle
from clickcall.models import Call, Dispatch, Member

BEGAN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def build_call(caller: Member, **fields: Any) -> Call:
    """The press of a member that the provider accepted, with any column said; status and end follow from the facts."""
    defaults: dict[str, Any] = {
        "account": caller.account,
        "member": caller,
        "member_name": caller.name,
        "external_id": str(uuid.uuid4()),
        "contact_name": "Иван Петров",
        "contact_phone": "79260000000",
        "number_digits": "74993720692",
        "params": {"first_call": "employee"},
        "dispatch": Dispatch.ACCEPTED,
    }
    call = Call(**(defaults | fields))
    facts = lifecycle.facts_of(call)
    call.status, call.is_final = lifecycle.status(facts), lifecycle.is_final(facts)
    return call


def make_call(caller: Member, **fields: Any) -> Call:
    """The same, stored."""
    call = build_call(caller, **fields)
    call.save()
    return call


def build_ending(caller: Member, reason: str, **fields: Any) -> Call:
    """A press that ended four minutes later for a reason of the provider's."""
    times = {"requested_at": BEGAN, "finished_at": BEGAN + timedelta(minutes=4)}
    return build_call(caller, finish_reason=reason, **(times | fields))
