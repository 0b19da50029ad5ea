"""The set-up's page and its buttons: the page asks nobody, the buttons ask and come back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from support import people
from support.presses import requests_of
from support.simulator import SEVER, SEVER_EXPIRED

from clickcall.accounts.doctor import latest
from clickcall.models import Account, Heartbeat, Member, Synchronisation, Token
from clickcall.models.saving import save_changes
from clickcall.simulator import Simulator

SignIn = Callable[[Member], Client]
PAGE = "/set-up/"


@pytest.fixture
def desk(as_: SignIn, adam: Member) -> Client:
    return as_(adam)


def html(client: Client) -> str:
    response = client.get(PAGE)
    assert response.status_code == 200
    return response.content.decode()


def asked(simulator: Simulator) -> set[str]:
    return {line["method"] for line in simulator.journal() if line["type"] == "request"}


def test_looking_asks_nobody(provider: Simulator, keyed: Account, desk: Client) -> None:
    html(desk)
    assert asked(provider) == set()


def test_a_step_that_is_done_can_be_opened_by_its_address(account: Account, desk: Client) -> None:
    assert "<details" not in desk.get(f"{PAGE}?open=brand").content.decode().partition('id="key"')[0]
    assert "<details" in html(desk).partition('id="key"')[0]


def test_check_everything_asks_harmless_questions_and_lets_the_worker_fetch(
    provider: Simulator, keyed: Account, desk: Client
) -> None:
    Synchronisation.objects.create(account=keyed, next_at=now() + timedelta(hours=1))
    response = desk.post(f"{PAGE}check/", {"step": "address"})
    assert (response.status_code, response["Location"]) == (302, "/set-up/#address")
    assert asked(provider) == {"list.calls", "get.account"}
    found = latest(keyed)
    assert found is not None
    assert found.ok
    assert Synchronisation.objects.get(account=keyed).next_at <= now()


def test_a_key_is_stored_and_tried_at_once(provider: Simulator, account: Account, desk: Client) -> None:
    response = desk.post(f"{PAGE}key/", {"name": "Main", "secret": SEVER})
    assert response.status_code == 302
    assert Token.objects.get(account=account).name == "Main"
    assert asked(provider) == {"list.calls", "get.account"}
    shown = html(desk)
    assert SEVER not in shown
    assert SEVER[-4:] in shown


def test_a_key_that_has_expired_says_so_where_it_was_entered(
    provider: Simulator, account: Account, desk: Client
) -> None:
    desk.post(f"{PAGE}key/", {"name": "Old", "secret": SEVER_EXPIRED})
    assert "The key “Old” has expired" in html(desk)


@pytest.mark.parametrize("data", [{"name": "Main", "secret": ""}, {"name": "", "secret": "typed-secret-01"}])
def test_a_form_that_lacks_something_keeps_the_page_and_shows_no_secret(
    account: Account, desk: Client, data: dict[str, str]
) -> None:
    response = desk.post(f"{PAGE}key/", data)
    assert response.status_code == 422
    assert "typed-secret-01" not in response.content.decode()
    assert not Token.objects.exists()


def test_the_brand_with_country_and_zone_is_saved_by_itself(account: Account, desk: Client) -> None:
    data = {"brand": "comagic", "country": "kz", "timezone": "Asia/Almaty"}
    assert desk.post(f"{PAGE}brand/", data).status_code == 302
    account.refresh_from_db()
    assert (account.brand, account.country, account.timezone) == ("comagic", "KZ", "Asia/Almaty")
    assert account.call_api_url == ""


def test_a_zone_that_does_not_exist_is_refused_beside_its_field(account: Account, desk: Client) -> None:
    response = desk.post(f"{PAGE}brand/", {"brand": "uis", "country": "RU", "timezone": "Moscow"})
    assert response.status_code == 422
    assert "There is no such time zone" in response.content.decode()
    account.refresh_from_db()
    assert account.timezone == "Europe/Moscow"


def test_people_are_saved_from_the_page(account: Account, adam: Member, desk: Client) -> None:
    number = people.make_number(account)
    response = desk.post(f"{PAGE}people/", {f"employee-{adam.pk}": "", f"number-{adam.pk}": number.pk})
    assert response.status_code == 302
    assert Member.objects.get(pk=adam.pk).default_number == number


def test_the_fetching_is_followed_and_its_end_loads_the_page(account: Account, desk: Client) -> None:
    Heartbeat.objects.create(name="worker", seen_at=now())
    row = Synchronisation.objects.create(account=account, next_at=now() - timedelta(seconds=1))
    path = f"{PAGE}fetching/?then=reload"
    waiting = desk.get(path)
    assert waiting.status_code == 200
    assert "data-live" in waiting.content.decode()
    assert desk.get(f"{path}&seen=waiting-0").status_code == 204
    save_changes(row, next_at=now() + timedelta(hours=1), finished_at=now())
    over = desk.get(path)
    assert (over.status_code, over.headers.get("HX-Refresh")) == (286, "true")


def test_the_end_of_a_later_fetching_leaves_what_is_typed_alone(account: Account, desk: Client) -> None:
    Synchronisation.objects.create(account=account, next_at=now() + timedelta(hours=1), finished_at=now())
    over = desk.get(f"{PAGE}fetching/?seen=running-3")
    assert (over.status_code, "HX-Refresh" in over.headers) == (286, False)


def test_without_a_worker_nobody_is_left_waiting_in_the_dark(account: Account, desk: Client) -> None:
    Synchronisation.objects.create(account=account, next_at=now() - timedelta(seconds=1))
    assert "The worker is not running" in html(desk)


def test_requests_never_place_a_call(provider: Simulator, keyed: Account, desk: Client) -> None:
    desk.post(f"{PAGE}check/")
    assert requests_of(provider) == []


def test_the_page_costs_a_fixed_number_of_queries(
    account: Account, keyed: Account, desk: Client, django_assert_max_num_queries: object
) -> None:
    for place in range(15):
        number = people.make_number(account, f"749511100{place:02}")
        people.make_member(account, f"person{place}", default_number=number)
    html(desk)
    with django_assert_max_num_queries(21):  # type: ignore[operator]
        html(desk)
