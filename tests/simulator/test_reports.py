"""`get.calls_report`: which calls, which fields, which figures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.simulator import NORTHWIND, Clock, Rpc, sever_config

from clickcall.simulator import Simulator
from clickcall.simulator.config import Inbound

DEFAULT = set(
    "id start_time finish_time finish_reason is_lost direction contact_phone_number virtual_phone_number "  # noqa: SIM905
    "wait_duration talk_duration clean_talk_duration total_duration call_records full_record_file_link "
    "communication_id".split()
)
ON_REQUEST = ["cpn_region_name", "employees", "tags", "call_api_external_id", "call_api_request_id"]


def around(clock: Clock, zone: str = "Europe/Moscow") -> dict[str, str]:
    """The hour before and the hour after now."""
    now = datetime.fromtimestamp(clock.now, ZoneInfo(zone))
    hour = timedelta(hours=1)
    return {
        "date_from": (now - hour).strftime("%Y-%m-%d %H:%M:%S"),
        "date_till": (now + hour).strftime("%Y-%m-%d %H:%M:%S"),
    }


def report(data_api: Rpc, clock: Clock, **params: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = data_api.data("get.calls_report", **around(clock), **params)
    return rows


def test_a_talk_is_reported_with_its_figures(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    began = datetime.fromtimestamp(clock.now, ZoneInfo("Europe/Moscow")).replace(tzinfo=None)
    session = call_api.start(direction="out")
    clock.tick(60)
    (row,) = report(data_api, clock)
    assert set(row) == DEFAULT
    assert (row["id"], row["direction"], row["finish_reason"]) == (session, "out", "caller_disconnects")
    assert row["start_time"] == began.isoformat(sep=" ", timespec="seconds")
    finish = began + timedelta(seconds=20)
    assert row["finish_time"] == finish.isoformat(sep=" ", timespec="seconds")
    assert [row[f"{kind}_duration"] for kind in ("wait", "talk", "clean_talk", "total")] == [8, 12, 12, 20]
    assert row["is_lost"] is False
    assert str(row["communication_id"]) in row["full_record_file_link"]
    assert len(row["call_records"]) == 1


def test_fields_that_are_not_default_come_when_asked_for(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    asked = call_api.ask(
        "start.vnumber_call",
        {
            "virtual_phone_number": "74993720692",
            "contact": "79260000000",
            "first_call": "employee",
            "external_id": "e",
        },
        request_id="r#2",
    )
    clock.tick(60)
    (row,) = report(data_api, clock, fields=["id", *ON_REQUEST])
    anna = {"employee_id": 486101, "employee_full_name": "Анна Кузнецова", "is_answered": True, "is_talked": True}
    assert row == {
        "id": asked["result"]["data"]["call_session_id"],
        "employees": [anna],
        "cpn_region_name": "Москва и Московская область",
        "tags": [],
        "call_api_external_id": "e",
        "call_api_request_id": "r#2",
    }


def test_a_call_without_a_talk_has_no_recording(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    call_api.start("79260000002")
    clock.tick(60)
    (row,) = report(data_api, clock)
    assert (row["talk_duration"], row["call_records"], row["full_record_file_link"]) == (0, [], None)
    assert row["is_lost"] is True


def test_a_colleague_who_answers_is_named(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    call_api.start("79260000005")
    clock.tick(60)
    (row,) = report(data_api, clock, fields=["employees"])
    seen = [(one["employee_full_name"], one["is_answered"], one["is_talked"]) for one in row["employees"]]
    assert seen == [("Анна Кузнецова", False, False), ("Олег Дементьев", True, True)]


def test_an_employee_who_was_not_rung_is_not_named(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    call_api.start("79260000001", first_call="contact")
    clock.tick(60)
    assert report(data_api, clock, fields=["employees"]) == [{"employees": []}]


def test_running_calls_are_there_only_when_asked_for(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    session = call_api.start()
    clock.tick(10)
    assert report(data_api, clock) == []
    (row,) = report(data_api, clock, include_ongoing_calls=True)
    assert (row["id"], row["finish_time"], row["finish_reason"]) == (session, None, None)
    assert (row["wait_duration"], row["talk_duration"]) == (8, 2)


def test_the_window_is_in_the_accounts_zone(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    call_api.token = data_api.token = NORTHWIND
    call_api.start(virtual_phone_number="442038070100")
    clock.tick(60)
    assert report(data_api, clock) == []
    window = around(clock, "Europe/London")
    (row,) = data_api.data("get.calls_report", **window)
    assert window["date_from"] < row["start_time"] < window["date_till"]


def test_both_ends_of_the_window_belong_to_it(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    call_api.start()
    start = datetime.fromtimestamp(clock.now, UTC).astimezone(ZoneInfo("Europe/Moscow"))
    clock.tick(60)
    moments = [(start + timedelta(seconds=n)).strftime("%Y-%m-%d %H:%M:%S") for n in (-1, 0, 1)]
    found = [
        len(data_api.data("get.calls_report", date_from=moments[a], date_till=moments[b]))
        for a, b in [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2)]
    ]
    assert found == [0, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("window", "mnemonic", "field"),
    [
        (("2026-01-01 00:00:00", "2026-04-01 00:00:01"), "date_interval_limit_reached", None),
        (("2026-01-02 00:00:00", "2026-01-01 00:00:00"), "invalid_parameter_value", "date_till"),
        (("2026-01-01", "2026-01-02 00:00:00"), "invalid_parameter_value", "date_from"),
        (("2026-1-1 0:0:0", "2026-01-02 00:00:00"), "invalid_parameter_value", "date_from"),
        (("2026-01-01T00:00:00", "2026-01-02 00:00:00"), "invalid_parameter_value", "date_from"),
    ],
)
def test_windows_are_checked(data_api: Rpc, window: tuple[str, str], mnemonic: str, field: str | None) -> None:
    error = data_api.error("get.calls_report", date_from=window[0], date_till=window[1])
    assert (error["mnemonic"], error.get("field")) == (mnemonic, field)


def test_three_months_are_not_too_many(data_api: Rpc) -> None:
    for window in [("2026-01-01 00:00:00", "2026-04-01 00:00:00"), ("2025-11-30 00:00:00", "2026-02-28 00:00:00")]:
        assert data_api.data("get.calls_report", date_from=window[0], date_till=window[1]) == []
    assert data_api.error("get.calls_report", date_till="2026-01-01 00:00:00")["field"] == "date_from"


@pytest.fixture
def late(clock: Clock) -> Iterator[Simulator]:
    callers = Inbound(every=300, account="sever", callers=("79161234501",), missed_every=1)
    with Simulator(replace(sever_config(inbound=callers), report_delay=30), clock=clock) as simulator:
        yield simulator


def test_missed_calls_from_outside_are_lost_and_may_be_reported_late(late: Simulator, clock: Clock) -> None:
    rpc = Rpc(late.data_api_url)
    clock.tick(300 + 15 + 29)
    assert report(rpc, clock) == []
    clock.tick(2)
    (row,) = report(rpc, clock, fields=["is_lost", "direction", "finish_reason", "call_api_external_id"])
    rpc.close()
    assert row == {
        "is_lost": True,
        "direction": "in",
        "finish_reason": "operator_not_responsive",
        "call_api_external_id": None,
    }


def test_the_region_of_a_number_is_told_where_it_is_known(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    for contact in ("78123334455", "79001112233", "375172111222"):
        call_api.start(contact=contact)
    clock.tick(60)
    told = [row["cpn_region_name"] for row in report(data_api, clock, fields=["cpn_region_name"])]
    assert told == ["Санкт-Петербург и Ленинградская область", None, None]
