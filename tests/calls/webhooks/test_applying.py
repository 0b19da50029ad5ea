"""What is new is applied once, by whoever comes first; what fails is tried again, less and less often."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import now
from support import people
from support.calls import make_call
from support.hooks import SESSION, Send, body

from clickcall.calls.webhooks import applying
from clickcall.management.jobs import JOBS
from clickcall.models import Account, Call, Dispatch, HookDelivery, HookState, Member, Origin, Status, VirtualNumber

pytestmark = pytest.mark.django_db


def store(account: Account, *, received: datetime, tried: datetime | None, **fields: Any) -> HookDelivery:
    """A notification that is still new."""
    return HookDelivery.objects.create(
        account=account,
        event="incoming",
        body=json.dumps(body("incoming", **fields)),
        received_at=received,
        applied_at=tried,
    )


def ago(seconds: float) -> datetime:
    return now() - timedelta(seconds=seconds)


def test_the_worker_applies_what_was_only_stored(account: Account, number: VirtualNumber) -> None:
    row = store(account, received=ago(60), tried=ago(60))
    assert applying.apply_waiting() == 1
    row.refresh_from_db()
    assert (row.state, Call.objects.count()) == (HookState.APPLIED, 1)
    assert applying.apply_waiting() == 0


@pytest.mark.parametrize(
    ("received", "tried", "due"),
    [
        (20, 20, True),  # whoever took it in is dead
        (5, 5, False),  # and here may still be at work
        (3, None, True),
        (120, 40, False),  # 80 s old when it was tried: it rests for 80 s
        (120, 70, True),
        (90_000, 3_700, True),  # after an hour in any case
        (90_000, 3_500, False),
    ],
)
def test_after_a_failure_a_row_rests_for_as_long_as_it_was_old(
    account: Account, received: float, tried: float | None, due: bool
) -> None:
    store(account, received=ago(received), tried=None if tried is None else ago(tried))
    assert applying.waiting(now()).exists() == due


def test_of_two_who_want_to_try_one_does(account: Account) -> None:
    store(account, received=ago(60), tried=ago(60))
    one, other = (applying.waiting(now()).get() for _ in range(2))
    assert (applying._claim(one), applying._claim(other)) == (True, False)


def test_what_fails_stays_and_holds_up_nothing_else(
    account: Account, number: VirtualNumber, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (1, 2):
        store(account, received=ago(60), tried=None, call_session_id=place)
    taken, take_in = [], applying.take_in

    def fail_once(account: Account, sighting: Any, at: datetime, **own: Any) -> Any:
        if sighting.call_session_id == "1":
            raise KeyError("a bug")
        taken.append(sighting.call_session_id)
        return take_in(account, sighting, at, **own)

    monkeypatch.setattr(applying, "take_in", fail_once)
    assert applying.apply_waiting() == 1
    assert taken == ["2"]
    assert HookDelivery.objects.get(state=HookState.NEW).applied_at is not None
    assert applying.apply_waiting() == 0


def test_nobody_tries_what_is_settled(account: Account) -> None:
    row = store(account, received=ago(60), tried=None)
    for state in (HookState.APPLIED, HookState.FOREIGN, HookState.BROKEN):
        HookDelivery.objects.filter(pk=row.pk).update(state=state)
        assert not applying.waiting(now()).exists()


def test_looking_for_work_reads_the_index_of_what_is_new() -> None:
    if connection.vendor == "sqlite":
        assert "hook_waiting" in applying.waiting(now())[:5].explain()


def test_the_worker_has_it_among_its_jobs() -> None:
    assert applying.apply_waiting in JOBS


def test_the_time_of_an_event_is_ours_unless_it_was_long_under_way() -> None:
    received = now()
    for late, told_counts in ((0, False), (29, False), (31, True), (-100, False)):
        told = received - timedelta(seconds=late)
        assert applying._happened(told, received) == (told if told_counts else received)
    assert applying._happened(None, received) == received


@pytest.fixture
def press(anna: Member, number: VirtualNumber) -> Call:
    """A press that is being sent: the provider's answer has not come yet."""
    return make_call(
        anna, number=number, external_id="press-1", dispatch=Dispatch.SENDING, requested_at=now(), attempted_at=now()
    )


def told(event: str, **fields: Any) -> dict[str, Any]:
    stamp = (now() + timedelta(seconds=fields.pop("after", 0))).timestamp()
    return body(event, external_id="press-1", notification_timestamp=stamp, **fields)


END = {"talk_time_duration": 34, "wait_time_duration": 9, "total_time_duration": 43, "after": 43}


def test_an_event_may_come_before_the_answer_to_the_press(send: Send, press: Call) -> None:
    send(told("waiting"))
    press.refresh_from_db()
    assert (press.dispatch, press.call_session_id) == (Dispatch.ACCEPTED, str(SESSION))
    assert press.status == Status.RINGING_YOU
    assert Call.objects.count() == 1


def test_an_event_without_our_id_does_not_make_a_second_call_of_a_press(send: Send, press: Call) -> None:
    send({name: value for name, value in told("outgoing").items() if name != "external_id"})
    assert Call.objects.count() == 1
    assert HookDelivery.objects.get().state == HookState.FOREIGN


def test_the_events_of_a_press_tell_its_whole_story(send: Send, press: Call) -> None:
    found = []
    for event, more in (("waiting", {}), ("talk_started", {}), ("talk_finished", {}), ("call_finished", END)):
        send(told(event, **more))
        press.refresh_from_db()
        found.append(press.status)
    assert found == [Status.RINGING_YOU, Status.TALKING, Status.TALKING, Status.TALKED]
    send(told("recording_ready", file_link="https://app.example/r.mp3"))
    press.refresh_from_db()
    assert (press.record_link, press.talk_duration, press.is_final) == ("https://app.example/r.mp3", 34, True)


def test_repeated_and_out_of_order_they_tell_the_same(send: Send, press: Call) -> None:
    story = [told("waiting"), told("talk_started"), told("call_finished", **END)]
    for one in [*reversed(story), *story]:
        assert send(one).status_code == 200
    press.refresh_from_db()
    assert (press.status, press.talk_duration, Call.objects.count()) == (Status.TALKED, 34, 1)


def test_an_event_makes_the_sweep_look_at_once(send: Send, press: Call) -> None:
    Call.objects.update(next_check_at=now() + timedelta(minutes=20))
    send(told("waiting"))
    assert Call.objects.due(now()).filter(pk=press.pk).exists()


def test_a_session_nobody_pressed_for_becomes_an_inbound_call(send: Send, number: VirtualNumber) -> None:
    send(body("incoming"))
    send(body("lost_call", wait_time_duration=12))
    call = Call.objects.get()
    assert (call.origin, call.status, call.external_id) == (Origin.INBOUND, Status.MISSED, None)


def test_an_event_on_a_number_that_is_not_ours_is_foreign(send: Send, account: Account, anna: Member) -> None:
    people.make_number(people.make_account("other"), "74951045771")
    send(body("incoming", virtual_phone_number="74951045771"))
    assert HookDelivery.objects.get().state == HookState.FOREIGN
    assert not Call.objects.exists()
