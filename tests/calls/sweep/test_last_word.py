"""What follows when the provider shows a placed call no more: no call without an end, and no end that was guessed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from support.calls import make_call
from support.sightings import reported
from support.sweeps import later, provider_that, refuses, row, rows
from support.wire_server import WireServer, resets

from clickcall.calls.sightings import take_in
from clickcall.calls.sweep import sweep_round
from clickcall.models import Call, Dispatch, Member, Origin, Status

Scripted = Callable[..., WireServer]
DAY = 86_400


def accepted(caller: Member, **fields: Any) -> Call:
    began = now()
    given: dict[str, Any] = {"call_session_id": "100", "external_id": "lost", "requested_at": began}
    return make_call(caller, **(given | {"accepted_at": began} | fields))


def swept(call: Call, seconds: float) -> Call:
    with later(seconds):
        sweep_round(everything=True)
    call.refresh_from_db()
    return call


def test_a_call_that_nobody_has_shown_for_a_day_is_given_up(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that())
    call = accepted(anna)
    assert not swept(call, DAY - 60).is_final
    assert (swept(call, DAY + 60).status, call.is_final) == (Status.ENDED, True)
    assert call.given_up_at is not None
    assert (call.finished_at, call.finish_reason) == (None, "")
    assert call.events.filter(kind="given_up").count() == 1


def test_a_session_without_a_press_is_given_up_as_well(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that())
    call = accepted(anna, origin=Origin.INBOUND, external_id=None, dispatch=Dispatch.NONE, member=None)
    assert (swept(call, DAY + 60).status, call.is_missed) == (Status.ENDED, False)


def test_the_day_begins_when_it_was_last_shown(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that())
    call = accepted(anna, seen_at=now() + timedelta(hours=10))
    assert not swept(call, DAY + 60).is_final
    assert swept(call, DAY + 36_060).is_final


@pytest.mark.parametrize(
    ("live", "report"),
    [
        (resets, None),
        (None, resets),
        (None, rows(total=3)),
        (rows(total=3), None),
        (None, refuses("method_component_disabled")),
        (None, rows(row(session=100, finish_time=None, finish_reason=None, start_time=None))),
    ],
    ids=["list: reset", "report: reset", "report: cut", "list: cut", "report: not in the plan", "still shown"],
)
def test_nothing_is_given_up_unless_both_were_asked_completely_and_showed_nothing(
    scripted: Scripted, anna: Member, live: Any, report: Any
) -> None:
    scripted(provider_that(live, report))
    assert not swept(accepted(anna), DAY + 60).is_final


def test_a_later_sighting_still_tells_how_it_ended(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that())
    call = swept(accepted(anna), DAY + 60)
    take_in(anna.account, reported(call_session_id="100", finish_reason="caller_busy"), now())
    call.refresh_from_db()
    assert (call.status, call.is_final) == (Status.BUSY, True)


def test_an_end_whose_reason_the_report_never_tells_is_given_up_after_a_while(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that(report=rows(row(session=100, finish_reason=None))))
    call = accepted(anna, finished_at=now())
    assert not swept(call, 590).is_final
    assert (swept(call, 610).is_final, call.status) == (True, Status.ENDED)
    assert call.finished_at is not None
