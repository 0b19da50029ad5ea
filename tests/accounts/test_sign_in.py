from importlib import import_module

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from support import people

from clickcall.accounts import services
from clickcall.models import Member, User

pytestmark = pytest.mark.django_db
REACHABLE = {"account_login", "account_logout", "account_change_password"}


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


def sign_in(client: Client, username: str = "anna", password: str = people.PASSWORD, **more: str):
    return client.post("/sign-in/", {"login": username, "password": password, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_opens_the_first_page(client: Client, anna: Member) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)


def test_the_user_name_is_the_same_in_any_case_and_between_blanks(client: Client, anna: Member) -> None:
    sign_in(client, " ANNA ")
    assert is_in(client)


def test_a_cyrillic_user_name_signs_in(client: Client, account) -> None:
    services.add_member(account=account, username="Вера", name="Вера", role="sales", password=people.PASSWORD)
    sign_in(client, "ВЕРА")
    assert is_in(client)


@pytest.mark.parametrize("username", ["anna", "nobody"])
def test_a_wrong_password_is_said_beside_the_password_and_keeps_the_name(
    client: Client, anna: Member, username: str
) -> None:
    page = sign_in(client, username, "wrong-wrong").content.decode()
    assert "Name or password did not fit. Check the keyboard layout and Caps Lock" in page
    assert 'aria-describedby="id_password_error"' in page
    assert f'value="{username}"' in page
    assert "wrong-wrong" not in page
    assert not is_in(client)


def test_staying_signed_in_is_a_choice(client: Client, anna: Member) -> None:
    assert b"checked" in client.get("/sign-in/").content
    sign_in(client)
    assert client.session.get_expire_at_browser_close()
    client.logout()
    sign_in(client, remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_the_language_is_chosen_by_a_post(client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    assert 'action="/language/"' in page
    client.get("/language/", {"language": "ru"})
    assert 'lang="en"' in client.get("/sign-in/").content.decode().split("<head>")[0]
    client.post("/language/", {"language": "ru", "next": "/sign-in/"})
    assert 'lang="ru"' in client.get("/sign-in/").content.decode().split("<head>")[0]


def test_who_was_sent_here_comes_back_but_never_to_another_site(client: Client, anna: Member) -> None:
    assert 'value="/switch/"' in client.get("/sign-in/?next=/switch/").content.decode()
    assert sign_in(client, next="/switch/")["Location"] == "/switch/"
    client.logout()
    assert sign_in(client, next="https://evil.example/")["Location"] == "/"


def test_whoever_pressed_after_the_session_had_ended_is_told_that_nobody_was_called(
    client: Client, anna: Member
) -> None:
    answer = client.post(reverse("calls:press"), {"external_id": "one", "contact": "+79260000000"}, follow=True)
    assert "What you pressed was not done, no call was made." in answer.content.decode()


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client: Client, anna: Member) -> None:
    for _ in range(5):
        sign_in(client, password="wrong-wrong")
    page = sign_in(client).content.decode()
    assert "Wait five minutes, then try again." in page
    assert not is_in(client)


def test_a_flood_from_one_address_meets_a_page_that_says_when_to_try_again(client: Client, anna: Member) -> None:
    for attempt in range(30):
        client.post("/sign-in/", {"login": f"u{attempt}"})
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "Wait one minute" in answer.content.decode()


def test_a_disabled_member_cannot_sign_in_and_is_told_why(client: Client, adam: Member, anna: Member) -> None:
    services.disable_member(anna)
    answer = sign_in(client)
    assert answer.status_code == 403
    assert "You are in no account" in answer.content.decode()
    assert not is_in(client)


def test_an_inactive_user_cannot_sign_in(client: Client, anna: Member) -> None:
    User.objects.filter(pk=anna.user_id).update(is_active=False)
    assert sign_in(client).status_code == 403
    assert not is_in(client)


def test_disabled_in_one_account_somebody_still_enters_the_other(
    client: Client, stranger: Member, adam: Member
) -> None:
    here = people.make_member(adam.account, "stranger")
    services.disable_member(here)
    sign_in(client, "stranger")
    assert is_in(client)


def test_a_user_without_an_account_meets_a_clear_page(client: Client) -> None:
    client.force_login(User.objects.create(username="loner"))
    answer = client.get("/")
    assert answer.status_code == 403
    assert "You are in no account" in answer.content.decode()


def test_a_one_time_password_opens_only_the_page_where_it_is_changed(client: Client, anna: Member) -> None:
    one_time = services.reset_password(anna)
    sign_in(client, password=one_time)
    assert client.get("/switch/")["Location"] == "/password/"
    new = {"oldpassword": one_time, "password1": "a-new-long-one", "password2": "a-new-long-one"}
    assert client.post("/password/", new)["Location"] == "/"
    anna.user.refresh_from_db()
    assert not anna.user.must_change_password
    assert client.get("/switch/").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        (people.PASSWORD, people.PASSWORD, people.PASSWORD, "This is the old password"),
        (people.PASSWORD, "short", "short", "too short"),
        (people.PASSWORD, "a-new-long-one", "another-one", "same password each time"),
        ("wrong-wrong", "a-new-long-one", "a-new-long-one", "This password did not fit"),
    ],
)
def test_a_password_that_does_not_do_changes_nothing(as_, anna, old: str, new: str, again: str, said: str) -> None:
    browser = as_(anna)
    page = browser.post("/password/", {"oldpassword": old, "password1": new, "password2": again}).content.decode()
    assert said in page
    assert old not in page
    anna.user.refresh_from_db()
    assert anna.user.check_password(people.PASSWORD)


def test_changing_the_password_ends_the_other_sessions(as_, anna: Member) -> None:
    here, there = as_(anna), as_(anna)
    here.post(
        "/password/", {"oldpassword": people.PASSWORD, "password1": "a-new-long-one", "password2": "a-new-long-one"}
    )
    assert here.get("/switch/").status_code == 200
    assert there.get("/switch/").status_code == 302


def test_signing_out_is_a_post(as_, anna: Member) -> None:
    browser = as_(anna)
    assert "Sign out?" in browser.get("/sign-out/").content.decode()
    assert is_in(browser)
    assert browser.post("/sign-out/")["Location"] == "/sign-in/"
    assert not is_in(browser)
    assert browser.get("/sign-out/").status_code == 302


def test_no_other_page_of_the_sign_in_library_is_reachable(as_, adam: Member) -> None:
    browser = as_(adam)
    patterns = [one for one in import_module("allauth.account.urls").urlpatterns if isinstance(one, URLPattern)]
    assert len(patterns) > 10
    for pattern in patterns:
        for prefix in ("", "accounts/", "account/"):
            path = "/" + prefix + str(pattern.pattern).lstrip("^").split("(")[0].rstrip("$")
            if path != "/":
                assert browser.get(path).status_code == 404, path
        if pattern.name not in REACHABLE:
            with pytest.raises(NoReverseMatch):
                reverse(pattern.name)
    named = {key for key in get_resolver().reverse_dict if isinstance(key, str) and key.startswith("account_")}
    assert named == REACHABLE
