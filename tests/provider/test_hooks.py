"""What a notification says, whatever its body holds."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clickcall.provider.hooks import EVENTS, from_hook, told_at
from clickcall.provider.sighting import SeenEmployee

MOSCOW = ZoneInfo("Europe/Moscow")
NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BODY = {
    "event": "waiting",
    "notification_time": "2026-11-23 12:00:00",
    "call_session_id": 2**63 + 7,
    "virtual_phone_number": "74993720692",
    "contact_phone_number": "79260000000",
    "external_id": "e1",
    "communication_id": "99",
}


def hook(event: str = "waiting", **fields: Any) -> Any:
    return from_hook(BODY | {"event": event} | fields, MOSCOW)


@pytest.mark.parametrize(
    ("event", "stage", "direction", "ongoing"),
    [
        ("incoming", "incoming", "in", True),
        ("outgoing", "outgoing", "out", True),
        ("waiting", "waiting", "", True),
        ("talk_started", "talk_started", "", True),
        ("talk_finished", "talk_finished", "", True),
        ("call_finished", "finished", "", False),
        ("recording_ready", "recorded", "", False),
        ("lost_call", "lost", "in", False),
    ],
)
def test_each_event_has_its_stage(event: str, stage: str, direction: str, ongoing: bool) -> None:
    seen = hook(event)
    assert (seen.source, seen.stage, seen.direction, seen.ongoing) == ("hook", stage, direction, ongoing)


def test_the_common_words_become_ours() -> None:
    seen = hook()
    assert seen.call_session_id == str(2**63 + 7)
    assert (seen.external_id, seen.contact, seen.virtual_number) == ("e1", "79260000000", "74993720692")
    assert seen.communication_id == "99"


def test_the_direction_that_is_told_wins_over_the_event() -> None:
    assert hook("outgoing", direction="in").direction == "in"


def test_numbers_may_be_strings_and_what_is_empty_is_absent() -> None:
    seen = hook("call_finished", call_session_id="123", talk_time_duration="34", wait_time_duration="", direction=None)
    assert (seen.call_session_id, seen.talk_duration, seen.wait_duration, seen.direction) == ("123", 34, None, "")


def test_an_end_has_its_time_its_durations_and_the_beginning_that_follows() -> None:
    seen = hook("call_finished", talk_time_duration=34, total_time_duration=43, wait_time_duration=9)
    assert (seen.finished_at, seen.talk_duration, seen.total_duration, seen.wait_duration) == (NOON, 34, 43, 9)
    assert seen.started_at == datetime(2026, 11, 23, 8, 59, 17, tzinfo=UTC)


def test_a_lost_call_has_ended_and_was_lost() -> None:
    seen = hook("lost_call", wait_time_duration=20)
    assert (seen.finished_at, seen.is_lost) == (NOON, True)
    assert seen.started_at == datetime(2026, 11, 23, 8, 59, 40, tzinfo=UTC)


def test_a_reason_is_taken_where_one_is_told() -> None:
    assert hook("call_finished", finish_reason="caller_busy").finish_reason == "caller_busy"


@pytest.mark.parametrize("event", ["waiting", "talk_started", "talk_finished", "recording_ready"])
def test_what_is_no_end_finishes_nothing(event: str) -> None:
    seen = hook(event)
    assert (seen.finished_at, seen.started_at, seen.is_lost) == (None, None, None)


def test_a_call_begins_with_the_event_that_says_so() -> None:
    assert hook("incoming").started_at == NOON


@pytest.mark.parametrize(("event", "talked"), [("waiting", None), ("talk_started", True), ("call_finished", None)])
def test_only_in_a_talk_the_employee_has_talked(event: str, talked: bool | None) -> None:
    seen = hook(event, employee_id=7, employee_full_name="Анна")
    assert seen.employees == (SeenEmployee("7", "Анна", talked, talked),)


def test_without_an_employee_there_is_none() -> None:
    assert hook(employee_id="", employee_full_name=None).employees == ()


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://app.example/system/media/talk/1/2/", True),
        ("http://app.example/x.wav", True),
        ("javascript:alert(1)", False),
        ("//app.example/x.wav", False),
        (7, False),
    ],
)
def test_only_a_link_that_a_page_may_show_is_kept(link: object, kept: bool) -> None:
    assert hook("recording_ready", file_link=link).record_link == (link if kept else "")


@pytest.mark.parametrize(
    "stamp", [1795424400, "1795424400", 1795424400.0, "1795424400.25", 1795424400000, "1795424400000"]
)
def test_a_unix_time_is_read_in_seconds_and_in_milliseconds(stamp: object) -> None:
    at = told_at({"notification_timestamp": stamp, "notification_time": "2020-01-01 00:00:00"}, MOSCOW)
    assert at is not None
    assert at.replace(microsecond=0) == NOON


@pytest.mark.parametrize("stamp", [None, "", "soon", True, -1, 10**400, float("inf"), float("nan"), "1e300", [1]])
def test_without_a_usable_unix_time_the_accounts_own_time_counts(stamp: object) -> None:
    assert told_at({"notification_timestamp": stamp, "notification_time": "2026-11-23 12:00:00"}, MOSCOW) == NOON


def test_an_event_without_any_time_has_none() -> None:
    seen = from_hook({"event": "call_finished", "call_session_id": 1}, MOSCOW)
    assert (seen.finished_at, seen.started_at, seen.ongoing) == (None, None, False)


def test_an_event_that_we_do_not_know_says_nothing_about_how_far_a_call_has_come() -> None:
    assert hook("something_new").stage == ""


def test_a_secret_in_the_body_is_masked() -> None:
    assert "very-secret" not in str(hook(access_token="very-secret-key-0123456789").raw)


names = (
    st.sampled_from([*BODY, "notification_timestamp", "file_link", "employee_id", "total_time_duration"]) | st.text()
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(EVENTS)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(names, scalars | st.lists(scalars, max_size=3), max_size=14))
def test_no_body_makes_it_raise(body: dict[str, Any]) -> None:
    seen = from_hook(body, MOSCOW)
    assert seen.source == "hook"
    assert seen.finished_at is None or not seen.ongoing
