"""Who may enter a view."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from support import probe

from clickcall.models import Member
from clickcall.models.saving import save_changes

SignIn = Callable[..., Client]
HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _probe(settings: Any) -> None:
    settings.ROOT_URLCONF = "support.probe"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/members/", {"anna", "maria", "adam"}),
        ("/managers/", {"maria", "adam"}),
        ("/admins/", {"adam"}),
    ],
)
@pytest.mark.parametrize("who", ["anna", "maria", "adam"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_enters_what_it_may(
    as_: SignIn, request: pytest.FixtureRequest, path: str, allowed: set[str], who: str, method: str
) -> None:
    member: Member = request.getfixturevalue(who)
    response = getattr(as_(member), method)(path)
    if who in allowed:
        assert (response.status_code, response.content.decode()) == (200, member.name)
    else:
        assert response.status_code == 403
        assert member.name not in response.content.decode().split()


def test_what_the_address_says_reaches_the_view(as_: SignIn, anna: Member) -> None:
    assert as_(anna).get("/members/hello/").content.decode() == "Анна Кузнецова hello"


@pytest.mark.parametrize("path", ["/members/", "/managers/", "/admins/"])
def test_somebody_without_an_account_enters_nothing(as_: SignIn, anna: Member, path: str) -> None:
    save_changes(anna, archived_at=anna.account.created_at)
    assert as_(anna).get(path).status_code == 403


@pytest.mark.parametrize("path", ["/members/", "/managers/", "/admins/"])
def test_whoever_is_not_signed_in_signs_in_first_and_comes_back(client: Client, path: str) -> None:
    response = client.get(f"{path}?page=2")
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={path}%3Fpage%3D2"


def test_nobody_comes_back_to_the_address_of_a_post(client: Client) -> None:
    assert client.post("/members/")["Location"] == f"{reverse('account_login')}?next=/&undone=1"


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("", "/"),
        ("http://testserver/contacts/?q=7926", "/contacts/%3Fq%3D7926"),
        ("http://elsewhere.example/contacts/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_from_a_fragment_one_comes_back_to_the_page_that_was_open(client: Client, page: str, back: str) -> None:
    response = client.get("/members/", headers=HTMX | {"HX-Current-URL": page})
    assert (response.status_code, response["HX-Redirect"]) == (204, f"{reverse('account_login')}?next={back}")


def test_a_view_keeps_its_name() -> None:
    assert (probe.for_admins.__name__, probe.for_members.__name__) == ("for_admins", "for_members")
