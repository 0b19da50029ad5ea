"""A call seen at the provider, as an event."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clickcall.calls import lifecycle
from clickcall.calls.events import seen
from clickcall.models import Dispatch, EventSource, Status
from clickcall.provider.sighting import Leg, SeenEmployee, Sighting

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STARTED, FINISHED = NOW - timedelta(seconds=60), NOW - timedelta(seconds=5)


def sighting(**fields: Any) -> Sighting:
    defaults: dict[str, Any] = {
        **dict.fromkeys(("call_session_id", "external_id", "contact", "virtual_number", "direction"), ""),
        **dict.fromkeys(("finish_reason", "communication_id", "record_link"), ""),
        **dict.fromkeys(("wait_duration", "talk_duration", "clean_talk_duration", "total_duration"), None),
        **dict.fromkeys(("legs", "record_ids", "employees"), ()),
        "source": "list",
        "started_at": STARTED,
        "ongoing": True,
        "finished_at": None,
        "is_lost": None,
        "raw": {},
    }
    return Sighting(**(defaults | {"call_session_id": "5"} | fields))


def leg(state: Any, *, is_employee: bool) -> Leg:
    return Leg("1", is_employee, state, "79260000000", "", "")


def person(name: str, *, answered: bool | None = None, talked: bool | None = None) -> SeenEmployee:
    return SeenEmployee("1", name, answered, talked)


def ended(**fields: Any) -> Sighting:
    return sighting(source="report", ongoing=False, finished_at=FINISHED, **fields)


def test_whatever_is_seen_was_placed() -> None:
    news = seen(sighting(), NOW).news
    assert (news.dispatch, news.call_session_id, news.accepted_at) == (Dispatch.ACCEPTED, "5", STARTED)
    assert seen(sighting(started_at=None), NOW).news.accepted_at == NOW


@pytest.mark.parametrize(
    ("legs", "kind", "status"),
    [
        ((), "seen", Status.ACCEPTED),
        ((leg("in_progress", is_employee=True),), "seen", Status.ACCEPTED),
        ((leg("ringing", is_employee=True),), "ringing_employee", Status.RINGING_YOU),
        ((leg("talking", is_employee=True),), "seen", Status.ACCEPTED),
        (
            (leg("talking", is_employee=True), leg("ringing", is_employee=False)),
            "ringing_contact",
            Status.RINGING_CONTACT,
        ),
        ((leg("talking", is_employee=True), leg("talking", is_employee=False)), "talking", Status.TALKING),
        ((leg("talking", is_employee=False), leg("ringing", is_employee=True)), "ringing_employee", Status.RINGING_YOU),
    ],
)
def test_legs_say_whose_phone_rings(legs: tuple[Leg, ...], kind: str, status: Status) -> None:
    event = seen(sighting(legs=legs), NOW)
    assert (event.source, event.kind, event.at) == (EventSource.LIST, kind, NOW)
    assert lifecycle.status(event.news) == status
    assert event.news.finished_at is None


def test_a_report_tells_the_end() -> None:
    event = seen(ended(finish_reason="caller_busy", wait_duration=9, talk_duration=0, total_duration=9), NOW)
    assert (event.source, event.kind) == (EventSource.REPORT, "finished")
    assert (event.news.finished_at, event.news.finish_reason, event.news.wait_duration) == (FINISHED, "caller_busy", 9)
    assert lifecycle.status(event.news) == Status.BUSY


def test_what_is_still_going_on_has_no_end_yet() -> None:
    news = seen(sighting(source="report", finished_at=FINISHED, finish_reason="x", talk_duration=3), NOW).news
    assert (news.finished_at, news.finish_reason, news.talk_duration) == (None, "", None)


def test_who_answered_is_known_at_the_end_and_during_a_talk() -> None:
    people = (person("Анна"), person("Олег", answered=True))
    assert seen(ended(employees=people), NOW).news.answered_by == "Олег"
    assert seen(sighting(employees=people), NOW).news.answered_by == ""
    assert seen(sighting(employees=(person("Олег", talked=True),)), NOW).news.answered_by == "Олег"
    assert seen(ended(employees=(person("Анна"),)), NOW).news.answered_by == ""


def test_a_recording_may_come_at_any_time() -> None:
    assert seen(sighting(record_link="https://example.com/1"), NOW).news.record_link == "https://example.com/1"


def test_what_was_said_is_kept_as_it_came() -> None:
    assert seen(sighting(raw={"id": 5}), NOW).data == {"id": 5}
