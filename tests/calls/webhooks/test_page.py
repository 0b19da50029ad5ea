"""The admins' page: what to paste, what came, what was pasted wrongly, and the address that is shown once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from support.hooks import Send, body

from clickcall.calls.webhooks import addresses
from clickcall.models import Account, HookDelivery, Member
from clickcall.provider.hooks import EVENTS

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
PAGE, RENEW = reverse("calls:hooks"), reverse("calls:hooks_renew")


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def admins(as_: SignIn, adam: Member) -> Client:
    return as_(adam, HTTP_ACCEPT_LANGUAGE="en")


def test_a_new_account_is_offered_to_make_its_address(admins: Client, account: Account) -> None:
    page = text_of(admins.get(PAGE))
    assert "Make the address" in page
    assert page.count("Came last: never") == len(EVENTS)


def test_the_address_is_shown_whole_once(admins: Client, account: Account) -> None:
    made = text_of(admins.post(RENEW, {"last_four": ""}))
    account.refresh_from_db()
    secret = account.hook_secret.reveal()
    assert f"http://testserver/hooks/{account.public_id}/{secret}/" in made
    page = text_of(admins.get(PAGE))
    assert secret not in page
    assert f"••••{secret[-4:]}" in page


def test_the_answer_that_shows_it_is_kept_by_nobody(admins: Client) -> None:
    assert "no-store" in admins.post(RENEW, {"last_four": ""})["Cache-Control"]


def test_renewing_says_until_when_the_one_before_works(admins: Client, account: Account) -> None:
    addresses.make_secret(account)
    before = account.hook_secret.reveal()
    page = text_of(admins.post(RENEW, {"last_four": account.hook_secret.last_four}))
    assert re.search(r"The address before works until tomorrow, \d\d:\d\d\. To renew once more ends it at once", page)
    assert before not in page
    assert addresses.opened(str(account.public_id), before) == account


def test_a_form_sent_twice_changes_nothing_the_second_time(admins: Client, account: Account) -> None:
    admins.post(RENEW, {"last_four": ""})
    account.refresh_from_db()
    again = admins.post(RENEW, {"last_four": ""}, follow=True)
    assert "The address was renewed before" in text_of(again)
    secret = account.hook_secret.reveal()
    account.refresh_from_db()
    assert account.hook_secret.reveal() == secret


def test_the_address_begins_with_the_public_one(admins: Client, account: Account, settings: Any) -> None:
    addresses.make_secret(account)
    assert "whoever runs the server" in text_of(admins.get(PAGE))
    settings.CLICKCALL_PUBLIC_URL = "https://calls.example"
    page = text_of(admins.get(PAGE))
    assert f"https://calls.example/hooks/{account.public_id}/" in page
    assert "whoever runs the server" not in page


def test_each_event_has_a_template_to_copy(admins: Client) -> None:
    page = admins.get(PAGE).content.decode()
    for event in EVENTS:
        assert page.count(f"&quot;event&quot;: &quot;{event}&quot;") == 2  # to read and to copy


def test_what_came_is_seen(admins: Client, send: Send) -> None:
    send(body("incoming"))
    page = text_of(admins.get(PAGE))
    assert "Came last: today" in page
    assert page.count("Came last: never") == len(EVENTS) - 1


def test_what_was_pasted_wrongly_is_shown_with_what_came_and_what_is_wrong(admins: Client, send: Send) -> None:
    assert "Could not be read" not in text_of(admins.get(PAGE))
    send(b'{"event": "waiting", "external_id": ""<b>""}')
    page = text_of(admins.get(PAGE))
    assert "there are quotes around a variable" in page
    assert "&quot;&quot;&lt;b&gt;&quot;&quot;" in page
    assert "<b>" not in page


def test_another_accounts_notifications_are_not_seen(admins: Client, stranger: Member) -> None:
    HookDelivery.objects.create(account=stranger.account, event="incoming", body="theirs", state="broken")
    page = text_of(admins.get(PAGE))
    assert "theirs" not in page
    assert page.count("Came last: never") == len(EVENTS)


def test_the_page_costs_few_queries_however_much_came(admins: Client, account: Account) -> None:
    HookDelivery.objects.bulk_create(
        HookDelivery(account=account, event=EVENTS[place % 8], body="{", state="broken" if place % 2 else "applied")
        for place in range(60)
    )
    with CaptureQueriesContext(connection) as queries:
        admins.get(PAGE)
    assert len(queries) <= 12


@pytest.mark.parametrize(("who", "status"), [("adam", 200), ("maria", 403), ("anna", 403)])
def test_only_admins_may_enter(
    request: pytest.FixtureRequest, as_: SignIn, account: Account, who: str, status: int
) -> None:
    theirs = as_(request.getfixturevalue(who))
    assert theirs.get(PAGE).status_code == status
    assert theirs.post(RENEW, {"last_four": ""}).status_code == status
    account.refresh_from_db()
    assert bool(account.hook_secret) == (status == 200)


def test_a_stranger_renews_only_what_is_theirs(as_: SignIn, stranger: Member, account: Account) -> None:
    as_(stranger).post(RENEW, {"last_four": ""})
    account.refresh_from_db()
    assert not account.hook_secret


def test_the_page_speaks_russian(as_: SignIn, adam: Member) -> None:
    adam.user.language = "ru"
    adam.user.save()
    assert as_(adam).get(PAGE).status_code == 200
