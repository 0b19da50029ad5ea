"""The small things that a page asks for by an attribute."""

import pytest
from playwright.sync_api import Page, expect
from static.stub import Stub

pytestmark = pytest.mark.browser


def open_page(stub: Stub, page: Page, body: str) -> None:
    stub.body = body
    page.goto(stub.url)


@pytest.mark.browser
def test_copying_says_so_in_words_and_then_offers_itself_again(stub: Stub, page: Page) -> None:
    page.clock.install()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=stub.url)
    open_page(
        stub,
        page,
        '<div id="toasts" role="status"></div><button data-copy="7001" data-copied="Copied">No. 7001</button>',
    )
    page.click("button")
    expect(page.locator("button")).to_have_text("Copied")
    expect(page.locator("#toasts")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "7001"
    page.clock.run_for(2100)
    expect(page.locator("button")).to_have_text("No. 7001")


@pytest.mark.browser
def test_where_the_clipboard_is_closed_copying_still_works(stub: Stub, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read"], origin=stub.url)
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('closed'))")
    open_page(stub, page, '<div id="toasts"></div><button data-copy="7002" data-copied="Copied">No. 7002</button>')
    page.click("button")
    expect(page.locator("button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "7002"


@pytest.mark.parametrize(("status", "said"), [(403, "Nothing was done · Reload"), (502, "Lost · Look")])
def test_what_did_not_get_through_is_said(stub: Stub, page: Page, status: int, said: str) -> None:
    words = 'data-undone="Nothing was done" data-stale="Reload" data-unanswered="Lost" data-look="Look"'
    press = (
        '<form hx-post="/hang-up/"><input type="hidden" name="external_id" value="x"><button>Hang up</button></form>'
    )
    stub.answers["/hang-up/"] = (status, "")
    open_page(stub, page, f'<p id="press-words" {words}></p>{press}')
    page.click("button")
    expect(page.locator("#press-words")).to_have_text(said)
    if status == 403:
        stub.says = ["This page belongs to Acme", "Nobody was called"]
        page.click("button")
        expect(page.locator("#press-words")).to_have_text("This page belongs to Acme · Nobody was called")


def test_a_day_that_is_being_typed_is_no_filter_yet(stub: Stub, page: Page) -> None:
    open_page(stub, page, '<form data-autosubmit action="/log/"><input type="date" name="since"></form>')
    page.focus("input")
    page.keyboard.type("11222")
    page.wait_for_timeout(100)
    assert stub.seen == []
    page.keyboard.type("026")
    page.wait_for_url("**/log/?since=2026-11-22")


@pytest.mark.browser
def test_a_filter_applies_as_soon_as_it_is_chosen(stub: Stub, page: Page) -> None:
    open_page(stub, page, '<form data-autosubmit action="/log/"><select name="who"><option>a<option>b</select></form>')
    page.select_option("select", "b")
    page.wait_for_url("**/log/?who=b")
    assert stub.seen[0] == "GET /log/?who=b"


@pytest.mark.browser
def test_a_dialog_opens_and_closes_where_the_browser_knows_no_commands(stub: Stub, page: Page) -> None:
    page.add_init_script(
        "delete HTMLButtonElement.prototype.commandForElement;"
        "document.addEventListener('command', event => event.preventDefault(), true)"
    )
    body = """<button id="open" command="show-modal" commandfor="d">Stop using</button>
      <dialog id="d"><button id="shut" command="close" commandfor="d">Keep it</button></dialog>"""
    open_page(stub, page, body)
    page.click("#open")
    expect(page.locator("#d")).to_be_visible()
    page.click("#shut")
    expect(page.locator("#d")).to_be_hidden()


@pytest.mark.browser
def test_a_message_can_be_put_away(stub: Stub, page: Page) -> None:
    open_page(stub, page, '<div data-toast>Saved <button data-dismiss aria-label="Close">x</button></div>')
    page.click("[data-dismiss]")
    expect(page.locator("[data-toast]")).to_have_count(0)
