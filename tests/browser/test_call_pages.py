"""What has come in, what can be listened to and what is asked: in every look, as the pages of `test_pages` are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from support.browser import Watch
from support.pages import NARROW, WIDE, faults, let_in
from support.presses import connect
from support.simulator import Clock, Rpc, sever_config
from support.world import LONG, World, make_call, make_world

from clickcall.models import Call, Dispatch, Member, Origin, Status, Tag, WrapUp
from clickcall.simulator import Simulator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
LOST = {"dispatch": Dispatch.UNKNOWN, "status": Status.UNKNOWN, "is_final": False, "call_session_id": ""}
BARS: dict[str, dict[str, Any]] = {
    "asked": LOST,
    "rang": LOST | {"witness": "rang"},
    "silent": LOST | {"witness": "silent"},
    "colleague": {
        "status": Status.RINGING_YOU,
        "is_final": False,
        "employee_name": "Дементьев Олег Константинович",
        "employee_ringing_at": now() - timedelta(seconds=30),
    },
}


def in_every_look(test: Callable[..., None]) -> Callable[..., None]:
    for mark in (pytest.mark.parametrize("theme", ["light", "dark"]), pytest.mark.parametrize("width", [WIDE, NARROW])):
        test = mark(test)
    return test


@pytest.fixture
def world(anna: Member, live_server: LiveServer) -> World:
    return make_world(anna)


def came_in(world: World, **facts: Any) -> Call:
    """A call from the contact, or from a phone that nobody knows."""
    given = {"external_id": None, "origin": Origin.INBOUND, "dispatch": Dispatch.NONE, **facts}
    given.setdefault("call_session_id", f"18{Call.objects.count():06}")
    call = make_call(world.owner, world.number, world.contact, **{k: v for k, v in given.items() if k not in COLUMNS})
    Call.objects.filter(pk=call.pk).update(**{k: v for k, v in given.items() if k in COLUMNS})
    return call


COLUMNS = ("contact", "contact_phone", "contact_name", "contact_company", "requested_at")
MISSED = {"status": Status.MISSED, "is_missed": True, "talk_duration": None, "wait_duration": 41}
STRANGER = {"contact": None, "contact_phone": "78120000037", "contact_name": "", "contact_company": ""}


@in_every_look
def test_people_who_called_back(
    world: World, live_server: LiveServer, open_browser: Open, maria: Member, width: int, theme: str
) -> None:
    came_in(world, **MISSED)
    came_in(world, **MISSED | STRANGER)
    came_in(world, **MISSED | STRANGER)
    page = open_browser(viewport={"width": width, "height": 800})
    found = []
    for member in (world.owner, maria):
        let_in(page, live_server.url, member, theme=theme, width=width)
        for name in ("contacts:list" if member == world.owner else "reports:log", "reports:called_back"):
            page.goto(f"{live_server.url}{reverse(name)}")
            page.locator("main .press").first.wait_for()
            found += faults(page, f"back-{member.role}-{name}", width=width, theme=theme)
    assert found == []


def tagged(call: Call) -> None:
    """With one tag of three, all of them with long names."""
    for name in ("Целевой", LONG, "Переосвидетельствование-" * 6):
        Tag.objects.create(account=call.account, provider_id=f"9{len(name)}", name=name)
    WrapUp.objects.create(call=call, account=call.account, member=call.member, tags=[f"9{len(LONG)}"])


@in_every_look
def test_a_call_with_a_recording(
    world: World, live_server: LiveServer, open_browser: Open, watch: Watch, maria: Member, width: int, theme: str
) -> None:
    link = f"{world.account.data_api_url.removesuffix('/v2.0')}/system/media/talk/1/2.wav"
    ids = {"communication_id": "1460217", "record_ids": ["r1"]}
    calls = [came_in(world, record_link=link, **ids, answered_by="Олег Дементьев"), came_in(world)]
    came_in(world, **MISSED, returned_at=now())
    tagged(calls[0])
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, maria, theme=theme, width=width)
    found = []
    for place, call in enumerate(calls):
        page.goto(f"{live_server.url}{reverse('reports:call', args=[call.pk])}")
        page.locator("#recording").wait_for()
        found += faults(page, f"recording-{place}", width=width, theme=theme)
    for name in ("reports:log", "contacts:detail"):
        page.goto(f"{live_server.url}{world.address(name)}")
        page.locator("a[href$='#recording']").first.wait_for()
        found += faults(page, f"recorded-{name}", width=width, theme=theme)
    assert found == []


@in_every_look
def test_what_the_bar_asks(world: World, live_server: LiveServer, open_browser: Open, width: int, theme: str) -> None:
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, world.owner, theme=theme, width=width)
    found = []
    for name, facts in BARS.items():
        world.owner.calls.update(closed_at=now())
        open_line = {"finished_at": None, "finish_reason": "", "talk_duration": None, "closed_at": None}
        make_call(world.owner, world.number, world.contact, external_id=name, **open_line | facts)
        page.goto(f"{live_server.url}/calls/dial/")
        page.locator("#livebar").wait_for()
        found += faults(page, f"witness-{name}", width=width, theme=theme)
    assert found == []


def test_a_bar_that_says_paused_says_so_no_longer_than_it_is(
    world: World, live_server: LiveServer, open_browser: Open
) -> None:
    refused = {"dispatch": Dispatch.REFUSED, "status": Status.REFUSED, "cause": "limit_exceeded", "call_session_id": ""}
    none = {
        "finished_at": None,
        "finish_reason": "",
        "talk_duration": None,
        "closed_at": None,
        "external_id": "refused",
    }
    world.owner.calls.update(closed_at=now())
    soon = {"attempted_at": now(), "error": {"limits": {"minute_reset": 6}}}
    make_call(world.owner, world.number, world.contact, **refused | none | soon)
    page = open_browser()
    let_in(page, live_server.url, world.owner, theme="light", width=WIDE)
    page.goto(f"{live_server.url}/calls/dial/")
    state = page.locator("#livebar .livebar-state")
    expect(state).to_contain_text("Paused")
    expect(state).to_contain_text("Not called", timeout=12_000)
    expect(page.locator("#livebar")).to_contain_text("You can press again")


def recorded(simulator: Simulator, clock: Clock) -> str:
    """The link to the recording of a talk at the provider."""
    call_api, data_api = Rpc(simulator.call_api_url), Rpc(simulator.data_api_url)
    call_api.start()
    clock.tick(60)
    (row,) = data_api.data("get.calls_report", date_from="2026-10-01 00:00:00", date_till="2026-12-01 00:00:00")
    call_api.close()
    data_api.close()
    return str(row["full_record_file_link"])


def test_the_page_may_play_the_providers_recording(world: World, live_server: LiveServer, open_browser: Open) -> None:
    clock = Clock()
    with Simulator(sever_config(), clock=clock) as simulator:
        connect(world.account, simulator.url)
        call = came_in(world, record_link=recorded(simulator, clock))
        page = open_browser()
        let_in(page, live_server.url, world.owner, theme="light", width=WIDE)
        page.goto(f"{live_server.url}{reverse('reports:call', args=[call.pk])}")
        heard = page.locator("audio").evaluate(
            """(it) => new Promise((heard) => {
                const tell = (event) => heard([event.type, it.duration]);
                ["loadedmetadata", "error"].forEach((name) => it.addEventListener(name, tell));
                it.load();
                it.preload = "metadata";
            })"""
        )
    assert heard == ["loadedmetadata", 8]
