"""What calls and outcomes do to the queue and to promises."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from support import people
from support.calls import make_call

from clickcall.calls import services
from clickcall.calls.events import Event
from clickcall.calls.lifecycle import Facts
from clickcall.calls.wrapup import outcomes
from clickcall.calls.wrapup import services as wrapup
from clickcall.contacts import callbacks
from clickcall.models import Call, Contact, Effect, EventSource, Member, QueueEntry, QueueState


def told(call: Call, **news: Any) -> None:
    services.apply_event(call, Event(EventSource.LIST, "seen", now(), Facts(dispatch="accepted", **news)))


@pytest.fixture
def promised(ivan: Contact, anna: Member) -> Contact:
    callbacks.promise(
        contact=ivan, digits="79260000000", member=anna, due_at=now() + timedelta(minutes=1), made_by=anna
    )
    return ivan


def pressed(member: Member, contact: Contact) -> Call:
    return make_call(member, contact=contact, requested_at=now(), call_session_id="17")


@pytest.mark.parametrize(
    "news", [{"contact_ringing_at": now()}, {"finished_at": now(), "finish_reason": "caller_busy"}]
)
def test_a_promise_is_kept_once_the_clients_phone_rang(
    promised: Contact, anna: Member, news: dict[str, datetime]
) -> None:
    call = pressed(anna, promised)
    told(call, employee_ringing_at=now())
    assert promised.callbacks.open().exists()
    told(call, **news)
    assert not promised.callbacks.open().exists()


def test_a_press_that_rang_nobody_keeps_no_promise(promised: Contact, anna: Member) -> None:
    told(pressed(anna, promised), finished_at=now(), finish_reason="operator_not_responsive")
    assert promised.callbacks.open().exists()


@pytest.mark.parametrize(
    ("effect", "state"),
    [
        (Effect.DONE, QueueState.DONE),
        (Effect.WRONG_NUMBER, QueueState.BAD_NUMBER),
        (Effect.DO_NOT_CALL, QueueState.DONE),
        (Effect.MACHINE, QueueState.OPEN),
    ],
)
def test_an_outcome_settles_the_contacts_place_in_the_queue(talk: Call, effect: str, state: str) -> None:
    outcomes.store_usual(talk.account)
    chosen = talk.account.outcomes.filter(effect=effect)[0]
    assert talk.member
    wrapup.decide(talk, wrapup.Draft(outcome=chosen), by=talk.member)
    entry = QueueEntry.objects.get()
    assert (entry.contact, entry.state, entry.next_attempt_at is None) == (talk.contact, state, state != "open")


def test_who_has_no_contact_can_still_be_put_on_the_list_of_those_not_to_call(anna: Member) -> None:
    people.make_number(anna.account)
    call = make_call(anna, finished_at=now(), talk_duration=30)
    outcomes.store_usual(anna.account)
    for row in outcomes.outcomes_of(anna.account):
        if row.effect != Effect.CALL_BACK:
            wrapup.decide(call, wrapup.Draft(outcome=row), by=anna)
    assert anna.account.do_not_call.get().digits == call.contact_phone
    assert not QueueEntry.objects.exists()
