"""Contacts as the services write them, so that searching finds them."""

import pytest

from clickcall.contacts import services
from clickcall.contacts.services import NewPhone
from clickcall.models import Contact, ContactList


@pytest.fixture
def petr(leads: ContactList) -> Contact:
    """Somebody with two phones and a company."""
    phones = [NewPhone("79267654321", label="Мобильный"), NewPhone("0486173", is_sip=True)]
    return services.add_contact(
        list=leads, name="Пётр Щукин", company="Ёлки и палки", phones=phones, timezone="Asia/Yekaterinburg"
    )
