"""A button that waits for points: it says so, and what takes its place is in the page already."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from support import people
from support.press_pages import HTMX

from clickcall.calls.preflight import preflight
from clickcall.models import Account, Contact, Member, Points, VirtualNumber
from clickcall.models.saving import save_changes

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
TELL = "/calls/limit/tell/"


@pytest.fixture
def ready(anna: Member, number: VirtualNumber, ivan: Contact) -> Member:
    """Anna with a number, a key and a contact on a list of hers."""
    people.make_token(anna.account)
    save_changes(anna, default_number=number)
    ivan.list.members.add(anna)
    return anna


def spend(account: Account, kind: str, seconds: float = 23) -> Points:
    """No points until then."""
    spent = {f"{kind}_limit": 100, f"{kind}_remaining": 0, f"{kind}_resets_at": now() + timedelta(seconds=seconds)}
    return Points.objects.create(account=account, seen_at=now(), **spent)


def page(as_: SignIn, member: Member, path: str = "/contacts/") -> str:
    return as_(member).get(path).content.decode()


def test_with_points_a_button_is_a_button(as_: SignIn, ready: Member) -> None:
    Points.objects.create(account=ready.account, seen_at=now(), minute_remaining=1, day_remaining=1)
    assert "data-paused" not in page(as_, ready)


def test_without_the_minutes_points_it_counts_down_and_holds_the_real_one_ready(as_: SignIn, ready: Member) -> None:
    meter = spend(ready.account, "minute")
    html = page(as_, ready)
    head, _, rest = html.partition("data-paused")
    assert "data-call-form" not in head.partition('id="content"')[2]
    shown, _, waiting = rest.partition("<template>")
    assert meter.minute_resets_at is not None
    assert f'data-clock-to="{int(meter.minute_resets_at.timestamp() * 1000)}">0:23</span>' in shown
    assert "Paused" in shown
    assert "The button comes back by itself" in shown
    assert 'aria-disabled="true"' in shown
    assert 'name="external_id"' not in shown
    assert "data-call-form" in waiting.partition("</template>")[0]
    assert 'name="external_id"' in waiting.partition("</template>")[0]


@pytest.mark.parametrize("path", ["/contacts/", "/calls/dial/", "contact"])
def test_without_the_days_points_it_says_when_they_renew(as_: SignIn, ready: Member, ivan: Contact, path: str) -> None:
    ends = now() + timedelta(hours=5)
    spend(ready.account, "day", 5 * 3600)
    html = page(as_, ready, f"/contacts/{ivan.pk}/" if path == "contact" else path)
    assert "Today's UIS limit is used up" in html.replace("&#x27;", "'")
    assert f"Renews at {ends.astimezone(ready.account.tz):%H:%M}" in html
    assert f'hx-post="{TELL}"' in html


def test_a_pause_that_is_over_is_none(as_: SignIn, ready: Member) -> None:
    spend(ready.account, "minute", -1)
    assert "data-paused" not in page(as_, ready)


def test_what_blocks_for_longer_is_said_first(ready: Member) -> None:
    spend(ready.account, "day", 3600)
    ready.default_number = None
    assert preflight(ready).blocked
    assert preflight(ready).pause is not None


def test_another_accounts_points_pause_nobody_here(as_: SignIn, ready: Member, stranger: Member) -> None:
    spend(stranger.account, "day", 3600)
    assert "data-paused" not in page(as_, ready)


def test_a_list_of_paused_buttons_costs_no_more_queries(
    as_: SignIn, ready: Member, ivan: Contact, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    spend(ready.account, "minute")
    for place in range(12):
        people.make_contact(ivan.list, f"Contact {place}", f"7926111{place:04}")
    browser = as_(ready)
    with django_assert_max_num_queries(18):  # type: ignore[attr-defined]
        html = browser.get("/contacts/").content.decode()
    assert html.count("data-paused") == 13


def test_the_admin_reads_who_asked_for_help(as_: SignIn, ready: Member, adam: Member) -> None:
    spend(ready.account, "day", 3600)
    answer = as_(ready).post(TELL, headers={"HX-Request": "true"}, **HTMX)
    assert "The admin knows" in answer.content.decode()
    as_(ready).post(TELL)
    html = page(as_, adam, "/calls/dial/")
    assert html.count("Asked for help: Анна Кузнецова.") == 1


def test_without_a_script_telling_leads_home_and_says_so(as_: SignIn, ready: Member) -> None:
    spend(ready.account, "day", 3600)
    answer = as_(ready).post(TELL, follow=True)
    assert "The admin has been told." in answer.content.decode()


def test_nothing_is_told_that_is_over_or_of_another_account(
    as_: SignIn, ready: Member, adam: Member, stranger: Member
) -> None:
    as_(ready).post(TELL)
    spend(stranger.account, "day", 3600)
    as_(stranger).post(TELL)
    spend(ready.account, "day", 3600)
    assert "Asked for help" not in page(as_, adam, "/calls/dial/")
