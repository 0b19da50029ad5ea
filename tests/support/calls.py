"""Rows of calls, made the short way."""

import uuid
from typing import Any

from clickcall.calls import lifecycle
from clickcall.models import Call, Dispatch, Member


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
