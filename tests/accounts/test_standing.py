"""What pages say about access keys: to admins which one, to everybody else what it means for them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now
from support import people

from clickcall.accounts.standing import KeyState, Standing, standing
from clickcall.models import Account, Member, Points, Token

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


def today(account: Account) -> date:
    return localdate(timezone=account.tz)


def key(account: Account, name: str = "main", days: int | None = None, error: str = "", **fields: Any) -> Token:
    """A key that ends in so many days, or was refused."""
    last = None if days is None else today(account) + timedelta(days=days)
    return people.make_token(account, name=name, expires_on=last, last_error=error, **fields)


def home(as_: SignIn, member: Member) -> str:
    return as_(member).get("/calls/dial/").content.decode()


@pytest.mark.parametrize(
    ("days", "error", "dead", "soon"),
    [
        (None, "", False, False),
        (15, "", False, False),
        (14, "", False, True),
        (0, "", False, True),
        (-1, "", True, False),
        (None, "access_token_expired", True, False),
        (None, "forbidden", True, False),
        (5, "auth_error", True, True),
        (None, "reset", False, False),
        (None, "ip_not_whitelisted", False, False),
    ],
)
def test_a_key_is_dead_when_it_was_refused_or_is_over(
    account: Account, days: int | None, error: str, dead: bool, soon: bool
) -> None:
    state = KeyState.of(key(account, days=days, error=error))
    assert (state.is_dead, state.ends_soon) == (dead, soon)
    assert Standing.of(account).keys == [state]


@pytest.mark.parametrize(
    ("keys", "stops_in", "stopped"),
    [
        ([], None, False),
        ([(None, "")], None, False),
        ([(3, "")], 3, False),
        ([(4, "")], None, False),
        ([(1, ""), (3, "")], 3, False),
        ([(1, ""), (None, "")], None, False),
        ([(1, ""), (None, "access_token_blocked")], 1, False),
        ([(-1, ""), (None, "access_token_blocked")], None, True),
    ],
)
def test_calls_stop_with_the_last_key_that_works(
    account: Account, keys: list[tuple[int | None, str]], stops_in: int | None, stopped: bool
) -> None:
    for place, (days, error) in enumerate(keys):
        key(account, f"key {place}", days, error)
    now = Standing.of(account)
    assert now.has_stopped is stopped
    assert now.stops_on == (None if stops_in is None else today(account) + timedelta(days=stops_in))


def test_archived_keys_and_those_of_others_do_not_count(account: Account, stranger: Member) -> None:
    key(account, "gone", error="access_token_expired", archived_at=now())
    key(stranger.account, "theirs", error="access_token_expired")
    assert Standing.of(account).keys == []


def test_the_day_is_that_of_the_accounts_zone(account: Account, time_machine: Any) -> None:
    time_machine.move_to("2026-11-23 22:30 +00:00")  # in Moscow it is the 24th already
    people.make_token(account, expires_on=date(2026, 11, 23))
    assert Standing.of(account).has_stopped


def test_keys_and_points_cost_one_query_a_page(
    account: Account, anna: Member, token: Token, django_assert_num_queries: Any
) -> None:
    Points.objects.create(account=account, seen_at=now(), minute_remaining=0, minute_resets_at=now() + timedelta(60))
    with django_assert_num_queries(1):
        assert standing(anna).keys
        pause = standing(anna).pause
    assert pause is not None
    assert pause.kind == "minute"


def test_points_of_which_nothing_is_known_are_no_pause(account: Account, token: Token) -> None:
    assert Standing.of(account).pause is None


def test_an_admin_reads_on_every_page_which_key_is_to_be_replaced(as_: SignIn, adam: Member) -> None:
    dead = key(adam.account, error="access_token_expired")
    key(adam.account, "spare", position=1)
    page = home(as_, adam)
    assert "The access key “main” does not work." in page
    assert "Calls go on with another key." in page
    assert f'href="/keys/{dead.pk}/replace/"' in page


def test_an_admin_reads_a_fortnight_ahead_that_a_key_ends(as_: SignIn, adam: Member) -> None:
    key(adam.account, days=14)
    page = home(as_, adam)
    assert "The access key “main” is valid until" in page
    assert "with two keys no call is lost" in page


@pytest.mark.parametrize("who", ["anna", "maria"])
def test_everybody_else_reads_it_only_when_it_touches_them(
    request: pytest.FixtureRequest, as_: SignIn, account: Account, who: str
) -> None:
    member = request.getfixturevalue(who)
    key(account, days=10)
    assert "Calls will stop" not in home(as_, member)
    Token.objects.update(expires_on=today(account) + timedelta(days=3))
    page = home(as_, member)
    assert "Calls will stop on" in page
    assert "unless the admin renews the access." in page
    assert "The admin has been told." in page
    assert "access key" not in page
    assert "/keys/" not in page


def test_when_no_key_works_it_is_said_what_that_means(as_: SignIn, anna: Member, adam: Member) -> None:
    key(anna.account, error="access_token_blocked")
    assert "UIS does not take our calls now." in home(as_, anna)
    assert "Nobody can call until it is replaced." in home(as_, adam)


def test_another_account_reads_nothing_of_it(as_: SignIn, account: Account, stranger: Member) -> None:
    key(account, error="access_token_blocked")
    page = home(as_, stranger)
    assert "does not work" not in page
    assert "does not take our calls" not in page


def test_the_pages_of_the_keys_say_it_themselves(as_: SignIn, adam: Member) -> None:
    key(adam.account, error="access_token_expired")
    page = as_(adam).get("/keys/").content.decode()
    assert "does not work." not in page
    assert "The key has expired" in page


def test_admins_read_that_the_days_limit_is_used_up(as_: SignIn, adam: Member, token: Token) -> None:
    ends = now() + timedelta(hours=3)
    Points.objects.create(account=adam.account, seen_at=now(), day_remaining=0, day_resets_at=ends)
    page = home(as_, adam)
    assert "Today&#x27;s UIS limit is used up." in page or "Today's UIS limit is used up." in page
    assert f"Nobody can call until {ends.astimezone(adam.account.tz):%H:%M}" in page
