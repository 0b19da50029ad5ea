"""One press of the button is one request, whatever the person and the network do."""

import pytest
from playwright.sync_api import Page, expect
from static.stub import Stub

pytestmark = pytest.mark.browser

WORDS = {
    "pressed": "Calling…",
    "slow": "UIS is slow",
    "checking": "Checking…",
    "unknown": "Checking with UIS",
    "lost": "Their answer got lost",
    "offline": "No connection",
    "apart": "We don't know yet",
    "unsent": "The call did not happen",
    "again": "You can press again",
    "stale": "Reload the page",
}
FORM = """
<div id="press-words" role="status" {words}></div>
<div id="row"><form data-call-form data-state-url="/calls/e1/" data-give-up-ms="20000" method="post" action="/calls/"
  hx-post="/calls/" hx-target="#row"><input type="hidden" name="external_id" value="e1"><input name="note">
  <button class="callbtn" aria-label="Call: Ivan"><svg class="icon"></svg>Call</button></form></div>
"""


@pytest.fixture
def row(stub: Stub, page: Page) -> Stub:
    """A page with one call button, and a browser clock that the test moves."""
    stub.body = FORM.format(words=" ".join(f'data-{key}="{words}"' for key, words in WORDS.items()))
    stub.answers = {"/calls/": (200, "<p>Call is on its way</p>"), "/calls/e1/": (204, "")}
    page.clock.install()
    page.goto(stub.url)
    return stub


def test_a_double_click_sends_one_request(row: Stub, page: Page) -> None:
    # The form stays in the page: a second request that htmx had only put off would follow now.
    row.answers["/calls/"] = (422, "a form with its errors")
    row.gate.clear()
    page.dblclick(".callbtn")
    page.keyboard.press("Enter")
    row.gate.set()
    expect(page.locator(".callbtn")).to_have_text("Call")
    page.wait_for_timeout(100)
    assert row.seen == ["POST e1"]


@pytest.mark.browser
def test_a_press_changes_the_words_at_once_and_keeps_the_focus(row: Stub, page: Page) -> None:
    row.gate.clear()
    page.focus(".callbtn")
    page.keyboard.press("Enter")
    button = page.locator(".callbtn")
    expect(button).to_have_text("Calling…")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_attribute("aria-label", "Calling…")
    expect(button).to_be_focused()
    assert button.locator("svg").count() == 1


@pytest.mark.browser
def test_after_three_seconds_the_page_says_not_to_press_again(row: Stub, page: Page) -> None:
    row.gate.clear()
    page.click(".callbtn")
    row.wait_for(1)
    page.clock.run_for(2000)  # real time goes on beside it
    expect(page.locator("#press-words")).to_be_empty()
    page.clock.run_for(1000)
    expect(page.locator("#press-words")).to_have_text("Calling… · UIS is slow")
    row.gate.set()
    expect(page.locator("#row")).to_have_text("Call is on its way")
    expect(page.locator("#press-words")).to_be_empty()


def test_without_an_answer_the_button_checks_by_itself_and_sends_nothing_again(row: Stub, page: Page) -> None:
    row.gate.clear()
    row.answers["/calls/e1/"] = [(204, ""), (200, "<p>Talking</p>")]
    page.click(".callbtn")
    row.wait_for(1)
    page.clock.run_for(20_100)
    expect(page.locator(".callbtn")).to_have_text("Checking…")
    expect(page.locator("#press-words")).to_have_text("Checking with UIS · Their answer got lost")
    page.locator(".callbtn").click(force=True)
    page.clock.run_for(2100)
    expect(page.locator("#row")).to_have_text("Talking")
    assert row.seen == ["POST e1", "GET /calls/e1/", "GET /calls/e1/"]


@pytest.mark.browser
def test_an_answer_of_a_broken_server_is_checked_and_not_sent_again(row: Stub, page: Page) -> None:
    row.answers |= {"/calls/": (502, "bad gateway"), "/calls/e1/": (200, "<p>Talking</p>")}
    page.click(".callbtn")
    row.wait_for(1)
    page.clock.run_for(100)
    expect(page.locator("#row")).to_have_text("Talking")
    assert row.seen == ["POST e1", "GET /calls/e1/"]


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ([], "The call did not happen · Reload the page"),
        (["This page belongs to «Ромашка»", "Nobody was called"], "This page belongs to «Ромашка» · Nobody was called"),
    ],
)
def test_whoever_was_turned_away_is_told_that_there_was_no_call(
    row: Stub, page: Page, says: list[str], said: str
) -> None:
    row.answers["/calls/"] = (403, "signed in anew in another tab")
    row.says = says
    page.click(".callbtn")
    expect(page.locator("#press-words")).to_have_text(said)
    expect(page.locator(".callbtn")).to_have_text("Call")


