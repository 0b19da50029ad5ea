"""Contacts are ticked and handed over, in every look; and a salesperson from whom phones are hidden makes a call."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from support import people
from support.browser import Watch
from support.pages import NARROW, WIDE, faults, let_in
from support.world import COMPANY, LONG

from clickcall.models import CallRules, Contact, ContactList, Member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


@pytest.fixture
def crowd(leads: ContactList, anna: Member, boris: Member) -> list[Contact]:
    """On a list that only Anna works."""
    leads.members.set([anna])
    names = [f"{LONG} {place}" for place in range(4)]
    return [people.make_contact(leads, name, "79261837465", company=COMPANY, owner=anna) for name in names]


@pytest.mark.parametrize(("width", "theme"), [(WIDE, "light"), (NARROW, "dark")])
def test_ticked_contacts_are_handed_over(
    live_server: LiveServer,
    open_browser: Open,
    maria: Member,
    boris: Member,
    crowd: list[Contact],
    watch: Watch,
    width: int,
    theme: str,
) -> None:
    watch.expect("status of 422")  # the question of who would not see the contacts
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, maria, theme=theme, width=width)
    page.goto(f"{live_server.url}/contacts/")
    for contact in crowd[:3]:
        page.locator(f'input[type=checkbox][value="{contact.pk}"]').check()
    found = faults(page, "hand-over-ticked", width=width, theme=theme)
    page.locator("#hand-over button").first.click()
    expect(page.locator("select[name=to]")).to_be_visible()
    found += faults(page, "hand-over", width=width, theme=theme)
    page.select_option("select[name=to]", str(boris.pk))
    page.locator(".form-foot .btn-main").click()
    expect(page.locator(".guard")).to_contain_text("Борис Лисин")
    found += faults(page, "hand-over-out-of-sight", width=width, theme=theme)
    page.locator(".guard button").click()
    expect(page.locator(".toast-x")).to_contain_text("3")
    assert found == []
    assert list(Contact.objects.order_by("pk").values_list("owner__name", flat=True)) == ["Борис Лисин"] * 3 + [
        "Анна Кузнецова"
    ]


@pytest.mark.parametrize(("width", "theme"), [(WIDE, "dark"), (NARROW, "light")])
def test_pages_with_hidden_phones(
    live_server: LiveServer, open_browser: Open, anna: Member, crowd: list[Contact], width: int, theme: str
) -> None:
    CallRules.objects.create(account=anna.account, masks_numbers=True)
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, anna, theme=theme, width=width)
    found = []
    for path in ("", "edit/"):
        page.goto(f"{live_server.url}/contacts/{crowd[0].pk}/{path}")
        found += faults(page, f"hidden-phones-{path[:-1]}", width=width, theme=theme)
    assert found == []
    page.locator("form.panel .btn-main").first.click()
    expect(page.locator(".tel").first).to_contain_text("•••-••-65")
    assert crowd[0].phones.get().digits == "79261837465"
