"""Whoever holds a contact says that they are there: with a key or a pointer, and at most once a minute."""

import pytest
from playwright.sync_api import Page, Route
from static.stub import Stub

pytestmark = pytest.mark.browser
NOON = 1_700_000_000


@pytest.fixture
def said(stub: Stub, page: Page) -> list[str]:
    """The addresses that the page has told that somebody is there."""
    told: list[str] = []

    def answer(route: Route) -> None:
        told.append(route.request.method)
        route.fulfill(status=204)

    stub.body = '<section id="queue" data-lease="/here/"><textarea></textarea></section><div id="toasts"></div>'
    page.clock.install(time=NOON)
    page.route("**/here/", answer)
    page.goto(stub.url)
    return told


def test_a_key_says_so_once_a_minute(said: list[str], page: Page) -> None:
    page.keyboard.press("k")
    assert said == []
    for expected in (1, 2):
        page.clock.run_for(61_000)
        with page.expect_response("**/here/"):
            page.keyboard.press("k")
        page.keyboard.press("k")
        assert said == ["POST"] * expected


def test_without_a_key_nothing_is_said(said: list[str], page: Page) -> None:
    page.clock.run_for(600_000)
    page.wait_for_timeout(50)
    assert said == []
