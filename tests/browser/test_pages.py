"""Every page of the project: axe is silent, nothing sticks out, the policy is kept. The list is the URL conf's."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from support import people
from support.browser import Watch
from support.pages import NARROW, WIDE, addresses, faults, let_in
from support.world import COMPANY, LONG, World, make_call, make_world

from clickcall.accounts.invite import make_invitation
from clickcall.contacts.importing import runs, work
from clickcall.models import LIVE, Call, Dispatch, Member, Role, Status

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
looks = [pytest.mark.parametrize("theme", ["light", "dark"]), pytest.mark.parametrize("width", [WIDE, NARROW])]
DISPATCH = {
    Status.CALLING: Dispatch.SENDING,
    Status.REFUSED: Dispatch.REFUSED,
    Status.UNKNOWN: Dispatch.UNKNOWN,
    Status.NOT_PLACED: Dispatch.NOT_PLACED,
    Status.NOT_SENT: Dispatch.NOT_SENT,
}
FORMS = ["/contacts/new/", "/numbers/new/", "/people/add/", "/keys/add/", "/calls/presets/new/", "/contacts/lists/new/"]
FORMS += ["/teams/", "/numbers/media/", "/numbers/blacklist/", "/password/"]


def in_every_look(test: Callable[..., None]) -> Callable[..., None]:
    for mark in looks:
        test = mark(test)
    return test


@pytest.fixture
def world(anna: Member, live_server: LiveServer) -> World:
    """Full of rows, with names as long as they get."""
    world = make_world(anna)
    for place, status in enumerate(Status):
        contact = people.make_contact(world.contact.list, f"{LONG} {place}", f"7926111{place:04}", company=COMPANY)
        call = call_in(status, world, contact=contact, external_id=f"press-{place}", closed_at=world.call.finished_at)
        contact.last_call = call
        contact.save()
    return world


def call_in(status: Status, world: World, **facts: object) -> Call:
    """A call of the owner's that has come to this status."""
    given = {"contact": world.contact, "status": status, "is_final": status not in LIVE, **facts}
    given |= {"dispatch": DISPATCH.get(status, Dispatch.ACCEPTED)}
    if status in LIVE:
        given |= {"finished_at": None, "finish_reason": "", "talk_duration": None}
    contact = given.pop("contact")
    return make_call(world.owner, world.number, contact, **given)


@pytest.mark.parametrize("role", Role.values)
@in_every_look
def test_every_page_of_a_role_in_full(
    world: World,
    live_server: LiveServer,
    open_browser: Open,
    adam: Member,
    maria: Member,
    role: str,
    width: int,
    theme: str,
) -> None:
    member = {Role.SALES.value: world.owner, Role.MANAGER.value: maria, Role.ADMIN.value: adam}[role]
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, member, theme=theme, width=width)
    found = []
    for name, path in addresses(world, member):
        page.goto(f"{live_server.url}{path}")
        found += faults(page, f"{role}-{name}", width=width, theme=theme)
    assert found == []


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize(("width", "theme"), [(WIDE, "light"), (NARROW, "dark")])
def test_every_page_of_a_role_without_a_row(
    live_server: LiveServer, open_browser: Open, account, stranger: Member, role: str, width: int, theme: str
) -> None:
    member = people.make_member(account, "first", role, name="Первый Человек")
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, member, theme=theme, width=width)
    found = []
    for name, path in addresses(make_world(stranger), member):
        page.goto(f"{live_server.url}{path}")
        found += faults(page, f"empty-{role}-{name}", width=width, theme=theme)
    assert found == []


@in_every_look
def test_pages_of_the_signed_out_and_pages_of_trouble(
    world: World, live_server: LiveServer, open_browser: Open, watch: Watch, width: int, theme: str
) -> None:
    watch.expect("Failed to load resource")
    page = open_browser(viewport={"width": width, "height": 800}, color_scheme=theme)
    page.goto(f"{live_server.url}/sign-in/")
    found = faults(page, "sign-in", width=width, theme=theme)
    page.get_by_label("User name").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    found += faults(page, "sign-in-wrong", width=width, theme=theme)
    page.goto(f"{live_server.url}/welcome/closed/")
    found += faults(page, "welcome-closed", width=width, theme=theme)
    let_in(page, live_server.url, world.owner, theme=theme, width=width)
    for name, path in (("404", "/nothing/"), ("403", "/people/")):
        page.goto(f"{live_server.url}{path}")
        found += faults(page, name, width=width, theme=theme)
    assert found == []


