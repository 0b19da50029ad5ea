"""Match with the provider: the page of managers and admins that compares days."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from support import people
from support.catalogues import lists
from support.presses import connect
from support.simulator import SEVER
from support.wire_server import WireServer
from support.wires import serve

from clickcall import gateway
from clickcall.models import Account, Call, Member, Points, Reconciliation

__all__ = ["serve"]
MakeCall = Callable[..., Call]
SignIn = Callable[..., Client]
DAY = date(2026, 11, 20)
PLACE = "reports:reconciliation"


@pytest.fixture
def provider(account: Account, serve: Callable[..., WireServer]) -> Any:
    """provider(script): the account's provider does what the script says."""
    people.make_token(account, SEVER)

    def start(script: Any) -> WireServer:
        server = serve(script)
        connect(account, server.url.removesuffix("/v4.0"))
        return server

    yield start
    gateway.wire().close()


def kept(account: Account, day: date = DAY, **found: Any) -> Reconciliation:
    """A day on which both have the same two calls, unless told otherwise."""
    lists_of = {kind: found.get(kind, []) for kind in ("only_ours", "only_provider", "different")}
    result = {"account": account.slug, "day": day.isoformat(), "provider": 2, "ours": 2, "both": 2, "others": 0}
    is_equal = not any(lists_of.values())
    return Reconciliation.objects.create(account=account, day=day, is_equal=is_equal, result=result | lists_of | found)


def named(call: Call, **more: Any) -> dict[str, Any]:
    return {"external_id": call.external_id, "call_session_id": None, **more}


def read(client: Client, **asked: Any) -> str:
    return client.get(reverse(PLACE), asked).content.decode()


def test_a_day_without_a_difference_says_so_in_figures(account: Account, maria: Member, as_: SignIn) -> None:
    kept(account, provider=214, ours=214, both=214, others=3)
    html = " ".join(read(as_(maria)).split())
    assert "UIS has 214 of our calls, we have 214; 0 missing, 0 extra, 0 different." in html
    assert "3 calls of other programs are not counted." in html
    assert "Take over what" not in html


def test_every_difference_is_named_and_leads_to_the_call(
    account: Account, anna: Member, maria: Member, make_call: MakeCall, as_: SignIn
) -> None:
    extra, changed = make_call(anna), make_call(anna)
    fields = {
        "talk_duration": [0, 65],
        "finished_at": ["2026-11-20T21:30:05Z", None],
        "dispatch": ["not_placed", "accepted"],
        "colour": ["red", "blue"],
    }
    missing = [{"external_id": None, "call_session_id": 9007199254740993}]
    kept(account, only_ours=[named(extra)], only_provider=missing, different=[named(changed, fields=fields)])
    html = " ".join(read(as_(maria)).split())
    for text in (
        "9007199254740993",
        "here 0:00, at UIS 1:05",
        "here 21.11, 00:30:05, at UIS —",
        "here red, at UIS blue",
    ):
        assert text in html
    assert "here Not placed, at UIS Accepted" in html
    for call in (extra, changed):
        assert reverse("reports:call", args=[call.pk]) in html
    assert "Take over what UIS has" in html


def test_a_page_holds_a_hundred_calls_of_a_kind_and_counts_the_others(
    account: Account, maria: Member, as_: SignIn, django_assert_max_num_queries: Any
) -> None:
    for days in range(40):
        missing = [{"external_id": f"press-{i}", "call_session_id": i} for i in range(1, 151)]
        kept(account, DAY - timedelta(days=days), only_provider=missing, provider=152)
    client = as_(maria)
    with django_assert_max_num_queries(12):
        html = read(client)
    assert ("and 50 more" in html, "press" in html, html.count("?day=")) == (True, True, 31)


def test_the_newest_day_is_shown_unless_another_is_asked_for(account: Account, maria: Member, as_: SignIn) -> None:
    newest, older = kept(account), kept(account, DAY - timedelta(days=1))
    client = as_(maria)
    for asked, shown in (("", newest), ("2026-11-19", older), ("2026-11-18", newest), ("2026-13-45", newest)):
        assert client.get(reverse(PLACE), {"day": asked}).context["kept"] == shown


def test_the_button_compares_the_day_and_shows_it(
    provider: Any, account: Account, maria: Member, make_call: MakeCall, as_: SignIn
) -> None:
    server = provider(lists(calls_report=[]))
    call = make_call(maria, requested_at=now() - timedelta(days=3), accepted_at=now() - timedelta(days=3))
    day = localdate(timezone=account.tz) - timedelta(days=3)
    response = as_(maria).post(reverse(PLACE), {"day": day.isoformat()}, follow=True)
    found = account.reconciliations.get()
    assert (found.day, found.is_equal, found.result["only_ours"][0]["external_id"]) == (day, False, call.external_id)
    assert response.context["kept"] == found
    assert [seen.call["method"] for seen in server.requests] == ["get.calls_report"]


def test_a_silent_provider_is_told_and_nothing_is_kept(
    provider: Any, account: Account, maria: Member, as_: SignIn
) -> None:
    provider(lists(no={"get.calls_report": "ip_not_whitelisted"}))
    response = as_(maria).post(reverse(PLACE), {"day": DAY.isoformat()}, follow=True)
    assert "UIS did not answer completely, so nothing was compared." in response.content.decode()
    assert not account.reconciliations.exists()


def test_what_is_left_of_the_limit_is_not_spent_on_a_comparison(
    provider: Any, account: Account, maria: Member, as_: SignIn
) -> None:
    server = provider(lists())
    Points.objects.create(account=account, seen_at=now(), minute_limit=100, minute_remaining=10, **_later())
    response = as_(maria).post(reverse(PLACE), {"day": DAY.isoformat()}, follow=True)
    assert "What is left of the request limit is kept for calls." in response.content.decode()
    assert (server.requests, account.reconciliations.exists()) == ([], False)


def _later() -> dict[str, Any]:
    soon = now() + timedelta(seconds=50)
    return {"minute_resets_at": soon, "day_limit": 1000, "day_remaining": 900, "day_resets_at": soon}


@pytest.mark.parametrize("day", ["", "tomorrow", "2999-01-01", "1999-12-31", "2026-02-30"])
def test_a_day_that_cannot_be_compared_is_refused(provider: Any, maria: Member, as_: SignIn, day: str) -> None:
    server = provider(lists())
    response = as_(maria).post(reverse(PLACE), {"day": day})
    assert response.status_code == 422
    assert response.context["form"].errors["day"]
    assert server.requests == []


def test_managers_and_admins_may_sales_may_not_and_strangers_see_their_own(
    provider: Any, account: Account, anna: Member, maria: Member, adam: Member, stranger: Member, as_: SignIn
) -> None:
    kept(account, provider=777)
    server = provider(lists())
    for member in (maria, adam):
        assert "has 777 of our calls" in read(as_(member))
    assert as_(anna).get(reverse(PLACE)).status_code == 403
    assert as_(anna).post(reverse(PLACE), {"day": DAY.isoformat()}).status_code == 403
    assert "has 777 of our calls" not in read(as_(stranger), day=DAY.isoformat())
    as_(stranger).post(reverse(PLACE), {"day": DAY.isoformat()})
    assert server.requests == []
    assert [one.result["provider"] for one in Reconciliation.objects.all()] == [777]


def test_only_those_who_may_are_led_there(anna: Member, maria: Member, adam: Member, as_: SignIn) -> None:
    for member, is_led in ((anna, False), (maria, True), (adam, True)):
        html = as_(member).get(reverse("contacts:list")).content.decode()
        assert (f'href="{reverse(PLACE)}"' in html) is is_led
