"""Calls for the log, made the short way."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from clickcall.contacts import services
from clickcall.contacts.services import NewPhone
from clickcall.models import (
    Account,
    Call,
    Consent,
    Contact,
    ContactList,
    Dispatch,
    DoNotCall,
    Member,
    Status,
    VirtualNumber,
)

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


@pytest.fixture
def yekaterinburg(account: Account) -> Account:
    account.timezone = "Asia/Yekaterinburg"
    account.save()
    return account


@pytest.fixture
def full(yekaterinburg: Account, leads: ContactList, anna: Member) -> Contact:
    """A contact of whom everything is known, with a name that a spreadsheet would calculate."""
    phones = [
        NewPhone("79260000000", label="доб. 123", keys=".123"),
        NewPhone("4930901820"),
        NewPhone("0486173", is_sip=True),
    ]
    given = {"company": "+Ромашка", "city": "Пермь", "region": "Пермский край", "timezone": "Asia/Yekaterinburg"}
    row = services.add_contact(
        list=leads, name="=Иван Петров", phones=phones, owner=anna, notes="Строка\nвторая", **given
    )
    Consent.objects.create(account=yekaterinburg, digits="79260000000", state="given", at=now() - timedelta(days=9))
    entry = {"state": "withdrawn", "date": date(2026, 11, 1), "source": "Сайт"}
    Consent.objects.create(account=yekaterinburg, digits="79260000000", **entry)
    DoNotCall.objects.create(account=yekaterinburg, digits="4930901820", why="Просил")
    return row
