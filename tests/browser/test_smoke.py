"""The whole product in one minute of the default run: somebody signs in, presses and talks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from support.browser import sign_in
from support.live import PASSWORD, running


def test_somebody_signs_in_presses_and_talks(
    tmp_path_factory: pytest.TempPathFactory, open_browser: Callable[..., Page]
) -> None:
    with running(tmp_path_factory.mktemp("smoke"), speed=20, sellers=1) as live:
        seller = live.seller()
        page = sign_in(open_browser(), live.url, seller.username, PASSWORD)
        page.get_by_role("button", name="Call: Иван Петров").click()
        expect(page.locator("#livebar .livebar-state")).to_contain_text("Talking", timeout=20_000)
        assert len(live.placed(seller.phones["Иван Петров"])) == 1
