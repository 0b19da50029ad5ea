import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from support import people

from clickcall.accounts import invite
from clickcall.models import Account, Member, User

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-first-password"
SENT = {
    "company": "Ромашка",
    "brand": "comagic",
    "name": "Адам",
    "username": "Adam",
    "password": PASSWORD,
    "again": PASSWORD,
}
URLS = {"call_api_url": "https://call.example.com/v4.0", "data_api_url": "https://data.example.com/v2.0"}


def link() -> str:
    return invite.make_invitation("http://127.0.0.1:8000/").removeprefix("http://127.0.0.1:8000")


def test_the_link_makes_the_account_and_its_first_admin_who_is_signed_in(client: Client) -> None:
    assert invite.wanted()
    page = link()
    assert client.get(page).status_code == 200
    assert client.post(page, SENT)["Location"] == "/"
    member = Member.objects.get()
    assert (member.account.name, member.account.brand, member.role) == ("Ромашка", "comagic", "admin")
    assert (member.user.username, member.user.must_change_password) == ("adam", False)
    assert member.user.check_password(PASSWORD)
    assert client.get("/people/").status_code == 200
    assert not invite.wanted()


def test_the_link_works_once(client: Client) -> None:
    page = link()
    client.post(page, SENT)
    other = Client()
    assert other.get(page).status_code == 404
    answer = other.post(page, SENT | {"username": "eve"})
    assert "This link is used up" in answer.content.decode()
    assert User.objects.count() == 1


def test_of_two_people_at_once_one_becomes_the_admin() -> None:
    admin = invite.FirstAdmin("adam", "Адам", PASSWORD)
    invite.accept(admin=admin, account={"name": "One", "brand": "uis"})
    with pytest.raises(ValidationError):
        invite.accept(admin=invite.FirstAdmin("eve", "Ева", PASSWORD), account={"name": "Two", "brand": "uis"})
    assert Account.objects.count() == 1


def test_the_database_refuses_the_second_of_two_who_looked_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invite, "wanted", lambda: True)
    test_of_two_people_at_once_one_becomes_the_admin()
    assert User.objects.count() == 1


def test_a_day_later_the_link_is_dead(client: Client) -> None:
    with time_machine.travel("2026-03-01 12:00:00+00:00", tick=False) as clock:
        page = link()
        clock.shift(invite.MAX_AGE - 1)
        assert client.get(page).status_code == 200
        clock.shift(2)
        assert client.get(page).status_code == 404
        assert client.post(page, SENT).status_code == 404
    assert not User.objects.exists()


@pytest.mark.parametrize("token", ["x", "first", "a:b:c"])
def test_a_made_up_link_opens_nothing(client: Client, token: str) -> None:
    assert client.post(f"/welcome/{token}/", SENT).status_code == 404
    assert not User.objects.exists()


def test_with_a_user_in_the_database_there_is_no_first_admin(client: Client, anna: Member) -> None:
    assert not invite.wanted()
    assert client.get(link()).status_code == 404


def test_custom_addresses_come_along(client: Client) -> None:
    client.post(link(), SENT | URLS | {"brand": "custom"})
    assert Account.objects.get().urls == tuple(URLS.values())


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"company": ""}, "company"),
        ({"name": " "}, "name"),
        ({"username": "a b"}, "username"),
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "password123", "again": "password123"}, "password"),
        ({"again": "something-else"}, "again"),
        ({"brand": "custom"}, "call_api_url"),
        ({"brand": "custom", **URLS, "data_api_url": "http://127.0.0.1/"}, "data_api_url"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_makes_nothing(client: Client, given: dict[str, str], field: str) -> None:
    answer = client.post(link(), SENT | {"company": "Typed name"} | given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert "Typed name" in page or field == "company"
    assert PASSWORD not in page
    assert not User.objects.exists()
    assert not Account.objects.exists()


def test_the_password_is_in_no_representation() -> None:
    assert people.PASSWORD not in repr(invite.FirstAdmin("adam", "Адам", people.PASSWORD))
