"""The button that lets the worker fetch everything, and the bar that shows how far it has come."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from support import people
from support.catalogues import lists, number_row
from support.wire_server import WireServer

from clickcall.models import Account, Heartbeat, Member, Synchronisation
from clickcall.numbers.sync import synchronise
from clickcall.numbers.sync.job import fetch_what_is_due

Scripted = Callable[..., WireServer]
MATCH, MATCHING, LIST = "/numbers/match/", "/numbers/matching/", "/numbers/"


@pytest.fixture
def admin(adam: Member, as_: Callable[..., Client]) -> Client:
    Heartbeat.objects.create(name="worker", seen_at=now())
    return as_(adam)


def html(browser: Client, path: str, **query: str) -> str:
    return browser.get(path, query).content.decode()


def test_from_the_button_to_the_list(admin: Client, scripted: Scripted, account: Account) -> None:
    scripted(lists(virtual_numbers=[number_row(name="Head office")]))
    assert admin.post(MATCH).status_code == 302
    page = html(admin, LIST)
    assert "begins in a moment" in page
    assert f'hx-get="{MATCHING}?seen=waiting-0"' in page
    assert fetch_what_is_due()
    answer = admin.get(MATCHING, {"seen": "waiting-0"})
    assert answer.status_code == 286
    assert "New: 1, changed: 0, gone: 0." in answer.content.decode()
    page = html(admin, LIST)
    assert "Head office" in page
    assert "1 number · matched with UIS at " in page
    assert "nothing missing" in page
    assert "data-live" not in page
    assert "New: 1," not in page


def test_whoever_pressed_reads_how_it_ended_even_if_it_was_quick(
    admin: Client, scripted: Scripted, account: Account
) -> None:
    scripted(lists(virtual_numbers=[number_row()]))
    address = admin.post(MATCH).headers["Location"]
    assert fetch_what_is_due()
    page = html(admin, address)
    assert "New: 1, changed: 0, gone: 0." in page
    assert "data-live" not in page


def test_the_bar_says_which_list_is_at_work(admin: Client, account: Account) -> None:
    until = now() + timedelta(seconds=60)
    Synchronisation.objects.create(account=account, lease_until=until, step="employees", done=3, total=6)
    page = html(admin, LIST)
    assert "Matching with UIS: Employees, step 4 of 6" in page
    assert '<progress value="3" max="6"' in " ".join(page.split())
    assert admin.get(MATCHING, {"seen": "running-3"}).status_code == 204
    assert admin.get(MATCHING, {"seen": "running-2"}).status_code == 200


def test_pressed_twice_it_is_fetched_once(admin: Client, account: Account, token: Any) -> None:
    Synchronisation.objects.create(account=account, lease_until=now() + timedelta(seconds=60), next_at=now())
    page = admin.post(MATCH, follow=True).content.decode()
    assert "It is being matched at this moment." in page


def test_without_a_worker_it_says_so_in_words(admin: Client, account: Account, token: Any) -> None:
    Heartbeat.objects.all().delete()
    admin.post(MATCH)
    assert "the worker, which does this, is silent" in html(admin, LIST)
    assert admin.get(MATCHING).status_code == 200


def test_without_a_key_nobody_is_asked(admin: Client, account: Account) -> None:
    page = admin.post(MATCH, follow=True).content.decode()
    assert "no access key yet" in page
    assert "Matched with UIS" not in page
    assert not Synchronisation.objects.exists()


def test_what_went_wrong_stands_on_the_page(admin: Client, account: Account) -> None:
    people.make_token(account)
    synchronise(account)
    page = html(admin, LIST)
    assert "Not matched with UIS: The provider was not reached." in page
    assert "data-live" not in page


def test_a_list_that_was_not_bought_is_named_below_the_others(
    admin: Client, scripted: Scripted, account: Account
) -> None:
    scripted(lists(no={"get.tags": "component_disabled"}))
    synchronise(account)
    assert "Tags: This option is not switched on at the provider." in html(admin, LIST)


def test_what_is_gone_is_counted_below_the_list(admin: Client, scripted: Scripted, account: Account) -> None:
    people.make_number(account, "74951045771")
    scripted(lists(virtual_numbers=[number_row()]))
    synchronise(account)
    page = html(admin, LIST)
    assert "2 numbers · matched with UIS at " in page
    assert "1 is gone there" in page
    assert "Gone at UIS" in page


def test_an_older_match_names_its_day(admin: Client, account: Account) -> None:
    at = now() - timedelta(days=3)
    Synchronisation.objects.create(account=account, finished_at=at, next_at=now() + timedelta(hours=1))
    people.make_number(account)
    local = at.astimezone(account.tz)
    assert f"at {local.day} {local:%b}, {local:%H:%M}, nothing missing" in html(admin, LIST)


@pytest.mark.parametrize("who", ["anna", "maria"])
@pytest.mark.parametrize("path", [MATCH, MATCHING])
def test_only_admins_match(
    request: pytest.FixtureRequest, as_: Callable[..., Client], token: Any, who: str, path: str
) -> None:
    browser = as_(request.getfixturevalue(who))
    answer = browser.post(path) if path == MATCH else browser.get(path)
    assert answer.status_code == 403
    assert not Synchronisation.objects.exists()


def test_a_stranger_matches_their_own_account(stranger: Member, as_: Callable[..., Client], account: Account) -> None:
    people.make_token(stranger.account)
    as_(stranger).post(reverse("numbers:match"))
    assert Synchronisation.objects.get().account == stranger.account
