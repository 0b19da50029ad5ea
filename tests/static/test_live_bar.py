"""The live bar follows the call by itself, never disturbs a note, and stops when the call is over."""

import re
import time
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect
from static.stub import Stub

pytestmark = pytest.mark.browser

NOON = 1_700_000_000_000
OUT_OF_HISTORY = "window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


def bar(words: str, *, note: str = "note-1") -> str:
    return f"""<section id="livebar" data-live data-title="{words} {{clock}} · Ivan" hx-get="/bar/" hx-trigger="poll"
      hx-ext="morph" hx-swap="morph"><p class="livebar-state">{words}</p><span data-clock-from="{NOON}">–</span>
      <textarea id="{note}" data-keep></textarea></section>"""


@pytest.fixture
def live(stub: Stub, page: Page) -> Stub:
    stub.body = f'{bar("Ringing")}<div id="toasts"></div>'
    page.clock.install(time=NOON / 1000)
    page.goto(stub.url)
    return stub


def state(page: Page, words: str) -> None:
    expect(page.locator(".livebar-state")).to_have_text(words)


@pytest.mark.browser
def test_the_bar_asks_every_two_seconds_and_shows_what_came(live: Stub, page: Page) -> None:
    live.answers["/bar/"] = [(204, ""), (200, bar("Talking"))]
    page.clock.run_for(2100)
    state(page, "Ringing")
    page.clock.run_for(2000)
    state(page, "Talking")
    assert live.seen == ["GET /bar/", "GET /bar/"]


@pytest.mark.browser
def test_the_row_of_whoever_is_called_says_what_the_bar_says(stub: Stub, page: Page) -> None:
    named = 'data-row="row-7" data-pill="is-live" data-words="Talking" class="livebar is-live"'
    rows = [f'<tr id="row-{key}"><td data-last-call>Not called yet</td></tr>' for key in (6, 7)]
    stub.body = f"{bar('Ringing')}<table>{''.join(rows)}</table><div id='toasts'></div>"
    stub.answers["/bar/"] = (200, bar("Talking").replace("data-live data-title", f"{named} data-live data-title"))
    page.clock.install(time=NOON / 1000)
    page.goto(stub.url)
    page.clock.run_for(2100)
    expect(page.locator("#row-7 td > .pill.is-live")).to_have_text("Talking")
    expect(page.locator("#row-7")).to_have_class("is-current")
    expect(page.locator("#row-6 td")).to_have_text("Not called yet")


def test_a_page_out_of_the_history_gets_the_bar_of_today(stub: Stub, page: Page) -> None:
    stub.body = '<div id="livebar-slot"></div>'
    page.goto(stub.url)
    stub.body = f'<div id="livebar-slot">{bar("Ringing")}</div>'
    page.evaluate(OUT_OF_HISTORY)
    state(page, "Ringing")


def opened(stub: Stub, page: Page) -> None:
    """The page of a contact, with a phone on it, that may answer otherwise the next time."""
    stub.body = '<div id="livebar-slot"></div><p id="phone">+7 926 123-45-67</p><div id="toasts"></div>'
    stub.answers["/contact/"] = (200, stub.page())
    page.goto(f"{stub.url}contact/")


def test_whoever_goes_back_after_somebody_signed_out_sees_no_phone(stub: Stub, page: Page) -> None:
    opened(stub, page)
    stub.answers |= {"/contact/": (302, "/sign-in/?next=/contact/"), "/sign-in/": (200, "<h1>Sign in</h1>")}
    page.evaluate(OUT_OF_HISTORY)
    expect(page).to_have_url(f"{stub.url}sign-in/?next=/contact/")
    expect(page.locator("#phone")).to_have_count(0)


def test_a_page_that_leads_to_another_of_the_product_stays_as_it_was(stub: Stub, page: Page) -> None:
    opened(stub, page)
    stub.answers |= {"/contact/": (302, "/other/"), "/other/": (200, stub.page())}
    with page.expect_response(f"{stub.url}other/"):
        page.evaluate(OUT_OF_HISTORY)
    page.wait_for_timeout(50)
    expect(page).to_have_url(f"{stub.url}contact/")


def test_the_bar_stops_asking_when_the_call_is_over(live: Stub, page: Page) -> None:
    live.answers["/bar/"] = (286, bar("Talked"))
    page.clock.run_for(2100)
    state(page, "Talked")
    page.clock.run_for(10_000)
    page.wait_for_timeout(50)
    assert live.seen == ["GET /bar/"]


