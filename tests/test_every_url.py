"""Every address of the project, asked by everybody who could come along. A new address belongs into the table."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NoReturn

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker
from support import people
from support.world import SECRETS, World, make_call, make_world, patterns, upload

from clickcall import points
from clickcall.models import BlacklistEntry, Member, Preset, Role, Team

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]

PEOPLE = ("signed out", "owner", "colleague", "manager", "admin", "stranger")
ADMINS = "302 403 403 403 200 200"
ADMINS_ROW = "302 403 403 403 200 404"
ADMINS_DO = "302 403 403 403 302 404"
MANAGERS = "302 403 403 200 200 200"
MANAGERS_ROW = "302 403 403 200 200 404"
MANAGERS_DO = "302 403 403 302 302 404"
EVERYBODY = "302 200 200 200 200 200"
SHARED_ROW = "302 200 404 200 200 404"
SHARED_DO = "302 302 404 302 302 404"
OWNERS_DO = "302 302 404 404 404 404"
REDIRECT = "302 302 302 302 302 302"
NOBODY = "405 405 405 405 405 405"
GONE = "404 404 404 404 404 404"

# name: what GET answers, what an empty POST answers, in the order of PEOPLE
TABLE = {
    "home": (REDIRECT, NOBODY),
    "dial": (EVERYBODY, NOBODY),
    "account_login": ("200 302 302 302 302 302", "200 302 302 302 302 302"),
    "account_logout": (EVERYBODY, REDIRECT),
    "account_change_password": (EVERYBODY, EVERYBODY),
    "set_language": (REDIRECT, REDIRECT),
    "accounts:people": (ADMINS, NOBODY),
    "accounts:person_new": (ADMINS, ADMINS),
    "accounts:person": (ADMINS_ROW, ADMINS_ROW),
    "accounts:person_employee": (NOBODY, ADMINS_DO),
    "accounts:person_reset": (NOBODY, ADMINS_ROW),
    "accounts:person_disable": (NOBODY, ADMINS_DO),
    "accounts:person_enable": (NOBODY, ADMINS_DO),
    "accounts:teams": (ADMINS, ADMINS),
    "accounts:team": (ADMINS_ROW, ADMINS_ROW),
    "accounts:tokens": (ADMINS, NOBODY),
    "accounts:token_new": (ADMINS, ADMINS),
    "accounts:token": (ADMINS_ROW, ADMINS_ROW),
    "accounts:token_replace": (ADMINS_ROW, ADMINS_ROW),
    "accounts:token_move": (NOBODY, ADMINS_DO),
    "accounts:token_archive": (NOBODY, ADMINS_DO),
    "accounts:doctor": (ADMINS, "302 403 403 403 302 302"),
    "accounts:account": (ADMINS, ADMINS),
    "accounts:switch": (EVERYBODY, "302 404 404 404 404 404"),
    "accounts:profile": (EVERYBODY, REDIRECT),
    "accounts:welcome": (GONE, GONE),
    "contacts:list": (EVERYBODY, NOBODY),
    "contacts:new": ("302 200 302 200 200 302", "302 200 302 200 200 302"),  # without a list there is nothing to add to
    "contacts:detail": (SHARED_ROW, NOBODY),
    "contacts:happened": (SHARED_ROW, NOBODY),
    "contacts:agreed": (SHARED_ROW, NOBODY),
    "contacts:edit": (SHARED_ROW, SHARED_ROW),
    "contacts:archive": (NOBODY, SHARED_DO),
    "contacts:restore": (NOBODY, SHARED_DO),
    "contacts:callback_new": (NOBODY, SHARED_DO),
    "contacts:callbacks": (EVERYBODY, NOBODY),
    "contacts:reminder": ("302 200 204 200 200 204", NOBODY),
    "contacts:callback_move": (NOBODY, SHARED_DO),
    "contacts:callback_off": (NOBODY, SHARED_DO),
    "contacts:lists": (MANAGERS, NOBODY),
    "contacts:list_new": (MANAGERS, MANAGERS),
    "contacts:list_edit": (MANAGERS_ROW, MANAGERS_ROW),
    "contacts:hand_over": (MANAGERS, MANAGERS),
    "contacts:list_archive": (NOBODY, MANAGERS_DO),
    "contacts:list_restore": (NOBODY, MANAGERS_DO),
    "contacts:list_progress": (SHARED_ROW, NOBODY),
    "contacts:retry_plan": (MANAGERS_ROW, MANAGERS_ROW),
    "contacts:queue": (EVERYBODY, NOBODY),
    "contacts:queue_now": ("302 200 204 200 200 204", NOBODY),
    "contacts:queue_next": (NOBODY, REDIRECT),
    "contacts:queue_later": (NOBODY, REDIRECT),
    "contacts:queue_break": (NOBODY, REDIRECT),
    "contacts:queue_renew": (NOBODY, "302 204 204 204 204 204"),
    "contacts:consent": (SHARED_ROW, "302 422 404 422 422 404"),
    "contacts:forbid": (NOBODY, SHARED_DO),
    "contacts:do_not_call": (MANAGERS, "302 403 403 422 422 422"),
    "contacts:do_not_call_lift": (NOBODY, MANAGERS_DO),
    "contacts:company_rules": (ADMINS, "302 403 403 403 422 422"),
    "contacts:imports": (MANAGERS, MANAGERS),
    "contacts:import": (MANAGERS_ROW, NOBODY),
    "contacts:import_columns": (NOBODY, MANAGERS_ROW),
    "contacts:import_start": (NOBODY, MANAGERS_DO),
    "contacts:import_cancel": (NOBODY, MANAGERS_DO),
    "contacts:import_refused": (MANAGERS_ROW, NOBODY),
    "numbers:list": (ADMINS, NOBODY),
    "numbers:new": (ADMINS, ADMINS),
    "numbers:edit": (ADMINS_ROW, ADMINS_ROW),
    "numbers:stop": (ADMINS_ROW, ADMINS_DO),
    "numbers:use": (NOBODY, ADMINS_DO),
    "numbers:default": (NOBODY, ADMINS_DO),
    "numbers:label": (NOBODY, ADMINS_DO),
    "numbers:match": (NOBODY, "302 403 403 403 302 302"),
    "numbers:matching": ("302 403 403 403 286 286", NOBODY),
    "numbers:blacklist": (MANAGERS, NOBODY),
    "numbers:blacklist_add": (NOBODY, "302 403 403 403 422 422"),
    "numbers:blacklist_remove": (NOBODY, ADMINS_DO),
    "numbers:media": (ADMINS, ADMINS),
    "numbers:media_gone": (NOBODY, ADMINS_DO),
    "numbers:media_restore": (NOBODY, ADMINS_DO),
    "calls:press": (NOBODY, "302 422 422 422 422 422"),
    "calls:remind": (NOBODY, REDIRECT),
    "calls:dialpad": (EVERYBODY, NOBODY),
    "calls:state": (SHARED_DO, SHARED_DO),
    "calls:live": ("302 286 404 404 404 404", NOBODY),
    "calls:place": ("302 200 404 404 404 404", NOBODY),
    "calls:close": (NOBODY, OWNERS_DO),
    "calls:keep": (NOBODY, OWNERS_DO),
    "calls:decide": (NOBODY, OWNERS_DO),
    "calls:tag": (NOBODY, SHARED_DO),
    "calls:say": (NOBODY, "302 422 404 404 404 404"),
    "calls:hang_up": (NOBODY, SHARED_DO),
    "calls:witness": (NOBODY, OWNERS_DO),
    "calls:tell": (NOBODY, OWNERS_DO),
    "calls:done": (NOBODY, ADMINS_DO),
    "calls:my_phone": (EVERYBODY, NOBODY),
    "calls:phone_check": (NOBODY, "302 422 422 422 422 422"),
    "calls:phone_check_state": ("302 286 404 404 404 404", NOBODY),
    "calls:phone_check_answer": (NOBODY, "302 400 404 404 404 404"),
    "calls:hooks": (ADMINS, NOBODY),
    "calls:hooks_renew": (NOBODY, ADMINS),
    "hook": (NOBODY, GONE),
    "hook_cut": (NOBODY, GONE),
    "calls:tell_limit": (NOBODY, REDIRECT),
    "calls:presets": (ADMINS, NOBODY),
    "calls:preset_new": (ADMINS, ADMINS),
    "calls:preset_edit": (ADMINS_ROW, ADMINS_ROW),
    "calls:preset_archive": (NOBODY, ADMINS_DO),
    "calls:preset_restore": (NOBODY, ADMINS_DO),
    "calls:preset_default": (NOBODY, ADMINS_DO),
    "calls:outcomes": (ADMINS, NOBODY),
    "calls:outcomes_own": (NOBODY, "302 403 403 403 302 302"),
    "calls:outcome_new": (ADMINS, "302 403 403 403 422 422"),
    "calls:outcome_edit": (ADMINS_ROW, "302 403 403 403 422 404"),
    "calls:outcome_move": (NOBODY, ADMINS_DO),
    "calls:outcome_archive": (NOBODY, ADMINS_DO),
    "calls:outcome_restore": (NOBODY, ADMINS_DO),
    "setup:index": (ADMINS, NOBODY),
    "setup:check": (NOBODY, "302 403 403 403 302 302"),
    "setup:brand": (NOBODY, "302 403 403 403 422 422"),
    "setup:key": (NOBODY, "302 403 403 403 422 422"),
    "setup:people": (NOBODY, "302 403 403 403 302 302"),
    "setup:fetching": ("302 403 403 403 286 286", NOBODY),
    "reports:log": (MANAGERS, NOBODY),
    "reports:mine": (EVERYBODY, NOBODY),
    "reports:my_day": (EVERYBODY, NOBODY),
    "reports:export": (MANAGERS, NOBODY),
    "reports:export_list": (MANAGERS_ROW, NOBODY),
    "reports:called_back": (EVERYBODY, NOBODY),
    "reports:reconciliation": (MANAGERS, "302 403 403 422 422 422"),
    "reports:call": (SHARED_ROW, NOBODY),
}
LISTS = ["contacts:list", "contacts:lists", "reports:log", "reports:mine", "numbers:list", "numbers:media"]
LISTS += ["contacts:queue", "reports:my_day", "reports:called_back", "reports:reconciliation", "numbers:blacklist"]
LISTS += ["contacts:do_not_call"]
LISTS += ["contacts:callbacks", "calls:outcomes", "contacts:detail", "calls:presets"]
LISTS += ["accounts:people", "accounts:teams", "accounts:tokens"]
# Every phone's rules, consents and entries, the history and what was promised; who holds each number, and what is due.
MORE = {"contacts:detail": 16, "numbers:list": 13}
HEADERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}


@pytest.fixture(scope="module")
def populated(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, dict[str, Member]]]:
    """A row of every kind, and PEOPLE who are signed in: once for all tests, each of which puts back its changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        account = people.make_account()
        owner = people.make_member(account, "anna", Role.SALES)
        members = (
            owner,
            people.make_member(account, "boris", Role.SALES),
            people.make_member(account, "maria", Role.MANAGER),
            people.make_member(account, "adam", Role.ADMIN),
            people.make_member(people.make_account("rival"), "stranger", Role.ADMIN),
        )
        yield make_world(owner), dict(zip(PEOPLE[1:], members, strict=True))
        transaction.set_rollback(True)


