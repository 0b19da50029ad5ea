"""A button that waits for points comes back by itself, once, and works."""

import re
import time

import pytest
from playwright.sync_api import Page, expect
from static.stub import Stub

pytestmark = pytest.mark.browser

FORM = """<form data-call-form data-state-url="/calls/e1/" method="post" action="/calls/" hx-post="/calls/"
  hx-target="this" hx-swap="outerHTML"><input type="hidden" name="external_id" value="e1">
  <button class="callbtn">Call</button></form>"""


def paused_for(seconds: float) -> str:
    """On the server's time, which the browser's clock does not share."""
    until = int((time.time() + seconds) * 1000)
    clock = f'<span data-clock-to="{until}">0:23</span>'
    grey = f'<button class="callbtn is-blocked" type="button" aria-disabled="true">Paused {clock}</button>'
    return f'<div id="row"><div data-paused>{grey}<template>{FORM}</template></div></div>'


@pytest.fixture
def paused(stub: Stub, page: Page) -> Stub:
    """A page with one button that waits for 23 s, and a browser clock that the test moves."""
    stub.body = paused_for(23)
    stub.answers = {"/calls/": (200, "<p>Call is on its way</p>")}
    page.clock.install()
    page.goto(stub.url)
    return stub


@pytest.mark.browser
def test_until_then_it_counts_down_and_sends_nothing(paused: Stub, page: Page) -> None:
    page.clock.run_for(10_000)
    expect(page.locator("#row .callbtn")).to_have_text(re.compile(r"^Paused 0:1[234]$"))
    page.locator("#row .callbtn").click(force=True)
    page.keyboard.press("Enter")
    assert paused.seen == []
    assert page.locator("#row form").count() == 0


@pytest.mark.browser
def test_at_zero_the_button_is_back_with_its_focus_and_dials_once(paused: Stub, page: Page) -> None:
    page.focus("#row .callbtn")
    page.clock.run_for(24_000)
    button = page.locator("#row .callbtn")
    expect(button).to_have_text("Call")
    expect(button).to_be_focused()
    assert page.locator("[data-paused]").count() == 0
    page.keyboard.press("Enter")
    expect(page.locator("#row")).to_have_text("Call is on its way")
    assert paused.seen == ["POST e1"]


@pytest.mark.browser
def test_a_button_that_is_elsewhere_in_focus_keeps_the_person_there(paused: Stub, page: Page) -> None:
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<input id=note>')")
    page.focus("#note")
    page.clock.run_for(24_000)
    expect(page.locator("#row .callbtn")).to_have_text("Call")
    expect(page.locator("#note")).to_be_focused()


@pytest.mark.browser
def test_a_pause_that_was_over_before_the_page_came_is_lifted_at_once(stub: Stub, page: Page) -> None:
    stub.body = paused_for(-1)
    page.goto(stub.url)
    expect(page.locator("#row .callbtn")).to_have_text("Call")


@pytest.mark.browser
def test_a_paused_button_that_is_swapped_in_later_comes_back_too(stub: Stub, page: Page) -> None:
    stub.body = FORM
    stub.answers = {"/calls/": (200, paused_for(5))}
    page.clock.install()
    page.goto(stub.url)
    page.click(".callbtn")
    expect(page.locator("#row .callbtn")).to_have_text(re.compile("^Paused"))
    page.clock.run_for(6000)
    expect(page.locator("#row .callbtn")).to_have_text("Call")
