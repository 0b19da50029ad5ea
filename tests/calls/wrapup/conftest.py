"""A talk that waits for its outcome."""

import pytest
from support.talks import talked

from clickcall.models import Call, Contact, Member


@pytest.fixture
def talk(anna: Member, ivan: Contact) -> Call:
    return talked(anna, ivan)
