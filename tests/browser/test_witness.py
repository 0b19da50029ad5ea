"""The witness of a lost answer in a real browser: asked without a reload, and each press is sent once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from support.live import Live, Seller

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]
NINA = "Нина Безответная"


def state(page: Page) -> Locator:
    return page.locator("#livebar .livebar-state")


def asked(page: Page) -> None:
    """Presses Call and waits until the bar comes to ask by itself."""
    page.get_by_role("button", name=f"Call: {NINA}").click()
    expect(state(page)).to_contain_text("Checking with UIS", timeout=10_000)
    expect(page.locator("#livebar")).to_contain_text("If your phone rings, pick up")
    expect(state(page)).to_contain_text("Did your phone ring?", timeout=10_000)


def test_who_says_no_is_asked_once_more_and_then_presses_anew(live: Live, seller: Seller, enter: Enter) -> None:
    page, phone = enter(seller.username), seller.phones[NINA]
    asked(page)
    page.get_by_role("button", name="No, call again").dblclick()
    question = page.locator("#press-question")
    expect(question).to_contain_text(f"whether the first call to {NINA} went out")
    expect(page.locator("#livebar")).to_contain_text("You said that your phone did not ring", timeout=5_000)
    assert len(live.requests(phone)) == 1
    question.locator("form button").click()
    expect(page.locator("#livebar")).to_contain_text("If your phone rings, pick up", timeout=10_000)
    sent = live.requests(phone)
    assert [len(sent), len({line["params"]["external_id"] for line in sent})] == [2, 2]
    assert all(line["params"]["first_call"] == "employee" for line in sent)
    assert live.placed(phone) == []


def test_who_says_yes_is_left_in_peace(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    asked(page)
    page.get_by_role("button", name="Yes").click()
    expect(page.locator("#livebar")).to_contain_text("You said that your phone rang")
    page.reload()
    expect(page.locator("#livebar")).to_contain_text("You said that your phone rang")
    expect(page.get_by_role("button", name="Yes")).to_have_count(0)
    assert len(live.requests(seller.phones[NINA])) == 1
