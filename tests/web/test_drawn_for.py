"""Two tabs, two accounts: what a page of one sends is not done in the other."""

import json
import re

import pytest
from django.test import Client
from django.utils.timezone import now
from support import people

from clickcall.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(adam: Member, stranger: Member) -> Member:
    """Adam's membership in the stranger's account."""
    return people.make_member(stranger.account, "adam", role="admin")


@pytest.fixture
def browser(adam: Member) -> Client:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(adam.user)
    return browser


def token_of(browser: Client) -> str:
    """The token that a page draws, the same in its forms and for its fragments."""
    page = browser.get("/people/").content.decode()
    (header,) = re.findall(r"""hx-headers='{"X-CSRFToken": "([^"]+)"}'""", page)
    (key,) = {token.partition(".")[2] for token in re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)}
    assert header.partition(".")[2] == key
    return str(header)


def switch(browser: Client, member: Member, token: str) -> None:
    assert browser.post("/switch/", {"member": member.pk, "csrfmiddlewaretoken": token}).status_code == 302


def make_team(browser: Client, token: str, *, by_header: bool = False) -> int:
    said = {"name": "North"} if by_header else {"name": "North", "csrfmiddlewaretoken": token}
    headers = {"X-CSRFToken": token, "HX-Request": "true"} if by_header else {}
    return browser.post("/teams/", said, headers=headers).status_code


@pytest.mark.parametrize("by_header", [False, True])
def test_what_a_page_of_the_other_account_sends_is_refused(
    browser: Client, adam: Member, guest: Member, by_header: bool
) -> None:
    old = token_of(browser)
    switch(browser, guest, old)
    answer = browser.post("/teams/", {"name": "North", "csrfmiddlewaretoken": old})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "You switched accounts in another tab" in text
    assert "Nothing was sent, no call was made." in text
    assert f'value="{adam.pk}"' in text
    assert make_team(browser, old, by_header=by_header) == 403
    assert not adam.account.teams.exists()
    assert not guest.account.teams.exists()
    assert make_team(browser, token_of(browser), by_header=by_header) < 400
    assert [team.name for team in guest.account.teams.all()] == ["North"]
    switch(browser, adam, old)
    assert make_team(browser, old, by_header=by_header) < 400
    assert [team.name for team in adam.account.teams.all()] == ["North"]


def test_a_membership_that_ended_is_not_replaced_by_another_in_silence(
    browser: Client, adam: Member, guest: Member
) -> None:
    old = token_of(browser)
    switch(browser, guest, old)
    page = token_of(browser)
    Member.objects.filter(pk=guest.pk).update(archived_at=now())
    assert make_team(browser, page) == 403
    assert not adam.account.teams.exists()


def test_a_fragment_says_whose_page_it_is_and_that_nobody_was_called(
    browser: Client, adam: Member, guest: Member
) -> None:
    adam.account.name = "Ромашка"
    adam.account.save()
    old = token_of(browser)
    switch(browser, guest, old)
    htmx = {"X-CSRFToken": old, "HX-Request": "true"}
    heading, line = json.loads(browser.post("/calls/", headers=htmx).headers["X-Says"])
    assert heading == "This page belongs to Ромашка"
    assert line == (
        f"You work in {guest.account.name} now. Nobody was called, nothing was saved. "
        "To go on here, switch to Ромашка again"
    )
    Member.objects.filter(pk=adam.pk).update(archived_at=now())
    heading, line = json.loads(browser.post("/calls/", headers=htmx).headers["X-Says"])
    assert (heading, line) == ("You switched accounts in another tab", "Nothing was sent, no call was made.")


@pytest.mark.parametrize("path", ["/contacts/", "/calls/dial/", "/contacts/rules/"])
def test_all_forms_of_a_page_say_for_whom_it_was_drawn(browser: Client, adam: Member, guest: Member, path: str) -> None:
    adam.default_number = people.make_number(adam.account)
    adam.save()
    people.make_token(adam.account)
    people.make_contact(people.make_list(adam.account), "Ivan", "79260000000")
    page = browser.get(path).content.decode()
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert {token.partition(".")[2] for token in tokens} == {str(adam.pk)}


def test_a_page_drawn_before_there_was_a_second_account_is_still_the_firsts(browser: Client, adam: Member) -> None:
    old = token_of(browser)
    assert make_team(browser, old) < 400
    there = people.make_member(people.make_account("elsewhere"), "adam", role="admin")
    switch(browser, there, old)
    assert make_team(browser, old) == 403
    assert (adam.account.teams.count(), there.account.teams.count()) == (1, 0)


def test_a_program_may_send_the_bare_token(browser: Client, adam: Member) -> None:
    assert make_team(browser, token_of(browser).partition(".")[0]) < 400


@pytest.mark.parametrize("by_header", [False, True])
def test_whoever_has_signed_out_in_another_tab_is_asked_to_sign_in(
    browser: Client, adam: Member, by_header: bool
) -> None:
    old = token_of(browser)
    del browser.cookies["sessionid"]
    said = {"name": "North"} if by_header else {"name": "North", "csrfmiddlewaretoken": old}
    answer = browser.post("/teams/", said, headers={"X-CSRFToken": old} if by_header else {})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/sign-in/")


def test_the_token_itself_is_still_checked(browser: Client, adam: Member, guest: Member) -> None:
    token_of(browser)
    assert make_team(browser, f"{'x' * 64}.{adam.pk}") == 403
    assert make_team(browser, f".{adam.pk}") == 403
    assert not adam.account.teams.exists()
