"""Everything by keyboard, on a Russian layout; phone links; the same in every look and at phone width."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from support import people
from support.browser import overflow
from support.keyboard import CTRL, SHIFT, Keyboard
from support.live import Live, Seller
from support.pages import NARROW, WIDE, faults, let_in
from support.world import COMPANY, LONG, World, make_world

from clickcall.models import Member

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]
every_look = [(width, theme) for width in (WIDE, NARROW) for theme in ("light", "dark")]


def state(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("#livebar .livebar-state")


def test_a_call_from_the_search_to_its_end_without_a_mouse(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    keys = Keyboard(page)
    keys.press("Slash")
    keys.type("иван")
    keys.press("Enter")
    expect(page.locator("main .dtable tbody tr")).to_have_count(1)
    page.wait_for_load_state()
    page.evaluate("document.activeElement.blur()")
    keys.press("KeyJ")
    expect(page.get_by_role("link", name="Иван Петров").first).to_be_focused()
    keys.hold("KeyC", times=5)
    expect(state(page)).to_contain_text("Talking", timeout=30_000)
    keys.press("KeyH")
    expect(page.locator("#livebar .livebar-time")).to_have_text(re.compile("0:(0[6-9]|[1-9])"), timeout=15_000)
    expect(state(page)).to_contain_text("Talking")
    keys.press("KeyH", CTRL | SHIFT)
    expect(state(page)).to_contain_text("How did it go?", timeout=15_000)
    keys.press("Digit1")
    expect(page.locator("[data-key='1']")).to_be_checked()
    keys.press("Enter")
    expect(page.locator("#livebar [data-key]")).to_have_count(0)
    assert len(live.requests(seller.phones["Иван Петров"])) == 1


def test_a_phone_link_shows_the_contact_and_waits_for_the_press(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    phone = seller.phones["Пётр Короткий"]
    page.goto(f"{live.url}/dial?number=tel%3A%2B{phone}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Пётр Короткий")
    page.reload()
    assert live.requests(phone) == []
    Keyboard(page).press("KeyC")
    expect(state(page)).to_be_visible()
    assert len(live.placed(phone)) == 1


def test_a_number_of_nobody_is_called_from_the_link_by_a_press(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    page.goto(f"{live.url}/dial?number=8%20(916)%20765-43-21")
    expect(page.get_by_text("None of your contacts has this number.")).to_be_visible()
    page.locator("main .btn-call").click()
    expect(state(page)).to_be_visible()
    assert len(live.placed("79167654321")) == 1


ASKED = "window.asked = []; navigator.registerProtocolHandler = (...given) => window.asked.push(given)"


def test_the_browser_is_asked_for_phone_links_by_a_press(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    page.add_init_script(ASKED)
    page.goto(f"{live.url}/profile/")
    assert page.evaluate("window.asked") == []
    page.get_by_role("button", name="Open phone links here").click()
    expect(page.get_by_text("Now your browser asks")).to_be_visible()
    assert page.evaluate("window.asked") == [["tel", f"{live.url}/dial?number=%s"]]


def test_a_browser_that_cannot_says_so(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    page.add_init_script("delete Navigator.prototype.registerProtocolHandler")
    page.goto(f"{live.url}/profile/")
    expect(page.get_by_text("This browser can't do it here.")).to_be_visible()
    expect(page.get_by_role("button", name="Open phone links here")).to_be_hidden()


def test_single_keys_are_switched_off_by_the_person(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    keys = Keyboard(page)
    keys.press("Slash", SHIFT)
    expect(page.locator("#keys")).to_be_visible()
    keys.press("Escape")
    page.goto(f"{live.url}/profile/")
    page.get_by_role("group", name="Single keys work as shortcuts").get_by_role("button", name="Off").click()
    page.goto(f"{live.url}/contacts/")
    expect(page.locator(".search kbd")).to_be_hidden()
    Keyboard(page).press("KeyJ")
    assert page.evaluate("document.activeElement === document.body")


@pytest.fixture
def world(anna: Member, live_server: LiveServer) -> World:
    """Two people share a phone, and one has it alone."""
    world = make_world(anna)
    people.make_contact(world.contact.list, f"{LONG} вторая", "79260000000", company=COMPANY, owner=anna)
    people.make_contact(world.contact.list, f"{LONG} третья", "79261112233", company=COMPANY, owner=anna)
    return world


LINKS = {"several": "+79260000000", "one": "+79261112233", "nobody": "8 916 765-43-21 доб. 12", "wrong": f"{LONG} 12"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "theme"), every_look)
def test_phone_links_and_the_list_of_keys(
    world: World, live_server: LiveServer, open_browser: Enter, width: int, theme: str
) -> None:
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, world.owner, theme=theme, width=width)
    found = []
    for name, number in LINKS.items():
        page.goto(f"{live_server.url}/dial?number={number.replace('+', '%2B')}")
        found += faults(page, f"dial-{name}", width=width, theme=theme)
    Keyboard(page).press("Slash", SHIFT)
    page.locator("#keys").wait_for()
    found += faults(page, "keys", width=width, theme=theme)
    assert found == []


@pytest.mark.django_db(transaction=True)
def test_a_phone_shows_no_hints_at_keys_it_has_not(world: World, live_server: LiveServer, open_browser: Enter) -> None:
    page = open_browser(viewport={"width": NARROW, "height": 800}, has_touch=True)
    let_in(page, live_server.url, world.owner, theme="light", width=NARROW)
    for path in ("/contacts/", world.address("contacts:detail"), "/dial?number=%2B79261112233"):
        page.goto(f"{live_server.url}{path}")
        assert [text for text in page.locator("kbd:visible").all_inner_texts() if text] == []
        assert overflow(page) == 0


@pytest.mark.django_db(transaction=True)
def test_a_manager_downloads_a_list_and_the_log(
    world: World, live_server: LiveServer, open_browser: Enter, maria: Member, tmp_path: Path
) -> None:
    page = open_browser(accept_downloads=True)
    let_in(page, live_server.url, maria, theme="light", width=WIDE)
    for path, words in (("/contacts/lists/", "Excel"), ("/log/?status=talked", "CSV")):
        page.goto(f"{live_server.url}{path}")
        with page.expect_download() as download:
            page.locator("main").get_by_role("link", name=re.compile(words)).first.click()
        download.value.save_as(tmp_path / "file")
        assert (tmp_path / "file").read_bytes().startswith(b"PK" if words == "Excel" else b"\xef\xbb\xbf")
