"""Note and outcome in a real browser: nothing typed is lost, and two keys end it. A callback comes due."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from support.browser import Watch
from support.live import Live, Seller
from support.pages import NARROW, WIDE, faults, let_in
from support.talks import talked
from support.world import World, make_world

from clickcall.calls.services import close
from clickcall.models import Call, Callback, Effect, Member, Outcome, WrapUp

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
PETR = "Пётр Короткий"


@pytest.fixture
def world(anna: Member) -> World:
    """Nothing is due, and the phone was never checked: the bar shows the talk alone."""
    made = make_world(anna)
    Callback.objects.all().delete()
    Outcome.objects.create(account=made.account, name="Перезвонить", effect=Effect.CALL_BACK, position=2)
    return made


@pytest.fixture
def page(world: World, live_server: LiveServer, open_browser: Open) -> Page:
    """Anna's first page after a talk."""
    talk_with(world, "77")
    page = open_browser(viewport={"width": WIDE, "height": 800})
    let_in(page, live_server.url, world.owner, theme="light", width=WIDE)
    page.goto(f"{live_server.url}/contacts/")
    return page


def talk_with(world: World, session: str) -> Call:
    """The owner's newest call: the bar asks about it."""
    return talked(world.owner, world.contact, call_session_id=session, requested_at=now() - timedelta(seconds=40))


def note(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("#livebar [data-note]")


def saved(page: Page) -> None:
    expect(page.locator("#livebar .saved")).to_be_visible()


def test_a_reload_in_the_middle_of_a_note_loses_nothing(page: Page) -> None:
    note(page).press_sequentially("Ждёт расчёт на два")
    page.reload()
    expect(note(page)).to_have_value("Ждёт расчёт на два")
    note(page).press("End")
    note(page).press_sequentially(" объекта")
    saved(page)
    page.reload()
    expect(note(page)).to_have_value("Ждёт расчёт на два объекта")
    assert "объекта" in WrapUp.objects.get(call__call_session_id="77").note


def test_the_note_on_a_calls_page_is_kept_while_one_types_and_not_decided(page: Page, live_server: LiveServer) -> None:
    call = Call.objects.get(call_session_id="77")
    close(call)
    page.goto(f"{live_server.url}/log/{call.pk}/")
    field = page.locator("#outcome [data-note]")
    field.press_sequentially("Ждёт расчёт на два")
    page.reload()
    expect(field).to_have_value("Ждёт расчёт на два")
    page.locator("#outcome .outcome").first.click()
    expect(page.locator("#outcome .saved")).to_be_visible()
    page.reload()
    expect(page.locator("#outcome .outcome input").first).to_be_checked()
    row = WrapUp.objects.get(call=call)
    assert (row.note, row.decided_at, row.outcome is None) == ("Ждёт расчёт на два", None, False)
    page.locator("#outcome").get_by_role("button", name="Save").click()
    expect(page.locator("#outcome")).to_contain_text(str(row.outcome))


def test_two_keys_end_it_and_the_outcome_is_set(page: Page) -> None:
    page.keyboard.press("1")
    expect(page.locator('#livebar [data-key="1"]')).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator("#livebar")).to_have_count(0)
    row = WrapUp.objects.get(call__call_session_id="77")
    assert (row.outcome_name, row.decided_at is not None) == (str(row.outcome), True)


def test_a_promise_stands_on_the_contacts_page_at_once_beside_what_is_typed_there(
    page: Page, world: World, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/contacts/{world.contact.pk}/")
    expect(page.locator("#agreed-rows")).to_be_hidden()
    page.locator("#callback-about").fill("Крыша")
    page.locator("#livebar .outcome").filter(has_text="Перезвонить").click()
    page.locator("#livebar").get_by_role("button", name="Next").click()
    expect(page.locator("#agreed-rows")).to_contain_text("Анна")
    expect(page.locator("#callback-about")).to_have_value("Крыша")
    page.locator("#agreed-rows summary").click()
    page.locator("#agreed-rows").get_by_role("button", name="Take off the agenda").click()
    page.wait_for_url("**/contacts/**")
    assert not Callback.objects.filter(done_at=None).exists()


def test_what_is_typed_survives_a_save_that_fails_and_is_sent_again(page: Page, watch: Watch) -> None:
    watch.expect("Failed to load resource")
    watch.expect("htmx:sendError")
    watch.expect("htmx:afterRequest")
    page.route("**/keep/", lambda route: route.abort())
    note(page).press_sequentially("Перезвонить жене")
    expect(page.locator("#livebar .unsaved")).not_to_be_empty(timeout=10_000)
    page.unroute("**/keep/")
    saved_at = page.locator("#livebar .saved")
    expect(saved_at).to_be_visible(timeout=10_000)
    assert WrapUp.objects.get(call__call_session_id="77").note == "Перезвонить жене"


def test_a_callback_that_comes_due_is_told_to_a_page_that_is_open(page: Page, world: World) -> None:
    Callback.objects.create(
        account=world.account,
        contact=world.contact,
        digits="79260000000",
        member=world.owner,
        due_at=world.call.requested_at,
        made_by=world.owner,
    )
    page.evaluate("htmx.trigger('#reminder', 'wrapped-up'); htmx.trigger(document.body, 'wrapped-up')")
    reminder = page.locator("#reminder")
    expect(reminder).to_contain_text(world.contact.name)
    expect(reminder.get_by_role("button", name=re.compile("Call back"))).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), [(WIDE, "light"), (NARROW, "dark"), (NARROW, "light")])
def test_the_question_and_the_reminder_look_right(
    world: World, live_server: LiveServer, open_browser: Open, width: int, theme: str
) -> None:
    talk = talk_with(world, "78")
    WrapUp.objects.create(call=talk, account=world.account, member=world.owner, note="Two\nlines")
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, world.owner, theme=theme, width=width)
    page.goto(f"{live_server.url}/contacts/")
    page.locator("#livebar [data-calls-back]").dispatch_event("click")
    expect(page.locator("#livebar .when-to-call")).to_be_visible()
    found = faults(page, "wrap-up", width=width, theme=theme)
    page.locator("main form.press button").first.click()
    page.locator("[data-dismissable] .wrap-up").wait_for()
    found += faults(page, "say-first", width=width, theme=theme)
    assert found == []


def test_a_note_taken_during_the_call_survives_its_states_and_hanging_up(
    live: Live, seller: Seller, enter: Callable[..., Page]
) -> None:
    page = enter(seller.username)
    page.get_by_role("button", name=f"Call: {PETR}").click()
    note(page).press_sequentially("Во время разговора")
    state = page.locator("#livebar .livebar-state")
    expect(state).to_contain_text("Talking", timeout=20_000)
    expect(note(page)).to_have_value("Во время разговора")
    expect(note(page)).to_be_focused()
    page.locator("#livebar .livebar-time", has_text="0:06").wait_for(timeout=15_000)
    page.get_by_role("button", name="Hang up").click()
    expect(state).to_contain_text("How did it go?", timeout=15_000)
    expect(note(page)).to_have_value("Во время разговора")
