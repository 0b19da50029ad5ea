"""The queue's panel after a call: what one is asked, and who comes next."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from support.queue import HTMX, NOT_PICKED_UP, TALKED, Crowd, ended, now_there, phase, take

from clickcall.contacts import callbacks, queue
from clickcall.models import Call, ContactList, Effect, Member, Outcome, WrapUp

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
HOUR = timedelta(hours=1)


@pytest.fixture
def browser(as_: SignIn, anna: Member) -> Client:
    return as_(anna, **HTMX)


def decided(call: Call, effect: Effect) -> None:
    """Its caller has said how it went."""
    outcome = Outcome.objects.create(account=call.account, name=effect.label, effect=effect)
    WrapUp.objects.create(call=call, account=call.account, member=call.member, outcome=outcome, decided_at=now())
    queue.note_outcome(call, outcome)


def test_after_a_call_that_reached_nobody_the_next_contact_is_offered(
    browser: Client, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    first, second = crowd(2)
    take(browser, leads)
    ended(anna, first)
    after = now_there(browser, leads)
    assert phase(after) == "next"
    assert "Next try:" in after.content.decode()
    assert take(browser, leads).context["contact"] == second


def test_after_a_talk_the_outcome_comes_before_the_next_contact(
    browser: Client, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    first, second = crowd(2)
    take(browser, leads)
    call = ended(anna, first, **TALKED)
    assert phase(now_there(browser, leads)) == "outcome"
    assert phase(take(browser, leads)) == "outcome"
    decided(call, Effect.DONE)
    assert phase(now_there(browser, leads)) == "next"
    assert take(browser, leads).context["contact"] == second


def test_whom_one_has_just_promised_to_call_back_later_is_not_offered_at_once(
    browser: Client, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    first, second = crowd(2)
    take(browser, leads)
    call = ended(anna, first, **TALKED)
    callbacks.promise(contact=first, digits=call.contact_phone, member=anna, made_by=anna, due_at=now() + HOUR)
    decided(call, Effect.CALL_BACK)
    after = now_there(browser, leads)
    assert phase(after) == "next"
    assert "Callback: " in after.content.decode()
    assert take(browser, leads).context["contact"] == second


def test_a_talk_too_short_to_ask_about_goes_on_at_once(
    browser: Client, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    (contact,) = crowd(1)
    take(browser, leads)
    ended(anna, contact, **TALKED | {"talk_duration": 3})
    assert phase(now_there(browser, leads)) == "next"


def test_who_was_not_called_after_all_is_offered_again(
    browser: Client, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    (contact,) = crowd(1)
    take(browser, leads)
    ended(anna, contact, **NOT_PICKED_UP)
    assert phase(now_there(browser, leads)) == "offer"


def test_a_talk_of_over_an_hour_waits_for_its_outcome_as_well(
    browser: Client, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    crowd(2)
    contact = take(browser, leads).context["contact"]
    began = now() - timedelta(minutes=65)
    ended(anna, contact, requested_at=began, finish_reason="caller_disconnects", talk_duration=3800)
    assert phase(browser.get("/contacts/queue/")) == "outcome"
