"""Nobody who works by keyboard is thrown back to the top of the page."""

import pytest
from playwright.sync_api import Page, expect
from static.stub import Stub

pytestmark = pytest.mark.browser

FORM = """<form class="press" id="press-1" data-call-form data-state-url="/calls/e1/" method="post" action="/calls/"
  hx-post="/calls/" hx-target="this" hx-swap="outerHTML"><input type="hidden" name="external_id" value="e1">
  <button class="callbtn">{words}</button></form>"""
QUESTION = """<section id="question" tabindex="-1" data-dismissable><form data-call-form method="post" action="/yes/"
  data-state-url="/calls/e1/" hx-post="/yes/" hx-target="#press-1" hx-swap="outerHTML">
  <input type="hidden" name="external_id" value="e1"><button>Call anyway</button></form>
  <button type="button" data-dismiss>Don't call</button></section>"""
ASKS = '<button hx-get="/ask/" hx-target="#asked">Ask</button><div id="asked"></div>'


@pytest.fixture
def shown(stub: Stub, page: Page) -> Page:
    stub.body = f'<div id="press-words" role="status"></div><a href="#top">Top</a>{FORM.format(words="Call")}{ASKS}'
    stub.answers = {
        "/calls/": (200, FORM.format(words="Call again")),
        "/yes/": (200, FORM.format(words="Called")),
        "/ask/": (200, QUESTION),
    }
    page.goto(stub.url)
    return page


def test_a_pressed_button_hands_the_focus_to_the_one_in_its_place(shown: Page) -> None:
    shown.get_by_role("button", name="Call", exact=True).press("Enter")
    expect(shown.get_by_role("button", name="Call again")).to_be_focused()


def test_a_focus_that_is_elsewhere_stays_there(shown: Page) -> None:
    shown.get_by_role("link").focus()
    shown.evaluate("document.querySelector('#press-1').requestSubmit()")
    expect(shown.get_by_role("button", name="Call again")).to_be_visible()
    expect(shown.get_by_role("link")).to_be_focused()


def test_a_question_takes_the_focus_and_gives_it_back(shown: Page) -> None:
    ask = shown.get_by_role("button", name="Ask")
    ask.press("Enter")
    expect(shown.locator("#question")).to_be_focused()
    shown.keyboard.press("Tab")
    shown.get_by_role("button", name="Don't call").press("Enter")
    expect(shown.locator("#question")).to_have_count(0)
    expect(ask).to_be_focused()


def test_escape_puts_a_question_away(shown: Page) -> None:
    shown.get_by_role("button", name="Ask").press("Enter")
    expect(shown.locator("#question")).to_be_focused()
    shown.keyboard.press("Escape")
    expect(shown.locator("#question")).to_have_count(0)
    expect(shown.get_by_role("button", name="Ask")).to_be_focused()


def test_a_confirmed_press_puts_the_focus_on_the_button_that_asked(shown: Page) -> None:
    shown.get_by_role("button", name="Ask").press("Enter")
    expect(shown.locator("#question")).to_be_focused()
    shown.evaluate("document.addEventListener('htmx:beforeSwap', () => document.querySelector('#question')?.remove())")
    shown.get_by_role("button", name="Call anyway").press("Enter")
    expect(shown.get_by_role("button", name="Called")).to_be_focused()
