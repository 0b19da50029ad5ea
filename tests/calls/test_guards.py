"""Who is asked which question before a press."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support import people
from support.calls import make_call

from clickcall.calls.guards import questions
from clickcall.models import Account, Contact, Dispatch, Member, Origin, VirtualNumber
from clickcall.models.saving import save_changes

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PHONE = "79260000000"


@pytest.fixture
def second_number(account: Account) -> VirtualNumber:
    return people.make_number(account, "74951045771")


@pytest.fixture
def asked(number: VirtualNumber) -> Any:
    """asked(member, …): the codes of the questions before this press."""

    def ask(member: Member, **press: Any) -> list[str]:
        defaults: dict[str, Any] = {"number": number, "contact": None, "phone": "79265555555", "at": NOW}
        return [question.code for question in questions(member=member, **(defaults | press))]

    return ask


def ago(**time: float) -> dict[str, datetime]:
    return {"requested_at": NOW - timedelta(**time)}


def test_an_ordinary_press_is_not_questioned(asked: Any, anna: Member, ivan: Contact) -> None:
    assert asked(anna, contact=ivan, phone=PHONE) == []


@pytest.mark.parametrize("dispatch", [Dispatch.SENDING, Dispatch.UNKNOWN, Dispatch.ACCEPTED])
def test_a_member_on_a_call_is_asked_whatever_the_number(
    asked: Any, anna: Member, number: VirtualNumber, second_number: VirtualNumber, dispatch: str
) -> None:
    call = make_call(anna, number=number, dispatch=dispatch, **ago(minutes=5))
    assert asked(anna) == asked(anna, number=second_number) == ["in_call"]
    (found,) = questions(member=anna, number=number, contact=None, phone="79265555555", at=NOW)
    assert (found.code, found.call) == ("in_call", call)


def test_of_several_open_calls_the_newest_is_named(anna: Member, number: VirtualNumber) -> None:
    make_call(anna, number=number, **ago(minutes=9))
    newest = make_call(anna, number=number, **ago(minutes=5))
    make_call(anna, number=number, **ago(minutes=7))
    (found,) = questions(member=anna, number=number, contact=None, phone="79265555555", at=NOW)
    assert found.call == newest


def test_a_colleague_is_asked_only_about_the_number_both_use(
    asked: Any, anna: Member, boris: Member, number: VirtualNumber, second_number: VirtualNumber
) -> None:
    make_call(anna, number=number, **ago(minutes=5))
    assert asked(boris) == ["number_busy"]
    assert asked(boris, number=second_number) == []


def test_a_number_on_an_inbound_call_is_busy_too(asked: Any, anna: Member, number: VirtualNumber) -> None:
    inbound = {"origin": Origin.INBOUND, "external_id": None, "dispatch": "", "member": None, "member_name": ""}
    make_call(anna, number=number, call_session_id="1", **inbound, **ago(minutes=5))
    assert asked(anna) == ["number_busy"]


@pytest.mark.parametrize(
    "ended",
    [
        {"finished_at": NOW},
        {"dispatch": Dispatch.REFUSED},
        {"dispatch": Dispatch.NOT_SENT},
        {"dispatch": Dispatch.NOT_PLACED},
    ],
)
def test_an_ended_call_is_no_reason_to_ask(
    asked: Any, anna: Member, boris: Member, number: VirtualNumber, ended: dict[str, Any]
) -> None:
    make_call(anna, number=number, **ended, **ago(minutes=5))
    assert asked(anna) == asked(boris) == []


def test_a_call_whose_end_got_lost_is_no_reason_to_ask(asked: Any, anna: Member, number: VirtualNumber) -> None:
    make_call(anna, number=number, **ago(hours=4, seconds=1))
    assert asked(anna) == []
    make_call(anna, number=number, **ago(hours=3, minutes=59))
    assert asked(anna) == ["in_call"]


def test_another_accounts_calls_are_not_ours(asked: Any, anna: Member, stranger: Member) -> None:
    make_call(stranger, contact_phone=PHONE, **ago(seconds=5))
    assert asked(anna, phone=PHONE) == []


def test_anybody_is_asked_about_a_phone_called_a_moment_ago(asked: Any, anna: Member, boris: Member) -> None:
    make_call(anna, finished_at=NOW, **ago(seconds=12))
    assert asked(anna, phone=PHONE) == asked(boris, phone=PHONE) == ["just_called"]
    assert asked(boris, phone="79261111111") == []


@pytest.mark.parametrize(("seconds", "codes"), [(59, ["just_called"]), (60, ["just_called"]), (61, [])])
def test_a_moment_is_as_long_as_the_setting_says(
    asked: Any, anna: Member, settings: Any, seconds: int, codes: list[str]
) -> None:
    settings.CLICKCALL_JUST_CALLED_SECONDS = 60.0
    make_call(anna, finished_at=NOW, **ago(seconds=seconds))
    assert asked(anna, phone=PHONE) == codes


@pytest.mark.parametrize("dispatch", [Dispatch.REFUSED, Dispatch.NOT_SENT, Dispatch.NOT_PLACED])
def test_a_press_that_rang_nobody_does_not_count(asked: Any, anna: Member, dispatch: str) -> None:
    make_call(anna, dispatch=dispatch, **ago(seconds=5))
    assert asked(anna, phone=PHONE) == []


def test_somebody_who_called_us_may_be_called_back_at_once(asked: Any, anna: Member) -> None:
    inbound = {"origin": Origin.INBOUND, "external_id": None, "dispatch": "", "member": None}
    make_call(anna, finished_at=NOW, call_session_id="1", **inbound, **ago(seconds=5))
    assert asked(anna, phone=PHONE) == []


def test_somebody_elses_client_is_asked_about(asked: Any, anna: Member, boris: Member, ivan: Contact) -> None:
    save_changes(ivan, owner=anna)
    assert asked(boris, contact=ivan) == ["not_yours"]
    assert asked(anna, contact=ivan) == []


def test_nobodys_client_and_that_of_somebody_who_left_are_free(
    asked: Any, anna: Member, boris: Member, ivan: Contact
) -> None:
    assert asked(boris, contact=ivan) == []
    save_changes(ivan, owner=anna)
    save_changes(anna, archived_at=NOW)
    assert asked(boris, contact=Contact.objects.get(pk=ivan.pk)) == []


def test_all_that_is_to_ask_is_asked_the_most_pressing_first(
    asked: Any, anna: Member, boris: Member, number: VirtualNumber, ivan: Contact
) -> None:
    save_changes(ivan, owner=anna)
    make_call(anna, number=number, contact_phone=PHONE, **ago(seconds=5))
    make_call(boris, number=number, contact_phone="79261111111", **ago(minutes=5))
    assert asked(boris, contact=ivan, phone=PHONE) == ["in_call", "number_busy", "just_called", "not_yours"]
