"""Every address of this feature, asked by everybody who could come along."""

import pytest
from django.test import Client
from django.urls import reverse
from support import people

from clickcall.accounts import services, urls
from clickcall.models import Member

pytestmark = pytest.mark.django_db

ADMIN_GET = [
    "people",
    "person_new",
    "person",
    "teams",
    "team",
    "tokens",
    "token_new",
    "token",
    "token_replace",
    "doctor",
    "account",
]
ADMIN_POST = ["person_employee", "person_reset", "person_disable", "person_enable", "token_move", "token_archive"]
OF_A_ROW = {"person", "team", "token", "token_replace", *ADMIN_POST}
ANYBODY = ["switch", "profile"]
PUBLIC = ["welcome"]


@pytest.fixture
def address(anna: Member, token):
    """The address of a page about a row of Anna's account."""
    team = services.create_team(account=anna.account, name="North")
    rows = {"person": anna.pk, "team": team.pk, "token": token.pk}

    def of(name: str) -> str:
        return reverse(f"accounts:{name}", args=[rows[name.split("_")[0]]] if name in OF_A_ROW else [])

    return of


def ask(client: Client, name: str, path: str) -> int:
    return (client.post if name in ADMIN_POST else client.get)(path).status_code


def test_no_address_is_forgotten_here() -> None:
    assert {pattern.name for pattern in urls.urlpatterns} == {*ADMIN_GET, *ADMIN_POST, *ANYBODY, *PUBLIC}


@pytest.mark.parametrize("name", ADMIN_GET + ADMIN_POST)
def test_an_admin_may(address, as_, adam: Member, name: str) -> None:
    assert ask(as_(adam), name, address(name)) in (200, 302)


@pytest.mark.parametrize("name", ADMIN_GET + ADMIN_POST)
@pytest.mark.parametrize("who", ["anna", "maria"])
def test_a_colleague_with_another_role_may_not(request, address, as_, adam, who: str, name: str) -> None:
    member = request.getfixturevalue(who)
    assert ask(as_(member), name, address(name)) == 403


@pytest.mark.parametrize("name", sorted({*ADMIN_GET} - {"people", "tokens"}))
def test_a_colleague_may_not_send_the_form_either(address, as_, maria: Member, name: str) -> None:
    assert as_(maria).post(address(name)).status_code == 403


@pytest.mark.parametrize("name", sorted(OF_A_ROW))
def test_a_stranger_finds_no_such_row(address, as_, stranger: Member, name: str) -> None:
    assert as_(stranger).post(address(name)).status_code == 404


@pytest.mark.parametrize("name", ADMIN_GET + ADMIN_POST + ANYBODY)
def test_who_is_not_signed_in_is_asked_to(address, client: Client, name: str) -> None:
    method = client.post if name in [*ADMIN_POST, "profile"] else client.get
    answer = method(address(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", ADMIN_POST)
def test_a_get_changes_nothing(address, as_, adam: Member, name: str) -> None:
    assert as_(adam).get(address(name)).status_code == 405


@pytest.mark.parametrize("name", ["people", "teams", "tokens", "account", "person", "switch"])
def test_a_page_costs_at_most_twelve_queries(
    address, as_, adam: Member, name: str, django_assert_max_num_queries
) -> None:
    for place in range(12):
        number = people.make_number(adam.account, f"7499372{place:04}")
        people.make_member(adam.account, f"u{place}", default_number=number)
        people.make_token(adam.account, name=f"t{place}")
        services.create_team(account=adam.account, name=f"T{place}")
    browser, path = as_(adam), address(name)
    with django_assert_max_num_queries(12):
        browser.get(path)


@pytest.mark.parametrize("name", [*ADMIN_POST, "switch", "profile", "person_new", "token_new", "account"])
def test_a_form_without_its_key_is_refused(address, adam: Member, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(adam.user)
    assert client.post(address(name)).status_code == 403
