"""The live list: one request for all, remembered where it was not bought, and sessions that nobody pressed for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils.timezone import now
from support.presses import connect, pressed, requests_of
from support.simulator import NUMBER, SEVER, Rpc, sever_config
from support.sweeps import MOSCOW, asked, later, provider_that, refuses, rows, unknown
from support.wire_server import WireServer, http, sends

from clickcall.calls.sweep import sweep_round
from clickcall.models import Account, Call, Dispatch, Member, Origin, Points, Status
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]
CLIENT = "79261234567"


def live_row(session: int = 500, **fields: Any) -> dict[str, Any]:
    return {
        "call_session_id": session,
        "direction": "in",
        "start_time": now().astimezone(MOSCOW).strftime("%Y-%m-%d %H:%M:%S"),
        "virtual_phone_number": NUMBER,
        "contact_phone_number": CLIENT,
        "external_id": None,
        "legs": [],
        **fields,
    }


def test_where_the_list_was_not_bought_it_is_asked_for_once_a_day(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that(refuses("component_disabled")))
    unknown(anna, requested_at=now() + timedelta(hours=40))
    for hours, lists in ((0, 1), (1, 1), (23, 1), (25, 2)):
        with later(hours * 3600):
            sweep_round(everything=True)
        assert len(asked(server, "list.calls")) == lists
    assert len(asked(server, "get.calls_report")) == 4, "the report has to do"


def test_a_list_that_is_there_again_is_remembered_as_there(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that())
    Account.objects.update(list_calls_missing_at=now() - timedelta(hours=25))
    unknown(anna)
    sweep_round()
    assert Account.objects.get(pk=anna.account_id).list_calls_missing_at is None


def test_a_list_too_long_for_an_answer_leaves_the_report_and_concludes_nothing(
    scripted: Scripted, anna: Member
) -> None:
    server = scripted(provider_that(sends(http("x" * (2 << 20)))))
    call = unknown(anna)
    with later(700):
        assert sweep_round().failed_accounts == []
    call.refresh_from_db()
    assert call.dispatch == Dispatch.UNKNOWN
    assert len(asked(server, "get.calls_report")) == 1


def test_calls_whose_turns_come_a_moment_apart_are_asked_about_together(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that())
    moment = now()
    for number, seconds in enumerate((-1.0, 1.0, 30.0)):
        unknown(anna, f"lost-{number}", next_check_at=moment + timedelta(seconds=seconds))
    assert sweep_round().asked == 2
    assert len(asked(server, "list.calls")) == 1


@pytest.mark.django_db(transaction=True)
def test_a_turn_that_is_asked_for_during_a_round_is_not_lost(scripted: Scripted, anna: Member) -> None:
    def event_comes_in(seen: Any, sock: Any) -> None:
        Call.objects.update(next_check_at=now())
        connections.close_all()
        rows()(seen, sock)

    scripted(provider_that(event_comes_in))
    call = unknown(anna)
    sweep_round()
    call.refresh_from_db()
    assert call.next_check_at is not None
    assert call.next_check_at <= now()


def test_a_session_without_a_press_becomes_a_call_when_the_list_shows_it(scripted: Scripted, anna: Member) -> None:
    other_number = live_row(501, virtual_phone_number="74950000000")
    scripted(provider_that(rows(live_row(), other_number, live_row(502, direction="out"))))
    unknown(anna)
    sweep_round()
    sweep_round(everything=True)
    found = Call.objects.exclude(origin=Origin.PRESS).order_by("pk")
    assert [(call.call_session_id, call.origin, call.status) for call in found] == [
        ("500", Origin.INBOUND, Status.INCOMING),
        ("502", Origin.OTHER, Status.ACCEPTED),
    ]
    assert found[0].contact_phone == CLIENT
    assert found[0].lease_until is None


def test_a_press_that_was_settled_as_not_placed_is_accepted_when_the_list_shows_it(
    scripted: Scripted, anna: Member
) -> None:
    scripted(provider_that(rows(live_row(external_id="late", contact_phone_number="79260000000"))))
    late = unknown(anna, "late", dispatch=Dispatch.NOT_PLACED, status=Status.NOT_PLACED, is_final=True)
    unknown(anna)
    sweep_round()
    late.refresh_from_db()
    assert (late.dispatch, late.call_session_id, late.is_final) == (Dispatch.ACCEPTED, "500", False)


@pytest.mark.parametrize("name", ["minute", "day"])
def test_the_reserve_of_points_is_left_to_presses(scripted: Scripted, anna: Member, name: str) -> None:
    server = scripted(provider_that())
    soon = now() + timedelta(hours=1)
    left = {f"{name}_limit": 100, f"{name}_remaining": 10, f"{name}_resets_at": soon}
    Points.objects.create(account=anna.account, seen_at=now(), **left)
    lost = unknown(anna)
    stale = unknown(anna, "stale", dispatch=Dispatch.SENDING, status=Status.CALLING, cause="")
    with later(60):
        assert sweep_round().asked == 0
    assert server.requests == []
    stale.refresh_from_db()
    assert stale.dispatch == Dispatch.UNKNOWN, "what no provider has to be asked for is known all the same"
    lost.refresh_from_db()
    assert lost.next_check_at is not None
    with later(3700):
        assert sweep_round().asked == 2


def test_an_employee_whose_phone_rings_is_named(account: Account, anna: Member, wire_settings: Any) -> None:
    with Simulator(sever_config(blacklist=())) as provider:
        connect(account, provider.url)
        account.tokens.create(name="main", secret=SEVER)
        account.numbers.create(digits=NUMBER, name="Moscow")
        call = pressed(anna)
        with later(1):
            sweep_round(everything=True)
        rpc = Rpc(account.call_api_url)
        (shown,) = rpc.data("list.calls")
        rpc.close()
    call.refresh_from_db()
    (leg,) = [leg for leg in shown["legs"] if leg["is_operator"]]
    assert call.employee_name == leg["employee_full_name"] != ""
    assert len(requests_of(provider, "get.calls_report")) == 0
