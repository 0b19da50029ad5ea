from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clickcall.provider.data_api import CALLS_REPORT_FIELDS
from clickcall.provider.events import Leg, SeenEmployee, Sighting, from_list_calls, from_report

MOSCOW = ZoneInfo("Europe/Moscow")
LIST_ROW = {
    "call_session_id": 2**63 + 7,
    "direction": "out",
    "start_time": "2026-11-12T14:02:03.418",
    "virtual_phone_number": "74993720692",
    "contact_phone_number": "79260000000...9.2",
    "external_id": "e1",
    "tags": None,
    "legs": [
        {
            "leg_id": 11,
            "calling_phone_number": "74993720692",
            "called_phone_number": "0486101",
            "is_operator": True,
            "employee_id": 7,
            "employee_full_name": "Анна",
            "state": "Conversation",
        },
        {"leg_id": 12, "called_phone_number": "79260000000...9.2", "is_operator": "false", "state": "Dial"},
    ],
}
REPORT_ROW = {
    "id": 123,
    "start_time": "2026-11-12 14:02:03",
    "finish_time": "2026-11-12 14:05:03",
    "finish_reason": "operator_disconnects",
    "is_lost": "false",
    "direction": "in",
    "contact_phone_number": "79260000000",
    "virtual_phone_number": "74993720692",
    "wait_duration": 5,
    "talk_duration": "170",
    "clean_talk_duration": 165.9,
    "total_duration": None,
    "call_records": ["abc", {"id": 5}, None],
    "full_record_file_link": "https://app.example/system/media/talk/1/2/",
    "communication_id": 99,
    "cpn_region_name": "Омская область",
    "employees": [{"employee_id": 7, "employee_full_name": "Анна", "is_answered": True, "is_talked": "true"}],
    "call_api_external_id": "e1",
}

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.just("2026-11-12 14:02:03")
    | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
leg_keys = st.sampled_from([*LIST_ROW["legs"][0], *REPORT_ROW["employees"][0], "id", "record_id"])  # type: ignore[index]
parts = st.lists(st.dictionaries(leg_keys, values, max_size=6) | values, max_size=3)
rows = st.dictionaries(st.sampled_from([*LIST_ROW, *CALLS_REPORT_FIELDS]) | st.text(), values | parts, max_size=12)


def test_a_live_call_is_read_in_our_words():
    found = from_list_calls(LIST_ROW, MOSCOW)
    assert (found.source, found.call_session_id, found.external_id) == ("list", "9223372036854775815", "e1")
    assert (found.contact, found.virtual_number, found.direction) == ("79260000000", "74993720692", "out")
    assert found.started_at == datetime(2026, 11, 12, 11, 2, 3, 418000, tzinfo=UTC)
    assert (found.ongoing, found.finished_at, found.finish_reason, found.is_lost) == (True, None, "", None)
    assert found.legs == (
        Leg("11", True, "talking", "0486101", "7", "Анна"),
        Leg("12", False, "ringing", "79260000000", "", ""),
    )


def test_a_finished_call_is_read_in_our_words():
    assert from_report(REPORT_ROW, MOSCOW) == Sighting(
        source="report",
        call_session_id="123",
        external_id="e1",
        contact="79260000000",
        virtual_number="74993720692",
        direction="in",
        started_at=datetime(2026, 11, 12, 11, 2, 3, tzinfo=UTC),
        ongoing=False,
        legs=(),
        finished_at=datetime(2026, 11, 12, 11, 5, 3, tzinfo=UTC),
        finish_reason="operator_disconnects",
        is_lost=False,
        wait_duration=5,
        talk_duration=170,
        clean_talk_duration=165,
        total_duration=None,
        communication_id="99",
        record_link="https://app.example/system/media/talk/1/2/",
        record_ids=("abc", "5"),
        employees=(SeenEmployee("7", "Анна", True, True),),
        raw=REPORT_ROW,
        region="Омская область",
    )


def test_a_region_that_is_no_text_is_none():
    for told in (None, [], {"name": "Омская область"}, True, float("nan")):
        assert from_report({"cpn_region_name": told}, MOSCOW).region == ""


def test_a_report_of_a_live_call_is_ongoing():
    assert from_report({"id": 1, "finish_time": None, "finish_reason": None}, MOSCOW).ongoing
    assert not from_report({"id": 1, "finish_time": None, "finish_reason": "timeout"}, MOSCOW).ongoing


def test_a_reason_nobody_knows_is_kept_as_it_came():
    assert from_report({"finish_reason": "eaten_by_a_bear"}, MOSCOW).finish_reason == "eaten_by_a_bear"


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Dial", "ringing"),
        ("Dialing", "ringing"),
        ("RINGING", "ringing"),
        ("Дозвон", "ringing"),
        ("Вызов", "ringing"),
        ("Conversation", "talking"),
        (" Talking ", "talking"),
        ("Разговор", "talking"),
        ("On hold", "in_progress"),
        ("", "in_progress"),
        (None, "in_progress"),
        (True, "in_progress"),
    ],
)
def test_a_legs_state_is_display_text_with_a_floor(word, state):
    assert from_list_calls({"legs": [{"state": word}]}, MOSCOW).legs[0].state == state


def test_of_an_inbound_leg_the_caller_is_the_party():
    leg = {"calling_phone_number": "79260000000", "called_phone_number": "74993720692", "is_operator": False}
    found = from_list_calls({"virtual_phone_number": "74993720692", "legs": [leg]}, MOSCOW)
    assert (found.legs[0].number, found.contact) == ("79260000000", "79260000000")


def test_a_link_that_a_browser_would_execute_is_left_out():
    assert from_report({"full_record_file_link": "javascript:alert(1)"}, MOSCOW).record_link == ""


def test_a_direction_is_never_guessed():
    assert from_report({"direction": "sideways"}, MOSCOW).direction == ""


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows)
def test_no_row_of_the_live_list_raises(row):
    assert from_list_calls(row, MOSCOW).source == "list"


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows)
def test_no_row_of_the_report_raises(row):
    found = from_report(row, MOSCOW)
    assert found.started_at is None or found.started_at.tzinfo is UTC
    assert all(duration is None or duration >= 0 for duration in (found.wait_duration, found.talk_duration))
