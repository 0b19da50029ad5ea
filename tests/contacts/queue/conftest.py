"""A list with people to call."""

from collections.abc import Callable

import pytest
from support import people

from clickcall.models import Contact, ContactList

Crowd = Callable[..., list[Contact]]


@pytest.fixture
def crowd(leads: ContactList) -> Crowd:
    """crowd(3) -> three people on the list, each with a phone of their own."""

    def make(count: int, **fields: object) -> list[Contact]:
        there = leads.contacts.count()
        return [
            people.make_contact(leads, f"Person {place}", f"7926555{place:04}", **fields)
            for place in range(there, there + count)
        ]

    return make
