"""What may be concluded about a lost press, and what is taken for it."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils.timezone import now
from support.presses import placed_at, pressed, requests_of
from support.sweeps import MOSCOW, SETTLED, later, provider_that, refuses, row, rows, unknown
from support.wire_server import Script, Seen, WireServer, hangs, http, resets, sends

from clickcall.calls import services
from clickcall.calls.events import seen
from clickcall.calls.sweep import sweep_round
from clickcall.models import Call, Dispatch, Member, Status
from clickcall.models.saving import save_changes
from clickcall.provider.events import from_report
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]


@pytest.mark.parametrize(
    ("live", "report", "dispatch"),
    [
        (None, None, Dispatch.NOT_PLACED),
        (refuses("component_disabled"), None, Dispatch.NOT_PLACED),
        (None, refuses("internal_error"), Dispatch.UNKNOWN),
        (None, refuses("method_component_disabled"), Dispatch.UNKNOWN),
        (None, resets, Dispatch.UNKNOWN),
        (None, hangs, Dispatch.UNKNOWN),
        (None, sends(http("<html>")), Dispatch.UNKNOWN),
        (None, rows(total=3), Dispatch.UNKNOWN),
        (refuses("access_token_expired"), None, Dispatch.UNKNOWN),
        (refuses("limit_exceeded"), None, Dispatch.UNKNOWN),
        (resets, None, Dispatch.UNKNOWN),
        (sends(http('{"jsonrpc": "2.0", "id": "another", "result": {"data": []}}')), None, Dispatch.UNKNOWN),
    ],
    ids=[
        "both asked",
        "no live list in the plan",
        "report: internal error",
        "report: not in the plan",
        "report: reset",
        "report: never",
        "report: not JSON",
        "report: incomplete",
        "list: dead key",
        "list: limit",
        "list: reset",
        "list: another's answer",
    ],
)
def test_not_placed_needs_two_complete_answers(
    scripted: Scripted,
    anna: Member,
    wire_settings: Callable[..., None],
    live: Script | None,
    report: Script | None,
    dispatch: Dispatch,
) -> None:
    wire_settings(CONNECT_TIMEOUT=0.2, READ_TIMEOUT=0.2)
    scripted(provider_that(live, report))
    call = unknown(anna)
    with later(SETTLED):
        result = sweep_round()
    call.refresh_from_db()
    assert call.dispatch == dispatch
    assert (result.failed_accounts == []) == (dispatch == Dispatch.NOT_PLACED)


@pytest.mark.parametrize("to", ["live", "report"])
def test_a_key_without_the_right_to_one_of_the_two_goes_on_to_place_calls(
    scripted: Scripted, anna: Member, to: str
) -> None:
    scripted(provider_that(**{to: refuses("forbidden")}))
    unknown(anna)
    with later(SETTLED):
        assert sweep_round().failed_accounts == [anna.account.slug]
    assert [token.last_error for token in anna.account.tokens.all()] == [""]


@pytest.mark.parametrize("live", [refuses("forbidden"), refuses("internal_error"), resets])
def test_what_the_report_says_is_told_though_the_live_list_is_not_answered(
    scripted: Scripted, anna: Member, live: Script
) -> None:
    scripted(provider_that(live, rows(row())))
    call = unknown(anna)
    assert sweep_round().failed_accounts == [anna.account.slug]
    call.refresh_from_db()
    assert (call.dispatch, call.status, call.is_final) == (Dispatch.ACCEPTED, Status.BUSY, True)


def test_what_the_live_list_shows_is_told_though_the_report_is_not_answered(scripted: Scripted, anna: Member) -> None:
    ringing = {
        "call_session_id": 100,
        "external_id": "lost",
        "contact_phone_number": "79260000000",
        "legs": [{"leg_id": 1, "is_operator": True, "state": "ringing"}],
    }
    scripted(provider_that(rows(ringing), refuses("forbidden")))
    call = unknown(anna)
    unknown(anna, "another")
    assert sweep_round().failed_accounts == [anna.account.slug]
    call.refresh_from_db()
    assert (call.dispatch, call.status) == (Dispatch.ACCEPTED, Status.RINGING_YOU)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "europe/moscow"])
def test_in_a_zone_that_this_machine_does_not_know_silence_says_nothing(
    scripted: Scripted, anna: Member, zone: str
) -> None:
    scripted(provider_that(account=rows({"timezone": zone})))
    save_changes(anna.account, provider_timezone="")
    call = unknown(anna)
    with later(SETTLED):
        assert sweep_round().failed_accounts == [anna.account.slug]
    call.refresh_from_db()
    assert call.dispatch == Dispatch.UNKNOWN


def test_where_no_key_may_ask_for_the_zone_calls_are_followed_and_nothing_is_concluded(
    scripted: Scripted, anna: Member
) -> None:
    scripted(provider_that(report=rows(row()), account=refuses("forbidden")))
    save_changes(anna.account, provider_timezone="")
    shown, silent = unknown(anna), unknown(anna, "silent")
    with later(SETTLED):
        sweep_round()
    assert [Call.objects.get(pk=call.pk).dispatch for call in (shown, silent)] == [Dispatch.ACCEPTED, Dispatch.UNKNOWN]


@pytest.mark.parametrize(("seconds", "dispatch"), [(590, Dispatch.UNKNOWN), (610, Dispatch.NOT_PLACED)])
def test_a_lost_press_is_settled_only_after_its_time(
    scripted: Scripted, anna: Member, seconds: int, dispatch: Dispatch
) -> None:
    scripted(provider_that())
    call = unknown(anna)
    with later(seconds):
        sweep_round()
    call.refresh_from_db()
    assert call.dispatch == dispatch


def test_an_accepted_press_is_never_settled_as_not_placed(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that())
    call = unknown(anna, dispatch=Dispatch.ACCEPTED, status=Status.ACCEPTED, call_session_id="5", cause="")
    with later(SETTLED):
        sweep_round()
    call.refresh_from_db()
    assert call.dispatch == Dispatch.ACCEPTED


def test_a_later_sighting_turns_not_placed_into_accepted(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that())
    call = unknown(anna)
    with later(SETTLED):
        sweep_round()
        call = services.apply_event(call, seen(from_report(row(), MOSCOW), now()))
    assert (call.dispatch, call.call_session_id, call.status) == (Dispatch.ACCEPTED, "100", Status.BUSY)


def test_a_lost_press_is_found_in_the_report(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that(report=rows(row())))
    call = unknown(anna)
    assert sweep_round().changed == 1
    call.refresh_from_db()
    assert (call.dispatch, call.call_session_id, call.cause) == (Dispatch.ACCEPTED, "100", "")
    assert (call.status, call.is_final) == (Status.BUSY, True)


@pytest.mark.parametrize(
    "other",
    [
        row(contact_phone_number="79269999999"),
        row(at=datetime(2026, 1, 1, tzinfo=UTC)),
        row("somebody-else"),
        row(call_api_external_id=None),
    ],
    ids=["another contact", "long ago", "another press", "no press"],
)
def test_what_is_not_this_press_is_not_taken_for_it(scripted: Scripted, anna: Member, other: dict[str, Any]) -> None:
    scripted(provider_that(report=rows(other)))
    call = unknown(anna)
    sweep_round()
    call.refresh_from_db()
    assert (call.dispatch, call.call_session_id) == (Dispatch.UNKNOWN, "")


def test_a_clock_of_the_provider_that_is_a_little_behind_is_no_reason_to_overlook(
    scripted: Scripted, anna: Member
) -> None:
    scripted(provider_that(report=rows(row(at=now() - timedelta(minutes=4)))))
    call = unknown(anna)
    sweep_round()
    call.refresh_from_db()
    assert call.dispatch == Dispatch.ACCEPTED


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_sessions_the_first_is_taken_and_the_second_raises_an_alarm_once(
    scripted: Scripted, anna: Member, caplog: pytest.LogCaptureFixture, order: int
) -> None:
    two = [row(session=100, finish_time=None, finish_reason=None), row(session=101)][::order]
    scripted(provider_that(report=rows(*two)))
    call = unknown(anna)
    sweep_round()
    sweep_round(everything=True)
    call.refresh_from_db()
    assert call.call_session_id == "100"
    assert not call.is_final, "the second session's end is not the first one's"
    alarms = call.events.filter(kind="second_session")
    assert [event.data["call_session_id"] for event in alarms] == ["101"]
    assert [record.levelname for record in caplog.records].count("CRITICAL") == 1


def test_a_press_that_was_lost_long_ago_is_looked_for_in_its_own_time(scripted: Scripted, anna: Member) -> None:
    """A report spans three months: after a worker was away for longer, the time of the press is asked about as well."""
    pressed_at = now() - timedelta(days=200)
    asked_for: list[tuple[datetime, datetime]] = []

    def report(seen: Seen, sock: socket.socket) -> None:
        since, till = (datetime.fromisoformat(seen.call["params"][name]) for name in ("date_from", "date_till"))
        asked_for.append((since, till))
        local = pressed_at.astimezone(MOSCOW).replace(tzinfo=None)
        rows(*([row(at=pressed_at)] if since <= local <= till else []))(seen, sock)

    scripted(provider_that(report=report))
    call = unknown(anna, requested_at=pressed_at)
    sweep_round()
    call.refresh_from_db()
    assert call.dispatch == Dispatch.ACCEPTED
    assert all(till - since <= timedelta(days=89) for since, till in asked_for)
    assert all(one[1] >= other[0] for one, other in pairwise(asked_for)), "no gap between two pieces"


LOST = ["79260000009", "79260000010", "79260000011", "79260000014", "79260000021"]


@pytest.mark.parametrize("contact", LOST)
def test_a_call_whose_answer_got_lost_is_found_while_it_rings(provider: Simulator, anna: Member, contact: str) -> None:
    call = pressed(anna, f"+{contact}")
    assert call.dispatch == Dispatch.UNKNOWN
    sweep_round(everything=True)
    call.refresh_from_db()
    (placed,) = placed_at(provider)
    assert (call.dispatch, call.call_session_id) == (Dispatch.ACCEPTED, str(placed["call_session_id"]))
    assert call.status == Status.RINGING_YOU
    assert len(requests_of(provider)) == 1


@pytest.mark.parametrize("contact", ["79260000012", "79260000013"])
def test_a_call_that_was_never_placed_is_settled(provider: Simulator, anna: Member, contact: str) -> None:
    call = pressed(anna, f"+{contact}")
    assert call.dispatch == Dispatch.UNKNOWN
    with later(SETTLED):
        sweep_round()
    call.refresh_from_db()
    assert (call.dispatch, call.status) == (Dispatch.NOT_PLACED, Status.NOT_PLACED)
    assert (len(requests_of(provider)), placed_at(provider)) == (1, [])
