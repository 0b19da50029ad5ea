"""Single keys, by their place on the keyboard: one press, one action, and none where somebody types."""

import pytest
from playwright.sync_api import Page, expect
from static.stub import Stub
from support.keyboard import ALT, CTRL, SHIFT, Keyboard

pytestmark = pytest.mark.browser

FORM = """<form class="press" id="press-{n}" data-call-form data-state-url="/calls/e{n}/" method="post" action="/calls/"
  hx-post="/calls/" hx-target="this" hx-swap="outerHTML"><input type="hidden" name="external_id" value="e{n}{more}">
  <button class="callbtn">Call{more}: {name}</button></form>"""
CELL = '<input type="checkbox" aria-label="{name}"><a class="name" href="#{n}">{name}</a>'
ROW = f'<tr id="row-{{n}}"><td>{CELL}</td><td>{FORM.replace("{more}", "")}</td></tr>'
NAMES = ("Ivan", "Olga", "Pavel")
BODY = f"""<div data-single-keys><form class="search"><input data-search aria-label="Search"></form>
<div id="press-words" role="status"></div><main id="content" tabindex="-1"><h1>Contacts</h1>
<table class="dtable"><tbody>{"".join(ROW.format(n=n, name=name) for n, name in enumerate(NAMES))}</tbody></table>
<textarea id="note"></textarea><a href="#after">After</a></main></div>
<dialog class="dlg" id="keys"><button command="close" commandfor="keys">Close</button></dialog>"""


@pytest.fixture
def keys(stub: Stub, page: Page) -> Keyboard:
    return opened(stub, page, BODY)


def opened(stub: Stub, page: Page, body: str) -> Keyboard:
    stub.body = body
    stub.answers.setdefault("/calls/", (200, FORM.format(n=1, name="Olga", more=" again")))
    page.goto(stub.url)
    return Keyboard(page)


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent.trim() || document.activeElement.tagName")
    return "the page" if page.evaluate("document.activeElement === document.body") else text


def test_j_and_k_go_through_the_rows_and_stop_at_both_ends(page: Page, keys: Keyboard) -> None:
    seen = []
    for code in ("KeyJ", "KeyJ", "KeyJ", "KeyJ", "KeyK", "KeyK", "KeyK"):
        keys.press(code)
        seen.append(focused(page))
    assert seen == ["Ivan", "Olga", "Pavel", "Pavel", "Olga", "Ivan", "Ivan"]
    assert page.evaluate("document.activeElement.matches(':focus-visible')")


def test_j_goes_on_from_wherever_the_focus_is(page: Page, keys: Keyboard) -> None:
    page.locator("#row-1 [type=checkbox]").focus()
    keys.press("KeyJ")
    assert focused(page) == "Pavel"
    page.get_by_role("link", name="After").focus()
    keys.press("KeyK")
    assert focused(page) == "Pavel"


def test_c_calls_the_row_that_has_the_focus_and_the_focus_stays_there(stub: Stub, page: Page, keys: Keyboard) -> None:
    keys.press("KeyJ")
    keys.press("KeyJ")
    keys.press("KeyC")
    expect(page.get_by_role("button", name="Call again: Olga")).to_be_visible()
    assert stub.seen == ["POST e1"]
    assert focused(page) == "Olga"


def test_c_without_a_row_calls_nobody(stub: Stub, page: Page, keys: Keyboard) -> None:
    keys.press("KeyC")
    page.locator("[data-search]").focus()
    page.evaluate("document.activeElement.blur()")
    keys.press("KeyC")
    page.wait_for_timeout(50)
    assert stub.seen == []


GREY = """<div class="press"><button class="callbtn is-blocked" popovertarget="why">No</button>
  <p id="why" popover>Night</p></div>"""


def test_c_presses_the_pages_own_button_and_a_grey_one_says_why(stub: Stub, page: Page) -> None:
    own = FORM.format(n=7, name="Olga", more="").replace("callbtn", "btn btn-call btn-xl")
    keys = opened(stub, page, f"<main data-single-keys>{own}</main>")
    keys.press("KeyC")
    stub.wait_for(1)
    assert stub.seen == ["POST e7"]
    keys = opened(stub, page, f"<main data-single-keys>{GREY}</main>")
    keys.press("KeyC")
    expect(page.get_by_text("Night")).to_be_visible()


def test_a_held_key_presses_once(stub: Stub, page: Page, keys: Keyboard) -> None:
    keys.press("KeyJ")
    keys.press("KeyJ")
    keys.hold("KeyC", times=8)
    expect(page.get_by_role("button", name="Call again: Olga")).to_be_visible()
    assert stub.seen == ["POST e1"]


def test_an_enter_that_is_held_does_not_press_what_its_first_press_brought(
    stub: Stub, page: Page, keys: Keyboard
) -> None:
    page.locator("#row-1 button").focus()
    keys.down("Enter")
    again = page.get_by_role("button", name="Call again: Olga")
    expect(again).to_be_focused()
    for _ in range(3):
        keys.down("Enter", repeat=True)
    page.wait_for_timeout(50)
    assert stub.seen == ["POST e1"]
    keys.press("Enter")
    stub.wait_for(2)
    assert stub.seen == ["POST e1", "POST e1 again"]


@pytest.mark.parametrize("modifiers", [CTRL, ALT, SHIFT, CTRL | SHIFT])
def test_with_another_key_held_letters_mean_nothing_here(
    stub: Stub, page: Page, keys: Keyboard, modifiers: int
) -> None:
    keys.press("KeyJ")
    keys.press("KeyC", modifiers)
    page.wait_for_timeout(50)
    assert stub.seen == []


