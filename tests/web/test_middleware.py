"""What the small middlewares make of a request and of an answer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from support import people

from clickcall.models import Account, Member, Role
from clickcall.models.saving import save_changes
from clickcall.web.logs import request_id
from clickcall.web.middleware import MEMBER_KEY, RequestIdMiddleware, home_of

SignIn = Callable[..., Client]
HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _probe(settings: Any) -> None:
    settings.ROOT_URLCONF = "support.probe"


@pytest.fixture
def elsewhere(anna: Member) -> Member:
    """Anna's membership in a second account, in another zone."""
    other = people.make_account("other", timezone="Asia/Vladivostok")
    return people.make_member(other, "anna", Role.ADMIN, name="Анна там")


def given(client: Client, **headers: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/given/", headers=headers).json()
    return found


def choose(client: Client, member: Member) -> None:
    session = client.session
    session[MEMBER_KEY] = member.pk
    session.save()


def test_nobody_is_no_member_and_in_utc(client: Client) -> None:
    found = given(client)
    assert (found["member"], found["zone"]) == (None, "UTC")


def test_a_member_is_in_the_accounts_zone(as_: SignIn, anna: Member) -> None:
    found = given(as_(anna))
    assert (found["member"], found["account"], found["zone"]) == ("Анна Кузнецова", "acme", "Europe/Moscow")


def test_an_account_that_was_not_told_its_zone_is_in_utc(as_: SignIn, anna: Member) -> None:
    save_changes(anna.account, timezone="")
    assert given(as_(anna))["zone"] == "UTC"


def test_the_zone_ends_with_the_request(as_: SignIn, client: Client, anna: Member) -> None:
    given(as_(anna))
    assert given(client)["zone"] == "UTC"


def test_without_a_choice_the_member_is_the_oldest_one(as_: SignIn, anna: Member, elsewhere: Member) -> None:
    assert given(as_(anna))["account"] == "acme"


def test_the_chosen_account_stays_chosen(as_: SignIn, anna: Member, elsewhere: Member) -> None:
    client = as_(anna)
    choose(client, elsewhere)
    found = given(client)
    assert (found["account"], found["zone"]) == ("other", "Asia/Vladivostok")


def test_a_membership_that_ended_falls_back_to_the_oldest(as_: SignIn, anna: Member, elsewhere: Member) -> None:
    client = as_(anna)
    choose(client, elsewhere)
    save_changes(elsewhere, archived_at=anna.account.created_at)
    assert given(client)["account"] == "acme"
    save_changes(anna, archived_at=anna.account.created_at)
    assert given(client)["member"] is None


def test_nobody_chooses_somebody_elses_membership(as_: SignIn, anna: Member, stranger: Member) -> None:
    client = as_(anna)
    choose(client, stranger)
    assert given(client)["account"] == "acme"


@pytest.mark.parametrize("chosen", ["x", None, {"a": 1}, -1])
def test_a_choice_without_sense_is_no_choice(as_: SignIn, anna: Member, chosen: Any) -> None:
    client = as_(anna)
    session = client.session
    session[MEMBER_KEY] = chosen
    session.save()
    assert given(client)["account"] == "acme"


def test_with_a_one_time_password_only_its_change_is_open(as_: SignIn, anna: Member) -> None:
    client = as_(anna)
    save_changes(anna.user, must_change_password=True)
    for path in ("/given/", "/members/", reverse("home"), reverse("calls:press")):
        assert client.post(path).headers["Location"] == reverse("account_change_password")
    assert client.get(reverse("account_change_password")).status_code == 200
    assert client.post(reverse("set_language"), {"language": "ru"}).headers["Location"] != reverse(
        "account_change_password"
    )
    assert client.post(reverse("account_logout")).headers["Location"] == reverse("account_login")


def test_what_a_signed_in_person_sees_is_stored_nowhere(as_: SignIn, client: Client, anna: Member) -> None:
    browser = as_(anna)
    for path in ("/given/", "/told/stream/", "/nowhere/"):
        assert browser.get(path).get("Cache-Control") == "no-store"
    assert "Cache-Control" not in client.get("/given/")


@pytest.mark.parametrize(
    ("browser", "language"), [("ru,en;q=0.5", "ru"), ("en-GB", "en"), ("de", "en"), ("", "en"), ("§;q=x", "en")]
)
def test_before_sign_in_the_language_is_the_browsers(client: Client, browser: str, language: str) -> None:
    found = given(client, **{"Accept-Language": browser})
    assert (found["language"], found["said"]) == (language, language)


def test_the_language_of_the_sign_in_page_wins_over_the_browsers(client: Client, settings: Any) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    assert given(client, **{"Accept-Language": "en"})["language"] == "ru"


def test_the_members_own_language_wins_over_both(as_: SignIn, anna: Member, settings: Any) -> None:
    save_changes(anna.user, language="ru")
    client = as_(anna)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert given(client, **{"Accept-Language": "en"})["language"] == "ru"


def test_the_language_ends_with_the_request(as_: SignIn, client: Client, anna: Member) -> None:
    save_changes(anna.user, language="ru")
    given(as_(anna))
    assert given(client, **{"Accept-Language": "en"})["language"] == "en"


def test_the_answer_says_its_language_and_what_it_depends_on(client: Client) -> None:
    response = client.get("/given/", headers={"Accept-Language": "ru"})
    assert response["Content-Language"] == "ru"
    assert {"Accept-Language", "Cookie", "HX-Request"} <= set(response["Vary"].split(", "))


def test_a_redirect_replaces_the_whole_page(client: Client) -> None:
    response = client.get("/moved/", headers=HTMX)
    assert (response.status_code, response["HX-Redirect"], response.content) == (204, "/given/", b"")
    assert "Location" not in response


def test_a_redirect_keeps_its_cookies_and_its_message(client: Client) -> None:
    response = client.get("/moved/", headers=HTMX)
    assert response.cookies["kept"].value == "yes"
    assert "HX-Request" in response["Vary"]
    assert "Saved." in client.get("/told/shown/").content.decode()


def test_without_htmx_a_redirect_is_one(client: Client) -> None:
    response = client.get("/moved/")
    assert (response.status_code, response["Location"]) == (302, "/given/")
    assert "HX-Request" in response["Vary"]


def test_a_message_comes_beside_the_fragment_and_once(client: Client) -> None:
    html = client.get("/told/html/", headers=HTMX).content.decode()
    assert html.startswith("<p>fragment</p>")
    assert 'hx-swap-oob="beforeend"' in html
    assert html.count("Put away.") == 1
    assert client.get("/told/shown/").content.decode().count("Put away.") == 1


@pytest.mark.parametrize("how", ["json", "204", "286", "422", "500", "stream"])
def test_nothing_is_added_to_answers_that_are_not_swapped(client: Client, how: str) -> None:
    response = client.get(f"/told/{how}/", headers=HTMX)
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    assert b"Put away." not in content
    assert client.get("/told/shown/").content.decode().count("Put away.") == 2


def test_a_message_that_the_page_itself_showed_is_not_said_twice(client: Client) -> None:
    html = client.get("/told/shown/", headers=HTMX).content.decode()
    assert html.count("Put away.") == 1


def test_without_htmx_nothing_is_added(client: Client) -> None:
    assert client.get("/told/html/").content == b"<p>fragment</p>"


def test_every_request_has_a_name_of_its_own(client: Client) -> None:
    names = {client.get("/given/")["X-Request-ID"] for _ in range(3)}
    assert len(names) == 3


def test_the_name_is_known_during_the_request_and_ends_with_it(rf: Any) -> None:
    during: list[str] = []

    def answer_to(request: HttpRequest) -> HttpResponse:
        during.append(request_id.get())
        return HttpResponse()

    answer = RequestIdMiddleware(answer_to)(rf.get("/"))
    assert during == [answer["X-Request-ID"]]
    assert request_id.get() == ""


@pytest.mark.parametrize(
    ("role", "name"), [("sales", "contacts:list"), ("manager", "reports:log"), ("admin", "setup:index")]
)
def test_every_role_begins_the_day_at_its_own_page(account: Account, role: str, name: str) -> None:
    assert home_of(people.make_member(account, "eva", role)) == reverse(name)


def test_somebody_without_an_account_begins_somewhere() -> None:
    assert home_of(None) == reverse("contacts:list")
