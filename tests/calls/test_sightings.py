"""A call seen at the provider finds its row, or becomes one: never two for one session."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import now
from support import people
from support.presses import at_once
from support.sightings import CLIENT, reported, sighting
from support.simulator import NUMBER
from support.sweeps import unknown

from clickcall.calls import services, sightings
from clickcall.calls.events import Event
from clickcall.calls.lifecycle import Facts
from clickcall.calls.services.sessions import record_session
from clickcall.calls.services.twins import absorb
from clickcall.calls.sightings import take_in
from clickcall.models import Account, Call, Contact, Dispatch, EventSource, Member, Origin, Status, VirtualNumber


def sending(member: Member, external_id: str = "early", **fields: Any) -> Call:
    """A press whose answer has not come yet."""
    return unknown(
        member, external_id, dispatch=Dispatch.SENDING, status=Status.CALLING, cause="", number_digits=NUMBER, **fields
    )


def answered(call: Call, session: str) -> Call:
    """Our own answer comes in."""
    news = Facts(dispatch=Dispatch.ACCEPTED, call_session_id=session, accepted_at=now())
    return services.apply_event(call, Event(EventSource.ANSWER, "accepted", now(), news))


def test_a_notification_before_our_own_answer_finds_the_press(anna: Member, number: VirtualNumber) -> None:
    press = sending(anna)
    call = take_in(anna.account, sighting(external_id="early", stage="waiting", direction="out"), now())
    assert call == press
    press.refresh_from_db()
    assert (press.dispatch, press.call_session_id) == (Dispatch.ACCEPTED, "500")
    answered(press, "500")
    assert Call.objects.count() == 1


def test_a_notification_that_names_no_press_waits_while_one_may_be_meant(anna: Member, number: VirtualNumber) -> None:
    press = sending(anna)
    assert take_in(anna.account, sighting(stage="outgoing", direction="out"), now()) is None
    answered(press, "500")
    assert take_in(anna.account, sighting(stage="outgoing", direction="out"), now()) == press
    assert Call.objects.count() == 1


def test_an_answer_that_is_committed_between_two_looks_makes_no_second_call(
    anna: Member, number: VirtualNumber, monkeypatch: pytest.MonkeyPatch
) -> None:
    press, asked = sending(anna), sightings._may_be_a_press

    def after_the_answer(account: Account, seen: Any) -> bool:
        answered(press, "500")
        return asked(account, seen)

    monkeypatch.setattr(sightings, "_may_be_a_press", after_the_answer)
    assert take_in(anna.account, sighting(stage="incoming"), now()) == press
    assert Call.objects.count() == 1


@pytest.mark.parametrize("other", [{"contact": "79269999999"}, {"virtual_number": "74952222222"}, {"source": "list"}])
def test_what_cannot_be_a_pending_press_waits_for_nothing(anna: Member, number: VirtualNumber, other: Any) -> None:
    people.make_number(anna.account, "74952222222", name="second")
    sending(anna)
    call = take_in(anna.account, sighting(**other), now())
    assert call is not None
    assert call.origin == Origin.INBOUND


def test_a_row_that_was_quicker_than_our_answer_becomes_part_of_the_press(
    anna: Member, number: VirtualNumber, ivan: Contact
) -> None:
    """However it came about: a second call in the log would be a call that nobody made."""
    twin = record_session(anna.account, number, sighting(), now())
    services.note(twin, EventSource.HOOK, "incoming")
    Call.objects.filter(pk=twin.pk).update(employee_ringing_at=now(), is_missed=True)
    press = answered(sending(anna), "500")
    assert [call.pk for call in Call.objects.all()] == [press.pk]
    press.refresh_from_db()
    assert (press.status, press.is_missed) == (Status.RINGING_YOU, False)
    assert {event.kind for event in press.events.all()} == {"incoming", "accepted"}
    ivan.refresh_from_db()
    assert ivan.last_call == press


def test_the_calls_of_many_sessions_are_the_accounts_own_and_presses_first(
    anna: Member, number: VirtualNumber, stranger: Member
) -> None:
    record_session(stranger.account, people.make_number(stranger.account), sighting(), now())
    twin = record_session(anna.account, number, sighting(), now())
    press = unknown(anna, call_session_id="500")
    other = record_session(anna.account, number, sighting(call_session_id="600"), now())
    with transaction.atomic():
        assert sightings.calls_of(anna.account, ["500", "600", "700"]) == {"500": press, "600": other}
    assert press.pk > twin.pk


def test_without_such_a_row_nothing_is_absorbed(anna: Member, stranger: Member) -> None:
    theirs = people.make_number(stranger.account)
    record_session(stranger.account, theirs, sighting(), now())
    facts = Facts(call_session_id="500")
    assert absorb(sending(anna), facts) == facts
    assert Call.objects.count() == 2


@pytest.mark.parametrize("dispatch", [Dispatch.UNKNOWN, Dispatch.NOT_PLACED])
def test_a_sighting_that_names_a_lost_press_turns_it_into_accepted(anna: Member, dispatch: Dispatch) -> None:
    press = unknown(anna, dispatch=dispatch, status=str(dispatch), is_final=dispatch == Dispatch.NOT_PLACED)
    assert take_in(anna.account, reported(external_id="lost", finish_reason="caller_busy"), now()) == press
    press.refresh_from_db()
    assert (press.dispatch, press.cause, press.status) == (Dispatch.ACCEPTED, "", Status.BUSY)


@pytest.mark.parametrize(
    "other",
    [{"contact": "79269999999"}, {"started_at": now() - timedelta(days=30)}, {"external_id": "elsewhere"}],
    ids=["another contact", "long ago", "another press"],
)
def test_what_is_not_this_press_becomes_another_call(anna: Member, number: VirtualNumber, other: Any) -> None:
    press = unknown(anna)
    call = take_in(anna.account, reported(**({"external_id": "lost"} | other)), now())
    assert call is not None
    assert (call.origin, call.dispatch, call.external_id) == (Origin.OTHER, Dispatch.NONE, None)
    press.refresh_from_db()
    assert press.dispatch == Dispatch.UNKNOWN


def test_a_press_that_another_worker_has_just_found_raises_no_alarm(
    anna: Member, number: VirtualNumber, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    press, find = unknown(anna), services.find_press

    def after_the_other(account: Account, external_id: str) -> Call | None:
        answered(press, "500")
        return find(account, external_id)

    monkeypatch.setattr(services, "find_press", after_the_other)
    assert take_in(anna.account, reported(external_id="lost"), now()) == press
    assert not press.events.filter(kind="second_session").exists()
    assert "second session" not in caplog.text
    assert Call.objects.count() == 1


def test_a_second_session_of_one_press_is_another_call_and_raises_an_alarm_once(
    anna: Member, number: VirtualNumber, caplog: pytest.LogCaptureFixture
) -> None:
    press = answered(sending(anna), "499")
    calls = [take_in(anna.account, sighting(external_id="early", source="list"), now()) for _ in range(2)]
    assert calls[0] == calls[1] != press
    assert [event.data for event in press.events.filter(kind="second_session")] == [{"call_session_id": "500"}]
    assert [record.levelname for record in caplog.records].count("CRITICAL") == 1


@pytest.mark.parametrize(
    "seen",
    [
        sighting(virtual_number="74950000000"),
        sighting(virtual_number=""),
        sighting(call_session_id=""),
        sighting(call_session_id="", external_id="nobody's"),
    ],
    ids=["not our number", "no number", "no session", "nobody's press"],
)
def test_what_is_nobodys_here_makes_no_call(account: Account, number: VirtualNumber, seen: Any) -> None:
    assert take_in(account, seen, now()) is None
    assert not Call.objects.exists()


def test_another_accounts_call_is_nobodys_here(stranger: Member, anna: Member, number: VirtualNumber) -> None:
    press = answered(sending(anna), "500")
    assert take_in(stranger.account, sighting(external_id="early"), now()) is None
    press.refresh_from_db()
    assert press.status == Status.ACCEPTED


def test_a_notification_brings_the_next_look_forward(anna: Member, number: VirtualNumber) -> None:
    press = answered(sending(anna), "500")
    Call.objects.update(next_check_at=now() + timedelta(minutes=20))
    take_in(anna.account, sighting(stage="waiting"), now())
    assert list(Call.objects.due(now())) == [press]


def test_a_session_id_beyond_any_integer_is_kept_whole(account: Account, number: VirtualNumber) -> None:
    longest = "9" * 64
    call = take_in(account, sighting(call_session_id=longest), now())
    assert call is not None
    call.refresh_from_db()
    assert call.call_session_id == longest


@pytest.mark.django_db(transaction=True)
def test_a_session_that_many_take_in_at_once_is_one_call(account: Account, number: VirtualNumber) -> None:
    calls = at_once(6, lambda _: take_in(account, sighting(), now()))
    assert {call.pk for call in calls if call} == {Call.objects.get().pk}
    assert Call.objects.get().contact_phone == CLIENT
