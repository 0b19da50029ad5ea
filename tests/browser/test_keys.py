"""Keys at their end, what the doctor found, and buttons without points: in every look."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from support import people
from support.pages import NARROW, WIDE, faults, let_in
from support.world import World, make_world

from clickcall.accounts.doctor import Finding
from clickcall.accounts.doctor.findings import CODES
from clickcall.models import Checkup, Member, Points, Token

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
every_look = [(width, theme) for width in (WIDE, NARROW) for theme in ("light", "dark")]


@pytest.fixture
def world(anna: Member, live_server: LiveServer) -> World:
    """Keys of every age, one of them refused."""
    world = make_world(anna)
    today = localdate(timezone=world.account.tz)
    for name, days in (("Основной", 98), ("Запасной", 7), ("Прошлогодний", -30)):
        people.make_token(world.account, name=name, expires_on=today + timedelta(days=days))
    Token.objects.filter(name="main").update(last_error="access_token_blocked", last_error_at=now())
    return world


@pytest.mark.parametrize(("width", "theme"), every_look)
def test_keys_findings_and_the_meter(
    world: World, live_server: LiveServer, open_browser: Open, adam: Member, width: int, theme: str
) -> None:
    details = {"address": "203.0.113.7", "host": "callapi.example", "said": "IP address 203.0.113.7 is not allowed"}
    checks = [Finding(code, "fail", "Основной", "call", {**details, "cause": code}).row() for code in CODES]
    checks += [Finding("ok", "ok", "Запасной", api).row() for api in ("call", "data")]
    Checkup.objects.create(account=world.account, checks=checks, address="203.0.113.7")
    Points.objects.create(
        account=world.account,
        seen_at=now(),
        day_limit=100_000,
        day_remaining=9_200,
        day_resets_at=now() + timedelta(hours=4),
    )
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, adam, theme=theme, width=width)
    found = []
    for name, path in (
        ("keys", "/keys/"),
        ("doctor", "/keys/check/"),
        ("meter", "/account/"),
        ("home", "/calls/dial/"),
    ):
        page.goto(f"{live_server.url}{path}")
        found += faults(page, f"{name}-full", width=width, theme=theme)
    assert found == []


@pytest.mark.parametrize("kind", ["minute", "day"])
@pytest.mark.parametrize(("width", "theme"), every_look)
def test_buttons_without_points_say_why(
    world: World, live_server: LiveServer, open_browser: Open, kind: str, width: int, theme: str
) -> None:
    Token.objects.exclude(name="main").update(last_error="access_token_expired")
    spent = {f"{kind}_remaining": 0, f"{kind}_resets_at": now() + timedelta(seconds=600)}
    Points.objects.create(account=world.account, seen_at=now(), **spent)
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, world.owner, theme=theme, width=width)
    found = []
    for name, path in (("list", "/contacts/"), ("contact", f"/contacts/{world.contact.pk}/"), ("pad", "/calls/dial/")):
        page.goto(f"{live_server.url}{path}")
        button = page.locator("main .callbtn.is-blocked").first
        button.press("Enter")  # on a phone the live bar may lie over it
        expect(page.locator(":popover-open")).to_be_visible()
        found += faults(page, f"paused-{kind}-{name}", width=width, theme=theme)
    assert found == []
    if kind == "day":
        page.locator(":popover-open button").click()
        expect(
            page.locator("main .pill").filter(has_text="знает" if width == NARROW else "The admin knows")
        ).to_be_visible()
