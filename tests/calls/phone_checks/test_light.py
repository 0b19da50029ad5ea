"""The light on every page: what is known of one's own phone, and what it costs to say it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from support.calls import make_call

from clickcall.calls.phone_checks import light, offline
from clickcall.models import Call, Employee, Member, PhoneAnswer, PhoneCheck, VirtualNumber
from clickcall.models.saving import save_changes


@pytest.fixture
def anna(anna: Member, number: VirtualNumber) -> Member:
    """With a number and a phone at the provider."""
    employee = Employee.objects.create(
        account=anna.account, provider_id="1", name=anna.name, phones=["0486101"], extension="101"
    )
    save_changes(anna, default_number=number, employee=employee)
    return anna


def said(member: Member, answer: str, **fields: Any) -> PhoneCheck:
    return PhoneCheck.objects.create(
        account=member.account, member=member, number=member.default_number, answer=answer, **fields
    )


def seen(member: Member) -> tuple[str, str]:
    found = light(member)
    return found.level, found.label


def ended(member: Member, reason: str, *, minutes_ago: int, **facts: Any) -> Call:
    began = now() - timedelta(minutes=minutes_ago)
    given = {"requested_at": began, "finished_at": began + timedelta(seconds=30), "finish_reason": reason, **facts}
    return make_call(member, **given)


def test_a_proved_phone_is_ready_and_named(anna: Member) -> None:
    said(anna, PhoneAnswer.MINE)
    assert seen(anna) == ("ok", "Ready · SIP 101")
    assert light(anna).meta == "+7 499 372-06-92"


def test_a_proved_phone_that_the_provider_did_not_name_is_ready_too(anna: Member) -> None:
    save_changes(anna, employee=None)
    said(anna, PhoneAnswer.MINE)
    assert seen(anna) == ("ok", "Ready")


def test_a_number_is_unproven_until_somebody_has_answered(anna: Member) -> None:
    assert seen(anna) == ("warn", "Not checked yet")
    said(anna, PhoneAnswer.NONE)
    assert seen(anna) == ("warn", "Not checked yet")


@pytest.mark.parametrize(
    ("answer", "label"), [("other", "Rings somebody else's phone"), ("nothing", "Your phone did not ring")]
)
def test_the_newest_answer_counts(anna: Member, answer: str, label: str) -> None:
    said(anna, PhoneAnswer.MINE, asked_at=now() - timedelta(days=2))
    said(anna, answer)
    assert seen(anna) == ("warn", label)


def test_another_number_is_not_proved_by_the_old_ones_check(anna: Member) -> None:
    said(anna, PhoneAnswer.MINE)
    save_changes(anna, default_number=VirtualNumber.objects.create(account=anna.account, digits="74950000001"))
    assert seen(anna) == ("warn", "Not checked yet")


def test_a_colleagues_answer_proves_nothing(anna: Member, boris: Member, number: VirtualNumber) -> None:
    save_changes(boris, default_number=number)
    said(boris, PhoneAnswer.MINE)
    assert seen(anna) == ("warn", "Not checked yet")


def test_an_offline_phone_is_said_until_it_is_heard_again(anna: Member) -> None:
    said(anna, PhoneAnswer.MINE)
    ended(anna, "sip_offline", minutes_ago=20)
    assert seen(anna) == ("off", "Your phone is offline")
    ended(anna, "caller_disconnects", minutes_ago=5, talk_duration=30)
    assert seen(anna) == ("ok", "Ready · SIP 101")


def test_a_call_that_a_colleague_answered_does_not_bring_the_phone_back(anna: Member) -> None:
    ended(anna, "sip_offline", minutes_ago=20)
    ended(anna, "another_operator_answer", minutes_ago=5, talk_duration=30, employee_answered_at=now())
    assert light(anna).level == "off"


def test_what_happened_last_week_says_nothing_about_now(anna: Member) -> None:
    ended(anna, "sip_offline", minutes_ago=8 * 24 * 60)
    assert light(anna).level == "warn"


def test_the_admin_sees_whose_phone_is_offline(anna: Member, boris: Member) -> None:
    call = ended(anna, "sip_offline", minutes_ago=20)
    ended(boris, "sip_offline", minutes_ago=20)
    ended(boris, "caller_disconnects", minutes_ago=5, talk_duration=30)
    assert offline(anna.account) == {anna.pk: call.requested_at}


@pytest.mark.parametrize("why", ["none", "stopped"])
def test_without_a_number_in_use_nobody_can_call(anna: Member, number: VirtualNumber, why: str) -> None:
    if why == "none":
        save_changes(anna, default_number=None)
    else:
        save_changes(number, enabled=False)
    label = "My number: none" if why == "none" else "+7 499 372-06-92"
    assert (light(anna).level, light(anna).label, light(anna).meta) == ("off", label, "You can't call yet")


def test_it_costs_one_query(anna: Member, django_assert_num_queries: Any) -> None:
    said(anna, PhoneAnswer.MINE)
    ended(anna, "sip_offline", minutes_ago=20)
    light(anna)
    with django_assert_num_queries(1):
        light(anna)
