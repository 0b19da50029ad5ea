"""Calls without a press: whose they are, who called, and how they ended."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from support import people
from support.presses import pressed
from support.sightings import CLIENT, leg, person, reported, sighting

from clickcall.calls.events import Event
from clickcall.calls.lifecycle import Facts
from clickcall.calls.services import apply_event
from clickcall.calls.sightings import take_in
from clickcall.models import (
    Account,
    Call,
    Contact,
    ContactList,
    Dispatch,
    Employee,
    EventSource,
    Member,
    Origin,
    Status,
    VirtualNumber,
)
from clickcall.simulator import Simulator

REFUSED = "79260000007"  # is on the simulator's blacklist


def taken(account: Account, **fields: Any) -> Call:
    call = take_in(account, sighting(**fields), now())
    assert call is not None
    return Call.objects.get(pk=call.pk)


def ended(account: Account, **fields: Any) -> Call:
    call = take_in(account, reported(**fields), now())
    assert call is not None
    return Call.objects.get(pk=call.pk)


def linked(member: Member, provider_id: str = "11") -> Member:
    member.employee = Employee.objects.create(account=member.account, provider_id=provider_id, name=member.name)
    member.save()
    return member


@pytest.mark.parametrize(
    ("seen", "origin", "status"),
    [
        ({"direction": "in"}, Origin.INBOUND, Status.INCOMING),
        ({"direction": "", "stage": "incoming"}, Origin.INBOUND, Status.INCOMING),
        ({"direction": "in", "stage": "talk_started"}, Origin.INBOUND, Status.TALKING),
        ({"direction": "out"}, Origin.OTHER, Status.ACCEPTED),
        ({"direction": "", "stage": "outgoing"}, Origin.OTHER, Status.ACCEPTED),
        ({"direction": "in", "external_id": "another-program"}, Origin.OTHER, Status.ACCEPTED),
        ({"direction": "in", "is_by_api": True}, Origin.OTHER, Status.ACCEPTED),
        ({"direction": "in", "stage": "waiting"}, Origin.INBOUND, Status.INCOMING),
        ({"direction": "out", "stage": "waiting"}, Origin.OTHER, Status.ACCEPTED),
    ],
)
def test_a_session_is_a_clients_call_unless_somebody_here_or_a_program_made_it(
    account: Account, number: VirtualNumber, seen: Any, origin: str, status: str
) -> None:
    call = taken(account, **seen)
    assert (call.origin, call.status, call.is_final) == (origin, status, False)


@pytest.mark.parametrize(
    ("end", "status", "missed"),
    [
        ({"talk_duration": 12, "is_lost": False}, Status.TALKED, False),
        ({"talk_duration": 0, "is_lost": True}, Status.MISSED, True),
        ({"talk_duration": 0, "finish_reason": "operator_not_responsive"}, Status.MISSED, True),
        ({"talk_duration": 3, "is_lost": True}, Status.MISSED, True),
        ({"talk_duration": 0, "is_lost": False, "finish_reason": "caller_disconnects"}, Status.ENDED, False),
        ({"employees": (person("1", answered=True),), "finish_reason": "caller_disconnects"}, Status.ENDED, False),
    ],
)
def test_a_clients_call_ends_with_a_talk_or_missed(
    account: Account, number: VirtualNumber, end: Any, status: str, missed: bool
) -> None:
    call = ended(account, **end)
    assert (call.status, call.is_missed, call.is_final) == (status, missed, True)


def test_a_lost_call_that_a_notification_tells_of_is_missed_at_once(account: Account, number: VirtualNumber) -> None:
    taken(account, stage="incoming")
    call = taken(account, stage="lost", ongoing=False, finished_at=now())
    assert (call.status, call.is_missed, call.is_final) == (Status.MISSED, True, True)


def test_an_end_without_a_reason_is_looked_up_before_anything_is_said(account: Account, number: VirtualNumber) -> None:
    call = taken(account, stage="finished", ongoing=False, finished_at=now(), total_duration=9)
    assert (call.status, call.is_missed, call.is_final) == (Status.ENDED, False, False)
    assert list(Call.objects.due(now())) == [call]


def test_a_missed_call_is_not_missed_when_a_program_turns_out_to_have_made_it(
    account: Account, number: VirtualNumber
) -> None:
    taken(account, stage="lost", ongoing=False, finished_at=now())
    call = ended(account, is_by_api=True, is_lost=True, finish_reason="caller_busy")
    assert (call.origin, call.is_missed, call.status) == (Origin.OTHER, False, Status.BUSY)


def test_the_client_is_found_by_phone_and_copied(account: Account, number: VirtualNumber, ivan: Contact) -> None:
    call = taken(account)
    assert (call.contact, call.contact_name, call.contact_company) == (ivan, ivan.name, ivan.company)
    assert (call.contact_phone, call.number, call.number_name) == (CLIENT, number, number.name)
    ivan.refresh_from_db()
    assert ivan.last_call == call


def test_of_two_with_the_phone_the_one_who_is_not_archived_called(
    account: Account, number: VirtualNumber, ivan: Contact, leads: ContactList
) -> None:
    people.make_contact(leads, "Gone", archived_at=now())
    assert taken(account).contact == ivan


def test_a_contact_of_another_account_is_nobody_here(account: Account, number: VirtualNumber, stranger: Member) -> None:
    people.make_contact(people.make_list(stranger.account))
    assert taken(account).contact is None


def test_an_employee_is_the_member_who_is_linked(account: Account, number: VirtualNumber, anna: Member) -> None:
    linked(anna)
    call = taken(account, source="list", legs=(leg("ringing", is_employee=True, employee_id="11", name="Anna K."),))
    assert (call.member, call.member_name, call.employee_name) == (anna, anna.name, "Anna K.")


def test_without_a_link_it_is_the_only_one_whose_number_it_is(
    account: Account, number: VirtualNumber, anna: Member, boris: Member
) -> None:
    Member.objects.filter(pk=anna.pk).update(default_number=number)
    assert taken(account).member == anna
    Member.objects.filter(pk=boris.pk).update(default_number=number)
    assert taken(account, call_session_id="501").member is None


def test_who_answered_is_whose_call_it_becomes(
    account: Account, number: VirtualNumber, anna: Member, boris: Member
) -> None:
    linked(boris)
    Member.objects.filter(pk=anna.pk).update(default_number=number)
    taken(account)
    taken(account, employees=(person("11", "Boris"),))
    assert Call.objects.get().member == anna, "to be rung is not to answer"
    call = ended(account, employees=(person("11", "Boris", answered=True, talked=True),), talk_duration=5)
    assert (call.member, call.answered_by) == (boris, "Boris")


def test_a_first_notification_that_says_little_is_completed_later(
    account: Account, number: VirtualNumber, ivan: Contact
) -> None:
    call = taken(account, contact="", stage="recorded")
    assert (call.contact, call.contact_phone) == (None, "")
    began = now() - timedelta(minutes=5)
    call = ended(account, started_at=began, talk_duration=9)
    assert (call.contact, call.contact_phone, call.requested_at) == (ivan, CLIENT, began)


def test_a_later_press_to_a_missed_caller_clears_it(provider: Simulator, anna: Member) -> None:
    missed = ended(anna.account, is_lost=True, started_at=now() - timedelta(minutes=1))
    other = ended(anna.account, is_lost=True, call_session_id="501", contact="79269999999")
    press = pressed(anna, f"+{CLIENT}")
    missed.refresh_from_db()
    other.refresh_from_db()
    assert (missed.returned_at, other.returned_at) == (press.requested_at, None)


def test_a_missed_call_that_is_told_late_has_been_returned_already(provider: Simulator, anna: Member) -> None:
    before = now() - timedelta(minutes=1)
    press = pressed(anna, f"+{CLIENT}")
    assert ended(anna.account, is_lost=True, started_at=before).returned_at == press.requested_at
    late = ended(anna.account, is_lost=True, call_session_id="501", started_at=now() + timedelta(minutes=1))
    assert late.returned_at is None


def test_a_press_that_rang_nobody_returns_no_call(provider: Simulator, anna: Member) -> None:
    def is_waiting(call: Call) -> bool:
        return Call.objects.waiting().filter(pk=call.pk).exists()

    missed = ended(anna.account, is_lost=True, contact=REFUSED, started_at=now() - timedelta(minutes=2))
    press = pressed(anna, f"+{REFUSED}")
    assert (press.dispatch, is_waiting(missed)) == (Dispatch.REFUSED, True)
    assert is_waiting(
        ended(anna.account, is_lost=True, contact=REFUSED, call_session_id="501", started_at=missed.requested_at)
    )
    Call.objects.filter(pk=press.pk).update(dispatch=Dispatch.NOT_PLACED, status=Status.NOT_PLACED)
    apply_event(press, Event(EventSource.REPORT, "seen", now(), Facts(dispatch=Dispatch.ACCEPTED)))
    assert not Call.objects.waiting().exists()


@pytest.mark.parametrize(
    "talk",
    [
        {"talk_duration": 30},
        {"talk_duration": 30, "direction": "out"},
        {"talk_duration": 30, "direction": "out", "finish_reason": "another_operator_answer"},
    ],
)
def test_a_missed_caller_with_whom_somebody_talked_later_waits_no_more(
    account: Account, number: Any, talk: Any
) -> None:
    missed = ended(account, is_lost=True, started_at=now() - timedelta(minutes=9))
    later = ended(account, is_lost=True, call_session_id="501", started_at=now() + timedelta(minutes=9))
    other = ended(account, is_lost=True, call_session_id="502", contact="79269999999", started_at=missed.requested_at)
    call = ended(account, call_session_id="503", started_at=now() - timedelta(minutes=3), **talk)
    known = dict(Call.objects.values_list("pk", "got_through_at"))
    assert known == {missed.pk: call.requested_at, later.pk: None, other.pk: None, call.pk: None}
    assert list(Call.objects.waiting().order_by("pk")) == [later, other]


def test_a_missed_call_that_is_told_late_knows_whether_its_caller_got_through(account: Account, number: Any) -> None:
    times = [now() - timedelta(minutes=minutes) for minutes in (9, 6, 3)]
    ended(account, call_session_id="501", talk_duration=30, started_at=times[0])
    first = ended(account, call_session_id="502", talk_duration=30, started_at=times[1])
    assert ended(account, is_lost=True, started_at=times[2]).is_waiting
    before = ended(account, is_lost=True, call_session_id="503", started_at=times[0] + timedelta(seconds=9))
    assert (before.returned_at, before.got_through_at) == (None, first.requested_at)
