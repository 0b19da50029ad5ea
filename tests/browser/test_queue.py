"""A queue of ten contacts, worked by two people at once: one at a desk, one at a phone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from support.browser import axe_violations, overflow
from support.keyboard import Keyboard
from support.live import Live, Seller

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]
BUSY = "Занятой Глеб"
PHONE = {"width": 390, "height": 800}


def shared_list(live: Live, folder: Path, *sellers: Seller) -> list[str]:
    """Ten contacts on a list of the sellers'; the phones of the first two are busy. Their names."""
    place = sellers[0].username.removeprefix("sales")
    phones = [seller.phones[BUSY] for seller in sellers] + [f"7916{place:>03}{n:04}" for n in range(8)]
    names = [f"Клиент {place}-{n}" for n in range(10)]
    contacts = "".join(
        f'[[account.list.contact]]\nname = "{name}"\nphone = "+{phone.replace(" ", "0")}"\n'
        for name, phone in zip(names, phones, strict=True)
    )
    members = ", ".join(f'"{seller.username}"' for seller in sellers)
    file = folder / "queue.toml"
    list_ = f'[[account.list]]\nname = "Queue of {place}"\nmembers = [{members}]\n{contacts}'
    file.write_text(f'[[account]]\nslug = "acme"\nname = "Acme"\nbrand = "custom"\n{list_}', encoding="utf-8")
    live.manage("provision", str(file))
    return names


def open_queue(page: Page, live: Live, seller: Seller) -> None:
    page.goto(f"{live.url}/contacts/queue/")
    place = seller.username.removeprefix("sales")
    page.get_by_role("link", name=f"Queue of {place}").click()


def offered(page: Page) -> str:
    name = page.locator("#queue .name")
    expect(name).to_be_visible()
    return name.inner_text()


def later(page: Page) -> None:
    page.get_by_role("button", name="Later").click()
    page.get_by_role("button", name="Tomorrow at this time").click()
    expect(page.locator("#queue .name")).to_have_count(0)


def take(page: Page) -> str:
    page.get_by_role("button", name="Next contact").click()
    return offered(page)


@pytest.fixture
def pair(live: Live, enter: Enter, tmp_path: Path) -> tuple[list[Page], list[str], list[Seller]]:
    """Two people in front of the same list, the second one at a phone."""
    sellers = [live.seller(), live.seller()]
    names = shared_list(live, tmp_path, *sellers)
    pages = [enter(sellers[0].username), enter(sellers[1].username, viewport=PHONE)]
    for page in pages:
        open_queue(page, live, sellers[0])
    return pages, names, sellers


def test_two_people_never_get_the_same_contact_and_a_break_gives_it_to_the_other(
    pair: tuple[list[Page], list[str], list[Seller]],
) -> None:
    (desk, phone), names, _sellers = pair
    seen = []
    for _ in range(4):
        both = [take(desk), take(phone)]
        assert both[0] != both[1]
        seen += both
        later(desk)
        later(phone)
    assert len(set(seen)) == 8
    left = take(desk)
    desk.get_by_role("button", name="Break").click()
    expect(desk.locator("#queue .name")).to_have_count(0)
    assert take(phone) == left
    assert {*seen, left, take(desk)} == set(names)
    assert overflow(phone) == 0
    assert axe_violations(phone) == []


def test_who_is_offered_is_put_off_by_keys_alone(pair: tuple[list[Page], list[str], list[Seller]]) -> None:
    (desk, _phone), names, _sellers = pair
    keys = Keyboard(desk)
    for name in names[:2]:
        keys.press("KeyN")
        expect(desk.locator("#queue .name")).to_have_text(name)
        expect(desk.locator(".htmx-added, .htmx-settling")).to_have_count(0)
        keys.press("KeyL")
        expect(desk.get_by_role("button", name="In an hour")).to_be_focused()
        keys.press("Enter")
        expect(desk.locator("#queue .name")).to_have_count(0)


def test_after_a_call_the_next_contact_is_offered_and_nobody_is_called_by_itself(
    live: Live, pair: tuple[list[Page], list[str], list[Seller]]
) -> None:
    (desk, _phone), names, sellers = pair
    keys = Keyboard(desk)
    keys.press("KeyN")
    expect(desk.locator("#queue .name")).to_have_text(names[0])
    expect(desk.locator(".htmx-added, .htmx-settling")).to_have_count(0)  # only then a press stays on the page
    assert live.requests(sellers[0].phones[BUSY]) == []
    keys.press("KeyC")
    expect(desk.locator("#livebar .livebar-state")).to_contain_text(re.compile("ringing|Calling|way", re.IGNORECASE))
    expect(desk.locator("#queue .btn-xl")).to_have_count(0)
    expect(desk.locator("#queue .pill.is-live")).to_contain_text(re.compile("ringing|way", re.IGNORECASE))
    expect(desk.locator("#queue .name")).to_have_text(names[1], timeout=30_000)
    assert len(live.requests(sellers[0].phones[BUSY])) == 1
    assert live.requests(sellers[1].phones[BUSY]) == []
