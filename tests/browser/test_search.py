"""Results as one types, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from support.pages import WIDE, let_in

from clickcall.contacts import services
from clickcall.contacts.services import NewPhone
from clickcall.models import ContactList, Member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 10_000  # ms


def test_the_list_follows_the_letters_and_back_leads_to_where_the_search_began(
    live_server: LiveServer, open_browser: Callable[..., Page], anna: Member, leads: ContactList
) -> None:
    for name, digits in [("Олег Ежов", "79260000001"), ("Ольга Щукина", "79261112233"), ("Вера Лисина", "74990000003")]:
        services.add_contact(list=leads, name=name, phones=[NewPhone(digits)])
    page = open_browser()
    let_in(page, live_server.url, anna, theme="light", width=WIDE)
    page.goto(f"{live_server.url}/contacts/")
    names, field = page.locator("#results tbody [role=rowheader]"), page.locator("#search-q")
    expect(names).to_have_count(3)
    field.press_sequentially("ол")
    expect(names).to_have_count(2, timeout=PATIENCE)
    field.press_sequentially("ег")
    expect(names).to_have_count(1, timeout=PATIENCE)
    expect(page.locator("#found")).to_have_text(re.compile("Нашли|Found"))
    expect(field).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?q=%D0%BE%D0%BB%D0%B5%D0%B3$"))
    page.reload()
    expect(names).to_have_count(1)
    expect(field).to_have_value("олег")
    page.go_back()
    expect(names).to_have_count(3, timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"/contacts/$"))
    page.wait_for_load_state("load")  # Back has loaded the page anew, and what is typed before that is not followed
    field.fill("926 111")
    expect(names).to_have_count(1, timeout=PATIENCE)
    expect(names).to_contain_text("Ольга Щукина")
