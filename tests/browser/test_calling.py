"""A press in a real browser: what is seen, and that whatever one does there is one call."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from support.browser import Watch
from support.live import Live, Seller

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]
IVAN, PETR = "Иван Петров", "Пётр Короткий"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Call: {name}").click()


def state(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("#livebar .livebar-state")


def test_a_call_is_watched_from_the_search_to_its_end(live: Live, seller: Seller, enter: Enter, watch: Watch) -> None:
    page = enter(seller.username, permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("/")
    page.keyboard.type("короткий")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    press(page, PETR)
    expect(state(page)).to_contain_text("Your phone is ringing")
    expect(page.locator("#livebar")).to_contain_text("It shows +7 499")
    expect(state(page)).to_contain_text(f"Ringing {PETR}")
    expect(state(page)).to_contain_text("Talking", timeout=20_000)
    expect(page).to_have_title(re.compile(rf"^Talking \d:\d\d · {PETR}$"))
    expect(state(page)).to_contain_text("Talked · 0:1", timeout=30_000)
    expect(page).to_have_title(re.compile("^Talked"))
    (placed,) = live.placed(seller.phones[PETR])
    page.get_by_role("link", name="Call card").click()
    page.get_by_role("button", name="UIS call no.").click()
    assert page.evaluate("navigator.clipboard.readText()") == str(placed["call_session_id"])


def test_a_double_click_places_one_call(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    page.get_by_role("button", name=f"Call: {IVAN}").dblclick()
    expect(page.get_by_role("button", name=re.compile(f"^Call again called at [0-9:]+ ?: {IVAN}$"))).to_be_visible()
    assert len(live.requests(seller.phones[IVAN])) == 1


def test_reload_and_back_place_nothing_and_the_bar_survives(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    press(page, IVAN)
    expect(state(page)).to_contain_text("Your phone is ringing")
    page.reload()
    expect(state(page)).to_be_visible()
    page.get_by_role("link", name=IVAN).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(IVAN)
    expect(page.locator("#livebar")).to_contain_text(IVAN)
    page.go_back()
    page.reload()
    expect(state(page)).to_contain_text("Talking", timeout=20_000)
    assert len(live.requests(seller.phones[IVAN])) == 1


def test_a_lost_answer_is_checked_and_never_sent_again(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    press(page, "Семён Молчун")
    expect(page.locator("#press-words")).to_contain_text("Don't press again", timeout=10_000)
    found = re.compile("Ringing|Talking|Your phone")  # the worker may find it before anybody reads "Checking"
    expect(state(page)).to_contain_text(found, timeout=20_000)
    expect(page.locator("#press-words")).to_be_empty(timeout=10_000)
    assert len(live.requests(seller.phones["Семён Молчун"])) == 1


def test_a_question_stands_under_the_row_and_only_yes_places_the_call(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    press(page, IVAN)
    expect(state(page)).to_be_visible()
    press(page, PETR)
    question = page.locator(".row-guard")
    expect(question).to_contain_text("Your call to Иван Петров is still running")
    question.get_by_role("button", name="Don't call").click()
    expect(question).to_have_count(0)
    assert live.requests(seller.phones[PETR]) == []
    press(page, PETR)
    question.get_by_role("button", name="Call anyway").click()
    expect(page.locator("#livebar")).to_contain_text(PETR)
    expect(question).to_have_count(0)
    assert len(live.placed(seller.phones[PETR])) == 1


def test_hanging_up_ends_the_call(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    press(page, IVAN)
    expect(state(page)).to_contain_text("Talking", timeout=20_000)
    page.get_by_role("button", name="Hang up").click()
    expect(state(page)).to_contain_text("Talked")
    ended = [line for line in live.simulator.journal() if line.get("event") == "ended"]
    assert seller.phones[IVAN] in [line["contact"] for line in ended]


def test_the_history_of_a_contact_follows_its_call_and_nothing_typed_is_lost(
    live: Live, seller: Seller, enter: Enter
) -> None:
    page = enter(seller.username)
    page.get_by_role("link", name=PETR).first.click()
    history, about = page.locator("#happened .timeline > li"), page.locator("#callback-about")
    expect(history).to_have_count(0)
    about.fill("Ask about the roof")
    page.locator(".btn-xl").click()
    expect(history).to_have_count(1)
    expect(history).to_contain_text("Talking", timeout=20_000)
    expect(history).to_contain_text("Talked", timeout=30_000)
    page.locator("#livebar .outcome").first.click()
    page.locator("#livebar").get_by_role("button", name="Next").click()
    expect(history).to_contain_text("Outcome:")
    expect(about).to_have_value("Ask about the roof")


def test_a_call_can_be_placed_with_the_keyboard_alone(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    page.reload()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name=f"Call: {IVAN}")
    for _ in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("(it) => it === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(state(page)).to_be_visible()
    assert len(live.placed(seller.phones[IVAN])) == 1


def test_the_dial_pad_says_what_is_wrong_beside_its_field_and_then_dials(
    live: Live, seller: Seller, enter: Enter
) -> None:
    page = enter(seller.username)
    page.get_by_role("link", name="Dial a number").click()
    field = page.locator("#id_contact")
    field.fill("8 926 доб. 12")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.locator("#id_contact_error")).to_be_visible()
    expect(field).to_have_value("8 926 доб. 12")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("8 (916) 123-45-67")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(state(page)).to_be_visible()
    assert len(live.placed("79161234567")) == 1


def test_without_scripts_everything_but_live_updates_works(
    live: Live, seller: Seller, enter: Enter, watch: Watch
) -> None:
    watch.expect("status of 409")
    watch.expect("status of 422")
    page = enter(seller.username, java_script_enabled=False)
    press(page, IVAN)
    expect(page.get_by_role("heading", level=1)).to_contain_text(IVAN)
    page.goto(f"{live.url}/contacts/")
    press(page, PETR)
    expect(page.get_by_role("heading", level=1)).to_have_text("Call?")
    assert live.requests(seller.phones[PETR]) == []
    page.get_by_role("button", name="Call anyway").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(PETR)
    assert len(live.placed(seller.phones[PETR])) == 1
    page.get_by_role("link", name="Dial a number").click()
    page.locator("#id_contact").fill("12 34 text")
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.locator("#id_contact_error")).to_be_visible()
    expect(page.locator("#id_contact")).to_have_value("12 34 text")


def test_the_admin_is_told_with_one_press_and_says_done(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    press(page, "Чёрный Список")
    expect(state(page)).to_contain_text("Not called")
    page.get_by_role("button", name="Tell the admin").click()
    expect(page.locator("#livebar")).to_contain_text("The admin knows")
    admin = enter("adam")
    banner = admin.locator(".banner", has_text=f"{seller.name} asks for help")
    expect(banner).to_be_visible()
    banner.get_by_role("button", name="Done").click()
    admin.goto(f"{live.url}/numbers/")
    expect(banner).to_have_count(0)
