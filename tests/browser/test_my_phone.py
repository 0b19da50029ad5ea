"""A salesperson checks in a real browser whether it is their own phone that rings."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from support.browser import Watch, shoot
from support.live import Live, Seller

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]


def my_phone(page: Page) -> None:
    page.locator(".handset").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My phone")


def own_phone(seller: Seller) -> str:
    """A mobile that belongs to no contact."""
    return f"7916{seller.number[-7:]}"


def begin(page: Page, seller: Seller) -> None:
    page.get_by_label("Your own phone").fill(f"+{own_phone(seller)}")
    page.get_by_role("button", name=re.compile("Check (my phone|again)")).click()


def test_the_phone_is_checked_and_every_page_says_that_it_is_ready(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    expect(page.locator(".handset")).to_contain_text("Not checked yet")
    my_phone(page)
    begin(page, seller)
    check = page.locator("#phone-check")
    expect(check).to_contain_text("We are calling you now. Nobody else is called.")
    expect(check.locator(".pill")).to_contain_text("Ringing you", timeout=10_000)
    shoot(page, "my-phone-asked")
    page.get_by_role("button", name="Yes, mine").click()
    expect(check).to_contain_text("rings your phone.")
    expect(page.locator(".handset")).to_contain_text("Ready")
    expect(page.locator("#livebar")).to_have_count(0)
    assert [line["contact"] for line in live.placed(own_phone(seller))] == [own_phone(seller)]
    ended = [line["contact"] for line in live.simulator.journal() if line.get("event") == "ended"]
    assert own_phone(seller) in ended
    page.get_by_role("link", name="My calls").click()
    expect(page.get_by_role("row", name=re.compile("Phone check"))).to_be_visible()


def test_nothing_rang_is_helped_with_and_checked_again_after_a_question(
    live: Live, seller: Seller, enter: Enter, watch: Watch
) -> None:
    watch.expect("status of 409")
    page = enter(seller.username)
    my_phone(page)
    begin(page, seller)
    page.get_by_role("button", name="Nothing rang").click()
    check = page.locator("#phone-check")
    expect(check).to_contain_text("Your phone did not ring.")
    shoot(page, "my-phone-nothing")
    begin(page, seller)
    expect(page.locator("main")).to_contain_text("This number was called")
    shoot(page, "my-phone-question")
    page.get_by_role("button", name="Call again").click()
    page.get_by_role("button", name="No, somebody else's").click()
    expect(check).to_contain_text("This number rings somebody else's phone.")
    expect(page.locator(".handset")).to_contain_text("Rings somebody else's phone")
    assert len(live.placed(own_phone(seller))) == 2


def test_without_scripts_the_check_works_as_well(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username, java_script_enabled=False)
    page.goto(f"{live.url}/calls/my-phone/")
    begin(page, seller)
    page.get_by_role("button", name="Yes, mine").click()
    expect(page.locator("#phone-check")).to_contain_text("rings your phone.")
    assert len(live.placed(own_phone(seller))) == 1
