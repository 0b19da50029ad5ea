"""The queue hears of a press's end from whatever event brings it, and hears of it once."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from support.calls import make_call

from clickcall.calls.events import Event
from clickcall.calls.lifecycle import Facts
from clickcall.calls.services import apply_event
from clickcall.contacts import queue
from clickcall.models import Call, Contact, Dispatch, EventSource, Member, Origin, QueueEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    calls: list[Call] = []
    monkeypatch.setattr(queue, "note_end", calls.append)
    return calls


def told(call: Call, **facts: object) -> None:
    known = {"dispatch": Dispatch.ACCEPTED, "origin": call.origin, **facts}
    apply_event(call, Event(EventSource.REPORT, "seen", now(), Facts(**known)))


def test_an_end_gives_the_contact_its_next_attempt(anna: Member, ivan: Contact) -> None:
    call = make_call(anna, contact=ivan)
    told(call, finished_at=now(), finish_reason="caller_busy")
    assert QueueEntry.objects.get().next_attempt_at == call.finished_at + timedelta(hours=2)


def test_the_queue_hears_of_an_end_once(anna: Member, ivan: Contact, heard: list[Call]) -> None:
    call, end = make_call(anna, contact=ivan), now()
    told(call, contact_ringing_at=end - timedelta(seconds=30))
    assert heard == []
    told(call, finished_at=end, finish_reason="caller_busy")
    told(call, finished_at=end, finish_reason="caller_busy", total_duration=40)
    assert heard == [call]


def test_an_end_that_turns_out_otherwise_is_heard_again(anna: Member, ivan: Contact, heard: list[Call]) -> None:
    call = make_call(anna, contact=ivan, dispatch=Dispatch.UNKNOWN)
    told(call, dispatch=Dispatch.NOT_PLACED)
    told(call, finished_at=now(), finish_reason="caller_disconnects", talk_duration=30)
    assert [one.status for one in heard] == ["talked", "talked"]
    assert len(heard) == 2


def test_an_inbound_end_changes_nothing_in_the_queue(anna: Member, ivan: Contact) -> None:
    given = {"origin": Origin.INBOUND, "dispatch": "", "external_id": None, "call_session_id": "8"}
    call = make_call(anna, contact=ivan, **given)
    told(call, dispatch="", finished_at=now(), is_missed=True)
    assert not QueueEntry.objects.exists()
