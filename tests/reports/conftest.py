"""Calls for the log, made the short way."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from clickcall.models import Call, Dispatch, Member, Status, VirtualNumber

MakeCall = Callable[..., Call]
SignIn = Callable[..., Client]


@pytest.fixture
def make_call(number: VirtualNumber) -> MakeCall:
    """A press of the member that led to a talk; any column can be said."""

    def make(member: Member, **fields: Any) -> Call:
        defaults: dict[str, Any] = {
            "account": member.account,
            "member": member,
            "member_name": member.name,
            "external_id": str(uuid.uuid4()),
            "contact_phone": "79260000000",
            "number": number if member.account_id == number.account_id else None,
            "number_digits": number.digits,
            "number_name": number.name,
            "dispatch": Dispatch.ACCEPTED,
            "status": Status.TALKED,
            "is_final": True,
            "talk_duration": 185,
        }
        if contact := fields.get("contact"):
            defaults |= {"contact_name": contact.name, "contact_company": contact.company}
        return Call.objects.create(**(defaults | fields))

    return make
