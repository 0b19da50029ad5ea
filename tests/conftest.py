"""People whom every test may meet: an account with one of each role, and a stranger from another account."""

import gc
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import settings
from support import people

from clickcall import points
from clickcall.contacts.rules import hours
from clickcall.models import Account, Contact, ContactList, Member, Role, Token, VirtualNumber

pytest_plugins = ["support.ci", "support.selection", "support.tables"]

# Each run tries others: many short runs find as much as few long ones.
settings.register_profile("quick", max_examples=40, deadline=None)
settings.load_profile("quick")


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay until the end: the garbage collector need not walk through them each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_points_remembered() -> None:
    """A process remembers when it last wrote an account's points; another test's account may have the same key."""
    points.forget()


@pytest.fixture(autouse=True)
def any_hour_is_good(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests run by day and by night: calling hours stop only those that ask for `company_hours`."""
    if "company_hours" not in request.fixturenames:
        monkeypatch.setattr(hours, "is_open", lambda rules, there: True)
        monkeypatch.setattr(hours, "asks_unknown", lambda rules, here: False)


@pytest.fixture
def company_hours() -> None:
    """Calling hours hold, at the real time or at the one that the test sets."""


@pytest.fixture
def account(db: None) -> Account:
    return people.make_account()


@pytest.fixture
def anna(account: Account) -> Member:
    """A salesperson."""
    return people.make_member(account, "anna", Role.SALES, name="Анна Кузнецова")


@pytest.fixture
def boris(account: Account) -> Member:
    """Another salesperson of the same account."""
    return people.make_member(account, "boris", Role.SALES, name="Борис Лисин")


@pytest.fixture
def maria(account: Account) -> Member:
    """A manager."""
    return people.make_member(account, "maria", Role.MANAGER, name="Мария Орлова")


@pytest.fixture
def adam(account: Account) -> Member:
    """An admin."""
    return people.make_member(account, "adam", Role.ADMIN, name="Адам Гордеев")


@pytest.fixture
def stranger(db: None) -> Member:
    """An admin, but of another account: sees nothing of ours, and gets 404."""
    return people.make_member(people.make_account("rival"), "stranger", Role.ADMIN, name="Stranger")


@pytest.fixture
def number(account: Account) -> VirtualNumber:
    return people.make_number(account)


@pytest.fixture
def token(account: Account) -> Token:
    return people.make_token(account)


@pytest.fixture
def leads(account: Account) -> ContactList:
    return people.make_list(account)


@pytest.fixture
def ivan(leads: ContactList) -> Contact:
    return people.make_contact(leads, company="ООО «Ромашка»")


@pytest.fixture
def as_() -> Callable[[Member], Client]:
    """A browser in which this member is signed in."""

    def sign_in(member: Member, **defaults: str) -> Client:
        return people.sign_in(Client(**defaults), member)

    return sign_in