def test_in_a_field_letters_are_letters_and_escape_leaves_it(stub: Stub, page: Page, keys: Keyboard) -> None:
    page.locator("#note").focus()
    keys.type("стол 1.5")
    assert page.input_value("#note") == "стол 1.5"
    keys.press("Escape")
    assert focused(page) == "the page"
    keys.press("KeyJ")
    assert focused(page) == "Ivan"
    assert stub.seen == []


@pytest.mark.parametrize(("code", "modifiers"), [("Slash", 0), ("Backslash", SHIFT)])
def test_the_search_is_where_the_slash_is_in_either_layout(
    page: Page, keys: Keyboard, code: str, modifiers: int
) -> None:
    keys.press(code, modifiers)
    expect(page.locator("[data-search]")).to_be_focused()
    assert page.input_value("[data-search]") == ""


def test_from_the_search_the_arrow_leads_to_the_rows_and_escape_keeps_what_was_typed(
    page: Page, keys: Keyboard
) -> None:
    page.evaluate("document.querySelector('[data-search]').type = 'search'")
    keys.press("Slash")
    keys.type("иван")
    keys.press("Escape")
    assert (focused(page), page.input_value("[data-search]")) == ("the page", "иван")
    keys.press("Slash")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Ivan"


@pytest.mark.parametrize("code", ["Slash", "Digit7"])
def test_the_question_mark_shows_the_keys_and_then_nothing_else_works(
    stub: Stub, page: Page, keys: Keyboard, code: str
) -> None:
    keys.press("KeyJ")
    keys.press(code, SHIFT)
    expect(page.locator("#keys")).to_be_visible()
    for other in ("KeyJ", "KeyC", "Slash"):
        keys.press(other)
    keys.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    assert (focused(page), stub.seen) == ("Ivan", [])


def test_switched_off_single_keys_do_nothing_and_hanging_up_works(stub: Stub, page: Page) -> None:
    hang_up = """<form id="bar-hang-up" method="post" action="/end/" hx-post="/end/" hx-target="this">
      <input type="hidden" name="external_id" value="end"><button>Hang up</button></form>"""
    stub.answers["/end/"] = (200, "Ended")
    keys = opened(stub, page, hang_up + BODY.replace("data-single-keys", ""))
    for code in ("KeyJ", "KeyC", "Slash"):
        keys.press(code)
    keys.press("Slash", SHIFT)
    assert focused(page) == "the page"
    keys.press("KeyH", CTRL | SHIFT)
    expect(page.get_by_text("Ended")).to_be_visible()
    assert stub.seen == ["POST /end/ end"]


def test_hanging_up_works_from_a_field_and_never_by_one_letter(stub: Stub, page: Page) -> None:
    stub.answers["/end/"] = (200, "Ended")
    hang_up = """<form id="bar-hang-up" method="post" action="/end/" hx-post="/end/" hx-target="this">
      <input type="hidden" name="external_id" value="end"><button>Hang up</button></form>"""
    keys = opened(stub, page, BODY + hang_up)
    keys.press("KeyH")
    keys.press("KeyH", SHIFT)
    page.locator("#note").focus()
    keys.press("KeyH")
    assert stub.seen == []
    keys.press("KeyH", CTRL | SHIFT)
    expect(page.get_by_text("Ended")).to_be_visible()
    assert (stub.seen, page.input_value("#note")) == (["POST /end/ end"], "р")


OUTCOMES = """<div id="said"></div><button id="one" data-key="1">Agreed</button><button data-key="n">Next</button>
<button data-key="Enter">Done</button>"""
SAY = "document.addEventListener('click', (event) => { said.textContent += ` ${event.target.textContent}`; })"


@pytest.mark.parametrize("digit", ["Digit1", "Numpad1"])
def test_a_digit_and_enter_choose_and_finish_wherever_the_focus_is(stub: Stub, page: Page, digit: str) -> None:
    keys = opened(stub, page, OUTCOMES + BODY)
    page.evaluate(SAY)
    keys.press("KeyJ")
    keys.press(digit)
    keys.press("Enter")
    expect(page.locator("#said")).to_have_text("Agreed Done")
    assert page.url == stub.url
    keys.press("KeyN")
    expect(page.locator("#said")).to_have_text("Agreed Done Next")


def test_enter_alone_opens_what_has_the_focus(stub: Stub, page: Page) -> None:
    keys = opened(stub, page, OUTCOMES + BODY)
    page.evaluate(SAY)
    keys.press("KeyJ")
    keys.press("Enter")
    expect(page).to_have_url(f"{stub.url}#0")
    page.evaluate("document.activeElement.blur(); said.textContent = ''")
    keys.press("Enter")
    expect(page.locator("#said")).to_have_text("Done")


def test_the_end_key_of_a_pad_without_num_lock_is_no_digit(stub: Stub, page: Page) -> None:
    opened(stub, page, OUTCOMES + BODY)
    page.evaluate(SAY)
    page.keyboard.press("Numpad1")
    assert page.locator("#said").text_content() == ""


def test_what_is_not_seen_has_no_key(stub: Stub, page: Page) -> None:
    keys = opened(stub, page, OUTCOMES.replace('id="one"', "hidden") + BODY)
    page.evaluate(SAY)
    keys.press("Digit1")
    assert page.locator("#said").text_content() == ""
