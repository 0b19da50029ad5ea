"""Managers and admins at work, and what everybody can set for themselves."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from support.browser import Watch
from support.live import PASSWORD, Live, Seller

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]


def test_the_manager_finds_the_call_with_every_parameter_as_sent(live: Live, seller: Seller, enter: Enter) -> None:
    phone = seller.phones["Занятой Глеб"]
    live.manage("dial", "--account", "acme", "--as", seller.username, "--contact", phone, "--dtmf-string", "12*")
    page = enter("maria")
    page.locator(".filters input[name=q]").fill(phone)
    page.keyboard.press("Enter")
    page.get_by_role("row", name=seller.name).get_by_role("link").click()
    sent = page.get_by_role("region", name="Parameters as sent")
    (request,) = live.requests(phone)
    for name, value in request["params"].items():
        if name != "access_token":
            expect(sent.locator("dt", has_text=re.compile(rf"^{name}$"))).to_be_visible()
            shown = value if isinstance(value, str) else json.dumps(value)
            expect(sent.locator(f"dt:text-is('{name}') + dd")).to_have_text(shown)
    expect(page.locator("main")).to_contain_text(str(live.placed(phone)[0]["call_session_id"]))


def test_the_admin_adds_a_key_a_number_and_a_person_who_then_chooses_a_password(live: Live, enter: Enter) -> None:
    admin = enter("adam")
    admin.goto(f"{live.url}/keys/add/")
    admin.get_by_label("Name").fill("spare")
    admin.locator("#id_secret").fill("another-secret-0123456789abcd")
    admin.get_by_role("button", name="Store the key").click()
    expect(admin.locator("main")).to_contain_text("spare")
    expect(admin.locator("main")).to_contain_text("abcd")
    assert "another-secret" not in admin.content()
    admin.goto(f"{live.url}/numbers/new/")
    admin.locator("#id_digits").fill("+7 495 104-57-71")
    admin.get_by_role("button", name="Add", exact=True).click()
    expect(admin.locator("main")).to_contain_text("+7 495 104-57-71")
    admin.goto(f"{live.url}/people/add/")
    admin.get_by_label("Name", exact=True).fill("Новенькая Нина")
    admin.get_by_label("User name").fill("nina")
    admin.get_by_role("button", name="Add and show the password").click()
    password = admin.locator("[data-one-time]").inner_text()
    admin.get_by_role("link", name="I have handed it over").click()
    assert password not in admin.content()
    _first_day(live, enter, password)


def _first_day(live: Live, enter: Enter, password: str) -> None:
    page = enter("nina", password)
    page.goto(f"{live.url}/contacts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("New password")
    page.locator("#id_oldpassword").fill(password)
    page.locator("#id_password1").fill("a-password-of-ninas-own")
    page.locator("#id_password2").fill("a-password-of-ninas-own")
    page.get_by_role("button", name="Save the password").click()
    page.goto(f"{live.url}/contacts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contacts")
    enter("nina", "a-password-of-ninas-own")


def test_theme_and_language_are_the_persons_own_and_stay(live: Live, seller: Seller, enter: Enter) -> None:
    page = enter(seller.username)
    page.get_by_role("button", name=seller.name).click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.get_by_role("button", name=seller.name).click()
    page.get_by_role("button", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    again = enter(seller.username)
    expect(again.locator("html")).to_have_attribute("lang", "ru")
    expect(again.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_somebody_in_two_accounts_sees_which_one_they_are_in_and_switches(live: Live, enter: Enter) -> None:
    page = enter("both")
    mark = page.locator("#side .acct").first
    expect(mark).to_contain_text("Acme")
    expect(mark.locator(".acct-mark")).to_have_class(re.compile("a-1"))
    mark.click()
    page.get_by_role("button", name="Switch Rival").click()
    expect(mark).to_contain_text("Rival")
    expect(mark.locator(".acct-mark")).to_have_class(re.compile("a-3"))
    page.goto(f"{live.url}/contacts/")
    expect(page.locator("main")).not_to_contain_text("Иван Петров")


def test_who_is_disabled_is_out_at_the_next_click(live: Live, seller: Seller, enter: Enter, watch: Watch) -> None:
    watch.expect("status of 403")
    page = enter(seller.username)
    admin = enter("adam")
    admin.goto(f"{live.url}/people/")
    admin.get_by_role("link", name=seller.name, exact=True).click()
    admin.get_by_role("button", name="Disable").click()
    expect(admin.locator("#toasts")).to_contain_text("can't sign in any more")
    page.get_by_role("button", name="Call: Иван Петров").click()
    page.wait_for_url(re.compile("/sign-in/"))
    page.get_by_label("User name").fill(seller.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Contacts")
    assert live.requests(seller.phones["Иван Петров"]) == []
