"""A press whose session was taken for a call of its own before: what people added to that call is not lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.utils.timezone import now
from support import people
from support.sightings import sighting
from support.simulator import NUMBER
from support.sweeps import unknown

from clickcall.calls import services
from clickcall.calls.events import Event
from clickcall.calls.lifecycle import Facts
from clickcall.calls.services.sessions import record_session
from clickcall.calls.sightings import take_in
from clickcall.calls.wrapup.services import LONGEST
from clickcall.models import (
    Call,
    Callback,
    CallEvent,
    Contact,
    Dispatch,
    EventSource,
    Member,
    Outcome,
    PhoneCheck,
    Status,
    StoppedPress,
    VirtualNumber,
    WrapUp,
)

MAKERS: dict[tuple[type[Model], str], Callable[[Call, Member], Any]] = {
    (CallEvent, "call"): lambda twin, anna: services.note(twin, EventSource.HOOK, "incoming"),
    (Contact, "last_call"): lambda twin, anna: Contact.objects.filter(pk=twin.contact_id).update(last_call=twin),
    (WrapUp, "call"): lambda twin, anna: noted(twin, anna, "Send the contract"),
    (Callback, "call"): lambda twin, anna: Callback.objects.create(
        account=anna.account, contact=twin.contact, digits=twin.contact_phone, made_by=anna, due_at=now(), call=twin
    ),
    (StoppedPress, "call"): lambda twin, anna: StoppedPress.objects.create(
        account=anna.account, member=anna, digits=twin.contact_phone, rule="hours", call=twin
    ),
    (PhoneCheck, "call"): lambda twin, anna: PhoneCheck.objects.create(
        account=anna.account, member=anna, number=twin.number, call=twin
    ),
}
RELATIONS = {
    (relation.related_model, relation.field.name)
    for relation in Call._meta.get_fields(include_hidden=True)
    if relation.auto_created and not relation.concrete
}


def noted(call: Call, member: Member, note: str, **fields: Any) -> WrapUp:
    return WrapUp.objects.create(account=member.account, member=member, call=call, note=note, **fields)


@pytest.fixture
def twin(anna: Member, number: VirtualNumber, ivan: Contact) -> Call:
    return record_session(anna.account, number, sighting(), now())


@pytest.fixture
def press(anna: Member) -> Call:
    """Its answer has not come yet."""
    return unknown(anna, "early", dispatch=Dispatch.SENDING, status=Status.CALLING, cause="", number_digits=NUMBER)


def answered(press: Call) -> Call:
    """Our own answer comes in, and says whose session it is."""
    news = Facts(dispatch=Dispatch.ACCEPTED, call_session_id="500", accepted_at=now())
    return services.apply_event(press, Event(EventSource.ANSWER, "accepted", now(), news))


def test_all_that_names_a_call_is_known_here() -> None:
    assert set(MAKERS) == RELATIONS


@pytest.mark.parametrize("what", MAKERS, ids=lambda what: f"{what[0].__name__}.{what[1]}")
def test_all_that_names_the_row_moves_over_to_the_press(
    twin: Call, press: Call, anna: Member, what: tuple[type[Model], str]
) -> None:
    model, name = what
    MAKERS[what](twin, anna)
    rows = model._base_manager.filter(**{name: twin})
    (key,) = rows.values_list("pk", flat=True)
    answered(press)
    assert not Call.objects.filter(pk=twin.pk).exists()
    assert model._base_manager.filter(**{name: press}, pk=key).exists()


def test_two_notes_become_one(twin: Call, press: Call, anna: Member) -> None:
    outcome = Outcome.objects.create(account=anna.account, name="Agreed")
    noted(
        twin, anna, "Send the contract\nby Friday", tags=["7"], outcome=outcome, outcome_name="Agreed", decided_at=now()
    )
    own = noted(press, anna, "by Friday", tags=["5"])
    answered(press)
    joined = WrapUp.objects.get()
    assert (joined.pk, joined.note, joined.tags) == (own.pk, "by Friday\nSend the contract", ["5", "7"])
    assert (joined.outcome, joined.outcome_name, joined.decided_at is not None) == (outcome, "Agreed", True)
    assert joined.updated_at > own.updated_at, "whoever types upon the older one must not write over this one"


def test_of_two_outcomes_the_press_keeps_its_own_and_says_the_other(twin: Call, press: Call, anna: Member) -> None:
    agreed, busy = (Outcome.objects.create(account=anna.account, name=name) for name in ("Agreed", "Busy"))
    for call, outcome in ((twin, agreed), (press, busy)):
        noted(call, anna, f"of {outcome}", outcome=outcome, outcome_name=outcome.name, decided_at=now())
    answered(press)
    joined = WrapUp.objects.get()
    assert (joined.outcome, joined.note) == (busy, "of Busy\nAgreed\nof Agreed")


def test_two_notes_together_are_no_longer_than_one_may_be(twin: Call, press: Call, anna: Member) -> None:
    noted(twin, anna, "b" * LONGEST)
    noted(press, anna, "a")
    answered(press)
    assert len(WrapUp.objects.get().note) == LONGEST


def test_a_check_of_the_presses_own_stays(twin: Call, press: Call, anna: Member, number: VirtualNumber) -> None:
    own, other = (
        PhoneCheck.objects.create(account=anna.account, member=anna, number=number, call=call) for call in (press, twin)
    )
    answered(press)
    assert [PhoneCheck.objects.get(pk=check.pk).call for check in (own, other)] == [press, None]


def test_what_the_admin_was_asked_moves_over(twin: Call, press: Call) -> None:
    asked, done = now(), now()
    Call.objects.filter(pk=twin.pk).update(told_admin_at=asked, admin_done_at=done)
    answered(press)
    press.refresh_from_db()
    assert (press.told_admin_at, press.admin_done_at) == (asked, done)


@pytest.mark.parametrize(
    ("rule", "waits"), [("random", True), ("regional_fixed_for_numa", True), ("fixed", False), ("", False)]
)
def test_a_press_over_whichever_number_there_is_may_be_a_session_over_another(
    anna: Member, number: VirtualNumber, press: Call, rule: str, waits: bool
) -> None:
    people.make_number(anna.account, "74952222222", name="second")
    Call.objects.filter(pk=press.pk).update(params={"virtual_phone_usage_rule": rule})
    seen = sighting(stage="outgoing", direction="out", virtual_number="74952222222")
    assert (take_in(anna.account, seen, now()) is None) == waits
