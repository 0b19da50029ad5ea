"""Calls from the first ring to their end, in zones far away and across a change of clocks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import now
from support import people
from support.presses import connect, pressed, requests_of
from support.simulator import NUMBER, SEVER, sever_config
from support.sweeps import SETTLED, later
from support.wire_server import WireServer

from clickcall.calls.sweep import sweep_round
from clickcall.models import Account, Dispatch, Member, Status
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]


ENDS = {
    "79260000000": Status.TALKED,
    "79260000001": Status.BUSY,
    "79260000002": Status.NO_ANSWER,
    "79260000003": Status.YOU_MISSED,
    "79260000004": Status.YOU_OFFLINE,
    "79260000005": Status.SOMEBODY_ELSE,
    "79260000006": Status.UNAVAILABLE,
    "79260000018": Status.TALKED,
    "79260000019": Status.TALKED,
}


@pytest.mark.parametrize("contact", ENDS)
def test_every_end_of_a_call_is_told_in_its_words(provider: Simulator, anna: Member, contact: str) -> None:
    call = pressed(anna, f"+{contact}")
    with later(SETTLED):
        sweep_round()
    call.refresh_from_db()
    assert (call.status, call.is_final) == (ENDS[contact], True)
    assert call.finished_at is not None
    assert call.total_duration is not None


def test_a_call_is_followed_from_the_first_ring_to_the_end(provider: Simulator, anna: Member) -> None:
    call = pressed(anna)
    shown = []
    start = now()
    for second in (1, 4, 9, 60):
        with time_machine.travel(start + timedelta(seconds=second)):
            sweep_round(everything=True)
        call.refresh_from_db()
        shown.append(call.status)
    assert shown == [Status.RINGING_YOU, Status.RINGING_CONTACT, Status.TALKING, Status.TALKED]
    assert call.talk_duration is not None
    assert call.record_link.startswith("http")


@contextmanager
def zoned(account: Account, zone: str, *, typed: str, told: str = "") -> Iterator[Simulator]:
    """A provider in this zone, of which the account knows what somebody typed, and what it was told before."""
    Account.objects.update(timezone=typed, provider_timezone=told)
    account.refresh_from_db()
    with Simulator(replace(sever_config(timezone=zone, blacklist=()), report_delay=0)) as provider:
        connect(account, provider.url)
        people.make_token(account, SEVER)
        people.make_number(account, NUMBER)
        yield provider


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Europe/London"])
def test_a_zone_that_was_never_told_is_asked_for_and_kept(
    account: Account, anna: Member, wire_settings: Callable[..., None], zone: str
) -> None:
    with zoned(account, zone, typed="") as provider:
        call = pressed(anna, "+7 926 000-00-14")
        assert call.dispatch == Dispatch.UNKNOWN
        sweep_round(everything=True)
        call.refresh_from_db()
        assert call.dispatch == Dispatch.ACCEPTED
        with later(120):
            sweep_round(everything=True)
        call.refresh_from_db()
        assert call.status == Status.TALKED
        assert Account.objects.get(pk=account.pk).timezone == zone
        assert len(requests_of(provider, "get.account")) == 1


@pytest.mark.parametrize("zone", ["Asia/Kamchatka", "America/Los_Angeles"])
def test_a_zone_that_somebody_typed_is_not_the_one_in_which_calls_are_looked_up(
    account: Account, anna: Member, wire_settings: Callable[..., None], zone: str
) -> None:
    with zoned(account, zone, typed="Europe/Moscow"):
        call = pressed(anna, "+7 926 000-00-14")
        assert call.dispatch == Dispatch.UNKNOWN
        with later(SETTLED):
            sweep_round()
        call.refresh_from_db()
        account.refresh_from_db()
        assert (call.dispatch, call.status) == (Dispatch.ACCEPTED, Status.TALKED)
        assert call.finished_at is not None
        assert abs(call.finished_at - call.requested_at) < timedelta(minutes=2)
        assert (account.provider_timezone, account.timezone) == (zone, "Europe/Moscow")


@pytest.mark.parametrize(
    "moment", ["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00", "2026-03-29T00:59:50+00:00"]
)
def test_a_call_in_the_hour_of_the_clock_change_is_found_and_ended(
    account: Account, anna: Member, wire_settings: Callable[..., None], moment: str
) -> None:
    at, zone = datetime.fromisoformat(moment), "Europe/London"
    with time_machine.travel(at) as clock, zoned(account, zone, typed=zone, told=zone):
        call = pressed(anna, "+7 926 000-00-14")
        clock.move_to(at + timedelta(seconds=90))
        sweep_round(everything=True)
        call.refresh_from_db()
        assert (call.dispatch, call.status, call.is_final) == (Dispatch.ACCEPTED, Status.TALKED, True)
        assert call.accepted_at is not None
        assert call.finished_at is not None
        assert abs(call.accepted_at - at) < timedelta(seconds=5)
        assert at < call.finished_at < at + timedelta(seconds=90)
