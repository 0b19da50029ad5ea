"""Who cannot call now, why, and where it is mended."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import now
from support import people
from support.calls import make_call

from clickcall.accounts.doctor import Diagnosis, Finding
from clickcall.models import Account, Member, VirtualNumber
from clickcall.models.saving import save_changes
from clickcall.setup.cannot_call import CannotCall, cannot_call
from clickcall.setup.known import Known
from clickcall.setup.survey import survey

Ask = Callable[[], list[CannotCall]]


@pytest.fixture
def ask(adam: Member) -> Ask:
    def who() -> list[CannotCall]:
        known = Known(Member.objects.get(pk=adam.pk))
        return cannot_call(known, survey(known).steps)

    return who


@pytest.fixture
def let_in(keyed: Account) -> None:
    Diagnosis(keyed, now(), [Finding("ok", "ok", "main", "call")]).keep()


@pytest.fixture
def number(let_in: None, account: Account, adam: Member) -> VirtualNumber:
    """The admin's own."""
    number = people.make_number(account)
    save_changes(adam, default_number=number)
    return number


def test_without_a_key_it_is_everybody(account: Account, anna: Member, ask: Ask) -> None:
    assert [(one.name, one.why) for one in ask()] == [("Nobody can call", "No access key yet")]


def test_as_long_as_our_address_is_not_let_in_it_is_everybody(keyed: Account, anna: Member, ask: Ask) -> None:
    Diagnosis(keyed, now(), [Finding("ip_not_allowed", "fail", "main", "call", {"address": "203.0.113.7"})]).keep()
    assert [one.why for one in ask()] == ["UIS does not let our address 203.0.113.7 in"]


def test_people_without_a_number_are_named_and_oneself_is_spoken_to(let_in: None, anna: Member, ask: Ask) -> None:
    assert {one.name: one.why for one in ask()} == {anna.name: "No number", "Адам Гордеев": "It's you: no number"}


def test_a_number_that_does_not_work_is_led_to(anna: Member, number: VirtualNumber, ask: Ask) -> None:
    save_changes(anna, default_number=people.make_number(anna.account, "74950000001", status="manual_lock"))
    (one,) = ask()
    assert (one.name, one.why) == (anna.name, "The number is switched off")
    assert one.url == f"/numbers/{anna.default_number_id}/"


def test_an_offline_phone_is_said_with_its_time(anna: Member, number: VirtualNumber, ask: Ask) -> None:
    save_changes(anna, default_number=number)
    began = now() - timedelta(minutes=9)
    make_call(anna, finish_reason="sip_offline", requested_at=began, finished_at=began)
    (one,) = ask()
    assert (one.name, one.why, one.since) == (anna.name, "Phone offline", began)


def test_those_who_left_are_not_missed(anna: Member, number: VirtualNumber, ask: Ask) -> None:
    save_changes(anna, archived_at=now())
    assert ask() == []
