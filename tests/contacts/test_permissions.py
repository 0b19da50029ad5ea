"""Three people at every address of this feature: who works the list, a colleague, a stranger."""

from collections.abc import Callable

import pytest
from django.test import Client

from clickcall.contacts import services, urls
from clickcall.models import Contact, Member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]

OF_ONE = [
    "/contacts/{pk}/",
    "/contacts/{pk}/happened/",
    "/contacts/{pk}/agreed/",
    "/contacts/{pk}/edit/",
    "/contacts/{pk}/consent/",
]
ACTIONS = ["/contacts/{pk}/archive/", "/contacts/{pk}/restore/", "/contacts/{pk}/forbid/"]
LISTS = ["/contacts/lists/", "/contacts/lists/new/", "/contacts/lists/{list}/", "/contacts/do-not-call/"]
# Addresses of these names are looked at in the tests of their own pages.
ELSEWHERE = (
    "import",
    "queue",
    "list_archive",
    "list_progress",
    "list_restore",
    "retry_plan",
    "callback",
    "reminder",
    "do_not_call_lift",
    "company_rules",
)
OF_ALL = ["/contacts/", "/contacts/new/"]
HAND_OVER = "/contacts/hand-over/?which=matching&list={list}"


@pytest.fixture
def hers(petr: Contact, anna: Member) -> Contact:
    """A contact on a list that only Anna works."""
    services.update_list(petr.list, members=[anna])
    return petr


def status(client: Client, address: str, contact: Contact) -> int:
    address = address.format(pk=contact.pk, list=contact.list_id)
    action = address.endswith(("/archive/", "/restore/", "/forbid/"))
    return (client.post(address) if action else client.get(address)).status_code


def test_every_address_is_looked_at_here() -> None:
    own = [pattern for pattern in urls.urlpatterns if not str(pattern.name).startswith(ELSEWHERE)]
    assert len(own) == len({*OF_ONE, *ACTIONS, *LISTS, *OF_ALL, HAND_OVER})


@pytest.mark.parametrize("address", OF_ALL + OF_ONE)
def test_whoever_works_the_list_gets_in(as_: SignIn, anna: Member, hers: Contact, address: str) -> None:
    assert status(as_(anna), address, hers) == 200


@pytest.mark.parametrize("address", OF_ONE + ACTIONS)
@pytest.mark.parametrize("who", ["boris", "stranger"])
def test_nobody_else_learns_that_the_contact_exists(
    as_: SignIn, request: pytest.FixtureRequest, hers: Contact, address: str, who: str
) -> None:
    assert status(as_(request.getfixturevalue(who)), address, hers) == 404
    assert Contact.objects.get(pk=hers.pk).archived_at is None


@pytest.mark.parametrize("address", OF_ALL + OF_ONE + LISTS)
@pytest.mark.parametrize("who", ["maria", "adam"])
def test_managers_and_admins_see_all_of_the_account(
    as_: SignIn, request: pytest.FixtureRequest, hers: Contact, address: str, who: str
) -> None:
    assert status(as_(request.getfixturevalue(who)), address, hers) == 200


@pytest.mark.parametrize("address", [*LISTS, HAND_OVER])
def test_lists_are_not_for_sales(as_: SignIn, anna: Member, hers: Contact, address: str) -> None:
    assert status(as_(anna), address, hers) == 403


@pytest.mark.parametrize("address", [LISTS[2]])
def test_a_stranger_does_not_learn_that_the_list_exists(
    as_: SignIn, stranger: Member, hers: Contact, address: str
) -> None:
    assert status(as_(stranger), address, hers) == 404


@pytest.mark.parametrize("address", OF_ALL + OF_ONE + LISTS)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client, hers: Contact, address: str) -> None:
    assert status(client, address, hers) == 302
