"""Our clock may be wrong, and be set right by hours: no call is given up or left alone for it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from support.calls import make_call
from support.simulator import NUMBER
from support.sweeps import MOSCOW, SETTLED, asked, later, provider_that, row, rows, unknown
from support.wire_server import WireServer

from clickcall.calls import marks
from clickcall.calls.services import new_external_id
from clickcall.calls.sweep import look_afterwards, look_out, sweep_round
from clickcall.calls.sweep.lookout import ASKED, KNOWN
from clickcall.models import Call, Dispatch, Member

Scripted = Callable[..., WireServer]
ANOTHER = "79269999999"


@pytest.mark.parametrize("minutes", [7, 60, -60])
def test_an_id_that_we_made_is_found_however_wrong_our_clock_is(scripted: Scripted, anna: Member, minutes: int) -> None:
    ours = new_external_id()
    scripted(provider_that(report=rows(row(ours, at=now() - timedelta(minutes=minutes)))))
    call = unknown(anna, ours)
    with later(SETTLED):
        sweep_round()
    call.refresh_from_db()
    assert (call.dispatch, call.call_session_id) == (Dispatch.ACCEPTED, "100")


@pytest.mark.parametrize(
    ("is_ours", "seen", "dispatch"),
    [
        (False, {"at": now() - timedelta(minutes=7)}, Dispatch.UNKNOWN),
        (True, {"contact_phone_number": ANOTHER}, Dispatch.UNKNOWN),
        (False, {"contact_phone_number": ANOTHER}, Dispatch.NOT_PLACED),
    ],
    ids=["a caller's ID at another time", "our ID with another contact", "a caller's ID with another contact"],
)
def test_what_may_be_the_press_after_all_makes_silence_say_nothing(
    scripted: Scripted, anna: Member, is_ours: bool, seen: dict[str, Any], dispatch: Dispatch
) -> None:
    named = new_external_id() if is_ours else "lost"
    scripted(provider_that(report=rows(row(named, **seen))))
    call = unknown(anna, named)
    with later(SETTLED):
        sweep_round()
    call.refresh_from_db()
    assert (call.dispatch, call.call_session_id) == (dispatch, "")


def test_the_report_is_asked_about_a_day_around_the_press(scripted: Scripted, anna: Member) -> None:
    """A machine whose clock shows its own zone's time and calls it UTC is half a day off."""
    server = scripted(provider_that())
    unknown(anna)
    sweep_round()
    (params,) = asked(server, "get.calls_report")
    since, till = (datetime.fromisoformat(params[name]).replace(tzinfo=MOSCOW) for name in ("date_from", "date_till"))
    assert since <= now() - timedelta(days=1) < now() + timedelta(days=1) <= till + timedelta(seconds=5)


def test_a_session_of_our_own_id_becomes_no_second_row(scripted: Scripted, anna: Member) -> None:
    ours = new_external_id()
    seen = row(ours, at=now() - timedelta(hours=1), virtual_phone_number=NUMBER)
    scripted(provider_that(report=rows(seen)))
    call = unknown(anna, ours, dispatch=Dispatch.NOT_PLACED, status="not_placed", is_final=True)
    look_out()
    assert Call.objects.get().call_session_id == "100"
    call.refresh_from_db()
    assert call.dispatch == Dispatch.ACCEPTED


@pytest.mark.parametrize(("minutes", "asked_about"), [(60, 1), (30, 0)])
@pytest.mark.parametrize("mark", ["next_check_at", "lease_until"])
def test_a_turn_or_lease_further_ahead_than_any_was_set_by_a_wrong_clock(
    scripted: Scripted, anna: Member, mark: str, minutes: int, asked_about: int
) -> None:
    scripted(provider_that())
    ahead = {"next_check_at": timedelta(minutes=minutes), "lease_until": timedelta(minutes=minutes / 10)}
    unknown(anna, **{mark: now() + ahead[mark]})
    assert [sweep_round().asked, sweep_round().asked] == [asked_about, 0]


def test_a_call_that_ended_before_the_clock_was_set_back_is_looked_up_once(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that())
    before = now() + timedelta(hours=1)
    ended = {
        "accepted_at": before,
        "finished_at": before,
        "is_final": True,
        "next_check_at": before,
        "talk_duration": 5,
    }
    make_call(anna, call_session_id="100", finish_reason="caller_disconnects", **ended)
    look_afterwards()
    look_afterwards()
    assert len(asked(server, "get.calls_report")) == 1


def test_what_was_last_asked_before_the_clock_was_set_back_is_asked_again(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that())
    make_call(anna, requested_at=now())
    for mark in (ASKED, KNOWN):
        marks.done(anna.account, mark, now() + timedelta(hours=1))
    look_out()
    look_out()
    (params,) = asked(server, "get.calls_report")
    assert params["date_from"] < params["date_till"]
    assert marks.last(anna.account, KNOWN) <= now()