@pytest.mark.browser
def test_nobody_is_asked_while_nobody_looks(live: Stub, page: Page) -> None:
    live.answers["/bar/"] = (200, bar("Talking"))
    page.evaluate("Object.defineProperty(document, 'visibilityState', {get: () => window.seen ?? 'hidden'})")
    page.clock.run_for(10_000)
    page.wait_for_timeout(50)
    assert live.seen == []
    page.evaluate("window.seen = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")
    state(page, "Talking")


@pytest.mark.parametrize("focused", [True, False])
@pytest.mark.browser
def test_a_note_survives_every_change_of_state(live: Stub, page: Page, focused: bool) -> None:
    live.answers["/bar/"] = (200, bar("Talking"))
    page.locator("#note-1").press_sequentially("wants an invoice")
    if not focused:
        page.locator("#note-1").blur()
    page.clock.run_for(2100)
    state(page, "Talking")
    assert page.input_value("#note-1") == "wants an invoice"
    assert page.evaluate("document.activeElement.id") == ("note-1" if focused else "")


@pytest.mark.browser
def test_the_note_of_the_next_call_is_another_one(live: Stub, page: Page) -> None:
    live.answers["/bar/"] = (200, bar("Calling", note="note-2"))
    page.locator("#note-1").press_sequentially("wants an invoice")
    page.clock.run_for(2100)
    state(page, "Calling")
    assert page.input_value("#note-2") == ""


def actions(*, final: bool) -> str:
    """The product's own buttons, while the line is open and after nobody has answered."""
    again = SimpleNamespace(external_id="another", phone="+79260000000", contact_id=None, name="Ivan", place="bar")
    call = SimpleNamespace(pk=1, is_final=final, told_admin_at=None)
    return render_to_string(
        "calls/livebar_actions.html",
        {"call": call, "is_over": final, "can_hang_up": not final, "again": again if final else None},
    )


@pytest.mark.browser
def test_a_hang_up_in_focus_does_not_become_a_call_under_its_old_words(live: Stub, page: Page) -> None:
    bars = [
        bar(words).replace("<textarea", f"{actions(final=final)}<textarea")
        for words, final in (("Talking", False), ("No answer", True))
    ]
    live.answers["/bar/"] = [(200, bars[0]), (286, bars[1])]
    page.clock.run_for(2100)
    page.get_by_role("button", name="Hang up").focus()
    page.clock.run_for(2100)
    state(page, "No answer")
    assert page.locator(".btn-call").all_inner_texts() == ["Call again"]
    assert page.get_by_role("button", name="Hang up").count() == 0
    assert page.evaluate("document.activeElement === document.body")


def start_clock(page: Page, seconds_ago: float) -> None:
    """As the server would: by its own time, which the browser's clock does not share."""
    started = int((time.time() - seconds_ago) * 1000)
    page.eval_on_selector("[data-clock-from]", "(it, from) => { it.dataset.clockFrom = from; }", started)
    page.evaluate("htmx.trigger(document.body, 'htmx:afterSwap')")


@pytest.mark.parametrize(("ago", "shown"), [(134.05, "2:14"), (3734.05, "1:02:14"), (-5, "0:00")])
@pytest.mark.browser
def test_the_clock_and_the_title_of_the_tab_run_on_the_servers_time(
    stub: Stub, page: Page, ago: float, shown: str
) -> None:
    stub.body = bar("Ringing")
    page.add_init_script("const now = Date.now; Date.now = () => now() - 86_400_000")
    page.goto(stub.url)
    start_clock(page, ago)
    assert page.locator("[data-clock-from]").inner_text() == shown
    assert page.title() == f"Ringing {shown} · Ivan"


@pytest.mark.browser
def test_an_answer_sets_a_clock_right_that_went_wrong(live: Stub, page: Page) -> None:
    live.answers["/bar/"] = (204, "")
    page.clock.set_system_time(NOON / 1000 + 3600)
    start_clock(page, 70.5)
    expect(page.locator("[data-clock-from]")).to_have_text(re.compile(r"^1:01:\d\d$"))
    page.clock.run_for(2100)
    expect(page.locator("[data-clock-from]")).to_have_text(re.compile(r"^1:1\d$"))


@pytest.mark.browser
def test_without_a_live_bar_the_page_has_its_own_title(live: Stub, page: Page) -> None:
    page.eval_on_selector("#livebar", "it => it.remove()")
    page.clock.run_for(600)
    assert page.title() == "Own"
