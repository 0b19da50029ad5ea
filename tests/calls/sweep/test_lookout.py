"""Calls that nobody pressed for and that are over before anybody looks: the report tells of them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.timezone import now
from support.calls import make_call
from support.presses import at_once, requests_of
from support.simulator import NUMBER
from support.sweeps import asked, later, provider_that, row, rows, unknown
from support.wire_server import WireServer, resets

from clickcall.calls.sweep import look_out
from clickcall.models import Account, Call, Dispatch, Heartbeat, HookDelivery, Member, Origin, Points, Status
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]
MOSCOW = ZoneInfo("Europe/Moscow")


def reports(server: WireServer) -> int:
    return len(asked(server, "get.calls_report"))


def test_a_client_who_called_and_was_missed_comes_into_the_log(provider: Simulator, anna: Member) -> None:
    make_call(anna, requested_at=now())
    provider.inbound("sever", "79261234567", NUMBER, missed=True)
    with later(120):
        look_out()
        look_out()
    call = Call.objects.get(origin=Origin.INBOUND)
    assert (call.status, call.is_missed, call.contact_phone) == (Status.MISSED, True, "79261234567")
    assert len(requests_of(provider, "get.calls_report")) == 1


def test_where_people_call_it_is_asked_every_half_a_minute(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that())
    make_call(anna, requested_at=now())
    with time_machine.travel(now(), tick=False) as clock:
        for seconds, asked_so_far in ((0, 1), (29, 1), (1, 2), (30, 3)):
            clock.shift(seconds)
            look_out()
            assert reports(server) == asked_so_far


@pytest.mark.parametrize("how", ["nobody calls", "notifications come"])
def test_elsewhere_it_is_asked_every_five_minutes(scripted: Scripted, anna: Member, how: str) -> None:
    server = scripted(provider_that())
    make_call(anna, requested_at=now() - timedelta(minutes=40 if how == "nobody calls" else 0))
    if how == "notifications come":
        HookDelivery.objects.create(account=anna.account)
    with time_machine.travel(now(), tick=False) as clock:
        for seconds, asked_so_far in ((0, 1), (299, 1), (1, 2)):
            clock.shift(seconds)
            look_out()
            assert reports(server) == asked_so_far


def test_an_account_in_which_nobody_has_called_for_a_month_is_left_alone(provider: Simulator, anna: Member) -> None:
    look_out()
    make_call(anna, requested_at=now() - timedelta(days=31))
    look_out()
    assert provider.journal() == []


def test_an_account_without_a_key_is_left_alone(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that())
    anna.account.tokens.all().delete()
    make_call(anna, requested_at=now())
    look_out()
    assert (server.requests, Heartbeat.objects.count()) == ([], 0)


def test_points_that_are_kept_for_presses_are_not_used(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that())
    make_call(anna, requested_at=now())
    soon = now() + timedelta(minutes=1)
    Points.objects.create(
        account=anna.account, seen_at=now(), minute_limit=100, minute_remaining=20, minute_resets_at=soon
    )
    look_out()
    assert server.requests == []


def test_it_is_asked_about_everything_since_the_last_answer(scripted: Scripted, anna: Member) -> None:
    """A night, or a provider that was away, leaves no hole."""
    answers: list[Any] = [rows(), resets, rows()]
    server = scripted(provider_that(report=lambda seen, sock: answers.pop(0)(seen, sock)))
    make_call(anna, requested_at=now())
    began = now()
    for hours in (0, 8, 9):
        with time_machine.travel(began + timedelta(hours=hours)):
            look_out()
    last = asked(server, "get.calls_report")[-1]
    since = datetime.strptime(last["date_from"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=MOSCOW)
    assert timedelta(minutes=5) < began - since < timedelta(minutes=15)


def test_in_the_hour_that_a_zone_lives_twice_nothing_stays_unseen(scripted: Scripted, anna: Member) -> None:
    """Which of the two is meant, the provider cannot know: both ends are moved out of that hour."""
    server = scripted(provider_that())
    Account.objects.update(timezone="Europe/Berlin", provider_timezone="Europe/Berlin")
    midnight = datetime(2026, 10, 25, tzinfo=UTC)  # 02:00 comes again at 01:00
    make_call(anna, requested_at=midnight)
    for minutes in range(-20, 150, 10):
        with time_machine.travel(midnight + timedelta(minutes=minutes), tick=False):
            look_out()
    windows = [(params["date_from"][11:], params["date_till"][11:]) for params in asked(server, "get.calls_report")]
    assert len(windows) == 17
    assert [window for window in windows if window[0] >= window[1]] == []
    assert [end for window in windows for end in window if end.startswith("02:")] == []
    assert windows[-1] == ("03:00:00", "03:30:00"), "and afterwards as before"


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_asks(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that())
    make_call(anna, requested_at=now())
    at_once(4, lambda _: look_out())
    with later(31):
        at_once(4, lambda _: look_out())
    assert reports(server) == 2


def test_a_press_that_was_settled_as_not_placed_is_found_again(scripted: Scripted, anna: Member) -> None:
    late = unknown(anna, dispatch=Dispatch.NOT_PLACED, status=Status.NOT_PLACED, is_final=True)
    scripted(provider_that(report=rows(row(virtual_phone_number=NUMBER))))
    look_out()
    late.refresh_from_db()
    assert (late.dispatch, late.status) == (Dispatch.ACCEPTED, Status.BUSY)