@in_every_look
def test_forms_with_everything_wrong(
    world: World, live_server: LiveServer, open_browser: Open, adam: Member, watch: Watch, width: int, theme: str
) -> None:
    watch.expect("status of 422")
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, adam, theme=theme, width=width)
    found = []
    for path in FORMS:
        page.goto(f"{live_server.url}{path}")
        form = page.locator("form[method=post][novalidate]").last
        form.locator("button[type=submit]").last.click()
        page.locator("[aria-invalid=true], .err, .banner").first.wait_for()
        found += faults(page, f"wrong{path.replace('/', '-')}", width=width, theme=theme)
    assert found == []


@in_every_look
def test_the_live_bar_in_every_state(
    world: World, live_server: LiveServer, open_browser: Open, width: int, theme: str
) -> None:
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, world.owner, theme=theme, width=width)
    found = []
    for status in Status:
        world.owner.calls.update(closed_at=world.call.finished_at)
        call_in(status, world, external_id=f"bar-{status}", cause="limit_exceeded")
        page.goto(f"{live_server.url}/calls/dial/")
        page.locator("#livebar").wait_for()
        found += faults(page, f"bar-{status}", width=width, theme=theme)
    assert found == []


@in_every_look
def test_what_only_a_press_of_a_button_shows(
    world: World, live_server: LiveServer, open_browser: Open, adam: Member, watch: Watch, width: int, theme: str
) -> None:
    call_in(Status.TALKING, world, external_id="another")
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, world.owner, theme=theme, width=width)
    page.goto(f"{live_server.url}/contacts/")
    page.locator("main .dtable form.press button").first.click()
    page.locator(".row-guard").wait_for()
    found = faults(page, "question-row", width=width, theme=theme)
    page.goto(f"{live_server.url}{world.address('contacts:detail')}")
    page.locator("main .calling").wait_for()
    page.locator("main form.press .callbtn-icon").first.click()
    page.locator(".press-question .guard").first.wait_for()
    found += faults(page, "question-panel", width=width, theme=theme)
    page.goto(f"{live_server.url}/calls/dial/")
    page.locator("#id_contact").fill("12")
    page.locator("#dialpad button[type=submit]").click()
    page.locator("#id_contact_error").wait_for()
    found += faults(page, "dial-wrong", width=width, theme=theme)
    let_in(page, live_server.url, adam, theme=theme, width=width)
    page.goto(f"{live_server.url}{world.address('accounts:person')}")
    page.locator("form[action$='/reset/'] button").click()
    page.locator("[data-one-time]").wait_for()
    found += faults(page, "one-time-password", width=width, theme=theme)
    assert found == []


@in_every_look
def test_an_import_on_its_way(
    world: World, live_server: LiveServer, open_browser: Open, maria: Member, width: int, theme: str
) -> None:
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, maria, theme=theme, width=width)
    run, found = world.imported, []
    for begin, meanwhile, then in ((runs.check, "checking", "ready"), (runs.start, "running", "result")):
        begin(run)
        page.goto(f"{live_server.url}{world.address('contacts:import')}")
        page.locator("#progress").wait_for()
        found += faults(page, f"import-{meanwhile}", width=width, theme=theme)
        assert work.import_job()
        page.goto(f"{live_server.url}{world.address('contacts:import')}")
        found += faults(page, f"import-{then}", width=width, theme=theme)
    assert found == []


@in_every_look
def test_the_first_page_of_an_empty_database(
    live_server: LiveServer, open_browser: Open, watch: Watch, width: int, theme: str
) -> None:
    watch.expect("status of 422")
    page = open_browser(viewport={"width": width, "height": 800}, color_scheme=theme)
    page.goto(make_invitation(live_server.url))
    found = faults(page, "welcome", width=width, theme=theme)
    page.locator("form[novalidate] button[type=submit]").click()
    page.locator("[aria-invalid=true]").first.wait_for()
    found += faults(page, "welcome-wrong", width=width, theme=theme)
    assert found == []