@pytest.fixture
def world(db: None, populated: tuple[World, dict[str, Member]]) -> World:
    """With a file of its own: a test that takes one away cannot put it back."""
    world = populated[0]
    return replace(world, imported=upload(world.contact))


@pytest.fixture
def adam(populated: tuple[World, dict[str, Member]]) -> Member:
    return populated[1]["admin"]


@pytest.fixture
def browsers(as_: SignIn, db: None, populated: tuple[World, dict[str, Member]]) -> dict[str, Client]:
    """A browser for each of PEOPLE."""
    return {PEOPLE[0]: Client()} | {name: as_(member) for name, member in populated[1].items()}


@pytest.fixture(autouse=True)
def _the_provider_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_socket: socket.socket, address: Any) -> NoReturn:
        raise ConnectionRefusedError(address)

    monkeypatch.setattr(socket.socket, "connect", refuse)


@contextmanager
def undone() -> Iterator[None]:
    """What is done to the database within is taken back."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Everything in our tables, as it is stored."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("clickcall").get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY 1')  # noqa: S608 - our own names
            found[model.__name__] = cursor.fetchall()
    return found


def check_headers(response: HttpResponse) -> None:
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_no_address_is_missing_in_the_table() -> None:
    assert {name for name, _pattern in patterns()} == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_a_get_answers_each_as_it_should_and_changes_nothing(
    world: World, browsers: dict[str, Client], name: str
) -> None:
    path, before, got = world.address(name), rows(), []
    for browser in browsers.values():
        response = browser.get(path)
        got.append(str(response.status_code))
        check_headers(response)
        assert not any(secret in response.getvalue().decode() for secret in SECRETS)
    assert " ".join(got) == TABLE[name][0]
    assert rows() == before


@pytest.mark.parametrize("name", TABLE)
def test_a_post_answers_each_as_it_should(world: World, browsers: dict[str, Client], name: str) -> None:
    path, got = world.address(name), []
    for browser in browsers.values():
        with undone():
            response = browser.post(path)
        got.append(str(response.status_code))
        check_headers(response)
        assert not any(secret in response.getvalue().decode() for secret in SECRETS)
    assert " ".join(got) == TABLE[name][1]


@pytest.mark.parametrize("name", [name for name, (_get, post) in TABLE.items() if post not in (NOBODY, GONE)])
def test_a_post_without_the_forms_own_key_is_refused(world: World, adam: Member, name: str) -> None:
    path, browser = world.address(name), Client(enforce_csrf_checks=True)
    if name != "account_login":
        browser.force_login(adam.user)
    before = rows()
    response = browser.post(path)
    assert response.status_code == 403
    assert rows() == before
    check_headers(response)


def test_a_page_that_is_not_there_carries_the_headers_too(client: Client) -> None:
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    check_headers(response)


def test_pages_of_many_rows_cost_few_queries(as_: SignIn, world: World, adam: Member) -> None:
    for place in range(12):
        crowd(world, adam, place)
    asked = {name: queries_of(as_(adam), world.address(name)) for name in LISTS}
    assert {name: asked[name] for name in LISTS if len(asked[name]) > MORE.get(name, 12)} == {}


def queries_of(browser: Client, path: str) -> list[str]:
    """What a process asks that has shown no page of this account yet."""
    points.forget()
    with undone(), CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return [query["sql"] for query in queries]


def crowd(world: World, admin: Member, place: int) -> None:
    """One more row of every kind; the admin's call makes the live bar a part of the page."""
    contact = people.make_contact(world.contact.list, f"Contact {place}", f"7926111{place:04}", f"7926222{place:04}")
    for caller, target in ((admin, contact), (world.owner, world.contact)):
        make_call(
            caller, world.number, target, external_id=f"{caller.pk}-{place}", call_session_id=f"{caller.pk}{place}"
        )
    people.make_number(world.account, f"7495111{place:04}", world.person)
    BlacklistEntry.objects.create(account=world.account, digits=f"7999111{place:04}")
    people.make_list(world.account, f"List {place}", world.person)
    people.make_token(world.account, name=f"key {place}")
    people.make_member(world.account, f"member{place}")
    Preset.objects.create(account=world.account, name=f"Preset {place}")
    Team.objects.create(account=world.account, name=f"Team {place}")