@pytest.mark.browser
def test_a_lost_network_is_checked_until_it_is_back(row: Stub, page: Page) -> None:
    row.answers["/calls/e1/"] = [(502, "starting"), (200, "<p>Talking</p>")]
    said = page.locator("#press-words")
    page.context.set_offline(True)
    page.click(".callbtn")
    expect(page.locator(".callbtn")).to_have_text("No connection")
    expect(said).to_have_text("No connection · We don't know yet")
    page.locator(".callbtn").click(force=True)
    page.clock.run_for(2100)
    page.context.set_offline(False)
    page.clock.run_for(2100)
    expect(page.locator(".callbtn")).to_have_text("Checking…")
    expect(said).to_have_text("Checking with UIS · Their answer got lost")
    page.clock.run_for(2100)
    expect(page.locator("#row")).to_have_text("Talking")
    expect(said).to_be_empty()
    assert row.seen == ["GET /calls/e1/"] * 2


def test_a_connection_that_breaks_while_the_answer_is_awaited_is_said_at_once(row: Stub, page: Page) -> None:
    row.gate.clear()
    row.answers["/calls/e1/"] = (404, "")
    page.click(".callbtn")
    row.wait_for(1)
    page.context.set_offline(True)
    expect(page.locator("#press-words")).to_have_text("No connection · We don't know yet")
    page.clock.run_for(2100)
    row.gate.set()
    page.context.set_offline(False)
    page.clock.run_for(2100)
    row.wait_for(2)
    page.clock.run_for(100)
    expect(page.locator("#press-words")).to_have_text("The call did not happen · You can press again")
    expect(page.locator(".callbtn")).to_have_text("Call")
    assert row.seen == ["POST e1", "GET /calls/e1/", "POST /calls/e1/ e1"]


@pytest.mark.browser
def test_a_press_that_the_server_does_not_know_is_called_off_before_anybody_says_so(row: Stub, page: Page) -> None:
    row.answers |= {"/calls/": (502, ""), "/calls/e1/": [(404, ""), (502, ""), (200, "<p>Not called</p>")]}
    page.click(".callbtn")
    row.wait_for(1)
    page.clock.run_for(100)
    row.wait_for(3)
    expect(page.locator(".callbtn")).to_have_text("Checking…")
    expect(page.locator("#press-words")).to_have_text("Checking with UIS · Their answer got lost")
    page.clock.run_for(2100)
    expect(page.locator("#row")).to_have_text("Not called")
    expect(page.locator("#press-words")).to_be_empty()
    assert row.seen == ["POST e1", "GET /calls/e1/", *["POST /calls/e1/ e1"] * 2]


def test_a_press_that_could_not_be_taken_anyway_may_be_made_again_with_the_same_id(row: Stub, page: Page) -> None:
    row.answers |= {"/calls/": [(502, ""), (200, "<p>Call is on its way</p>")], "/calls/e1/": (404, "")}
    page.click(".callbtn")
    row.wait_for(1)
    page.clock.run_for(100)
    row.wait_for(2)
    page.clock.run_for(100)
    expect(page.locator("#press-words")).to_have_text("The call did not happen · You can press again")
    expect(page.locator(".callbtn")).to_have_text("Call")
    expect(page.locator(".callbtn")).to_have_attribute("aria-label", "Call: Ivan")
    page.click(".callbtn")
    expect(page.locator("#row")).to_have_text("Call is on its way")
    assert row.seen == ["POST e1", "GET /calls/e1/", "POST /calls/e1/ e1", "POST e1"]


@pytest.mark.browser
def test_a_page_from_the_back_button_asks_for_the_state_of_its_pressed_button(row: Stub, page: Page) -> None:
    row.gate.clear()
    row.answers["/calls/e1/"] = (200, "<p>Talking</p>")
    page.click(".callbtn")
    row.wait_for(1)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.clock.run_for(100)
    expect(page.locator("#row")).to_have_text("Talking")
    assert row.seen == ["POST e1", "GET /calls/e1/"]


@pytest.mark.browser
def test_an_answer_that_leaves_the_form_gives_the_button_back(row: Stub, page: Page) -> None:
    row.answers["/calls/"] = (422, "a form with its errors")
    page.click(".callbtn")
    expect(page.locator(".callbtn")).to_have_text("Call")
    expect(page.locator(".callbtn")).not_to_have_attribute("aria-disabled", "true")
    expect(page.locator(".callbtn")).to_have_class("callbtn")


@pytest.mark.browser
def test_a_blocked_button_sends_nothing(row: Stub, page: Page) -> None:
    page.eval_on_selector(".callbtn", "it => it.setAttribute('aria-disabled', 'true')")
    page.locator(".callbtn").click(force=True)
    page.focus("input[name=note]")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert row.seen == []
