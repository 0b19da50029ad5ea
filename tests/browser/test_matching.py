"""Matching with the provider by the button, with a worker that does it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from support.live import Live

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]


def test_the_button_lets_the_worker_fetch_and_the_bar_follows_it(live: Live, enter: Enter) -> None:
    page = enter("adam")
    page.goto(f"{live.url}/numbers/")
    page.get_by_role("button", name="Match with UIS").click()
    bar = page.locator("#matching")
    expect(bar.get_by_role("status")).to_contain_text(re.compile(r"^\s*Matched with UIS\. New: \d+"), timeout=20_000)
    expect(bar).not_to_have_attribute("data-live", "")
    page.get_by_role("link", name="Show the list as it is now").click()
    expect(page.locator(".table-foot")).to_contain_text(re.compile(r"matched with UIS at \d"))
    expect(page.locator("#matching")).to_have_count(0)


def test_without_javascript_a_reload_shows_how_far_it_has_come(live: Live, enter: Enter) -> None:
    page = enter("adam", java_script_enabled=False)
    page.goto(f"{live.url}/numbers/")
    page.get_by_role("button", name="Match with UIS").click()
    for _reload in range(20):
        if not page.locator("#matching").count():
            break
        page.wait_for_timeout(250)
        page.reload()
    expect(page.locator(".table-foot")).to_contain_text("matched with UIS at ")
