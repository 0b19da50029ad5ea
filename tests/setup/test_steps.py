"""Each of the seven steps says for itself how it stands."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from support import people

from clickcall.accounts.doctor import Diagnosis, Finding
from clickcall.models import (
    Account,
    HookDelivery,
    Member,
    PhoneAnswer,
    PhoneCheck,
    Synchronisation,
    Token,
    VirtualNumber,
)
from clickcall.models.saving import save_changes
from clickcall.setup.step import State, Step
from clickcall.setup.survey import Survey

At = Callable[[str], Step]


def diagnosed(account: Account, *findings: Finding, address: str = "") -> None:
    Diagnosis(account, now(), list(findings), address).keep()


def fault(code: str, **details: Any) -> Finding:
    return Finding(code, "fail", "main", "call", details)


OK = Finding("ok", "ok", "main", "call")


def proved(member: Member, answer: str = PhoneAnswer.MINE) -> None:
    PhoneCheck.objects.create(account=member.account, member=member, number=member.default_number, answer=answer)


def test_the_brand_is_done_once_the_time_zone_is_known(account: Account, at: At) -> None:
    save_changes(account, timezone="")
    assert at("brand").state == State.NOW
    save_changes(account, timezone="Asia/Vladivostok")
    assert at("brand").state == State.DONE
    assert "Asia/Vladivostok" in at("brand").summary


def test_a_key_is_asked_for_and_then_named_without_being_shown(account: Account, at: At) -> None:
    assert at("key").state == State.NOW
    people.make_token(account, "a-secret-0123456789", name="Main key", expires_on=date(2027, 3, 1))
    assert at("key").state == State.DONE
    assert at("key").summary == "“Main key”, valid until 01.03.2027. It is not shown in full again"


@pytest.mark.parametrize("code", ["token_invalid", "token_expired", "token_blocked", "account_inactive"])
def test_a_key_that_the_provider_refuses_keeps_people_from_calling(keyed: Account, at: At, code: str) -> None:
    diagnosed(keyed, fault(code))
    assert at("key").state == State.BAD
    assert at("key").seen[0].what
    assert at("key").seen[0].remedy


def test_a_key_that_a_press_found_dead_is_bad_without_a_new_examination(keyed: Account, at: At) -> None:
    diagnosed(keyed, OK)
    Token.objects.filter(account=keyed).update(last_error="access_token_blocked", last_error_at=now())
    assert at("key").state == State.BAD
    assert [seen.what for seen in at("key").seen] == ["The key is blocked"]


def test_a_second_key_that_works_carries_the_first(keyed: Account, at: At) -> None:
    diagnosed(keyed, fault("token_expired"), OK)
    assert at("key").state == State.DONE


def test_our_address_is_shown_as_the_provider_named_it(keyed: Account, at: At) -> None:
    assert at("address").state == State.NOW
    refusal = fault("ip_not_allowed", address="203.0.113.7", cause="ip_not_whitelisted", said="203.0.113.7 is not")
    diagnosed(keyed, refusal, address="203.0.113.7")
    step = at("address")
    assert step.state == State.BAD
    assert step.extra["address"] == "203.0.113.7"
    assert "203.0.113.7" in step.seen[0].remedy
    assert step.seen[0].said == "ip_not_whitelisted · “203.0.113.7 is not”"
    diagnosed(keyed, OK)
    assert at("address").state == State.DONE


def test_a_refused_key_does_not_make_our_address_a_culprit(keyed: Account, at: At) -> None:
    diagnosed(keyed, fault("token_invalid"))
    assert at("address").state == State.DONE


@pytest.mark.parametrize("code", ["unreachable", "tls"])
def test_a_provider_that_is_not_reached_is_said_at_the_address(keyed: Account, at: At, code: str) -> None:
    diagnosed(keyed, fault(code, host="127.0.0.1"))
    assert at("address").state == State.BAD
    assert at("key").state == State.DONE


def test_numbers_are_done_with_one_that_can_be_called_from(keyed: Account, at: At) -> None:
    diagnosed(keyed, OK)
    assert at("numbers").state == State.NOW
    number = people.make_number(keyed, has_scenario=False)
    assert at("numbers").state == State.BAD
    save_changes(number, has_scenario=True)
    Synchronisation.objects.create(account=keyed, finished_at=now(), next_at=now() + timedelta(hours=1))
    step = at("numbers")
    assert (step.state, step.summary) == (State.DONE, "1 number. 1 has no label")
    assert step.at is not None


def test_gone_numbers_do_not_count(keyed: Account, at: At) -> None:
    people.make_number(keyed, gone_at=now())
    assert at("numbers").summary == "They come from UIS by themselves"


def test_people_are_done_once_somebody_can_call(adam: Member, anna: Member, number: VirtualNumber, at: At) -> None:
    assert (at("people").is_done, at("people").summary) == (False, "2 people, 2 have no number")
    save_changes(anna, default_number=number)
    assert (at("people").is_done, at("people").summary) == (True, "2 people, 1 has no number")
    save_changes(number, enabled=False)
    assert at("people").is_done is False


def test_phones_count_those_whose_newest_answer_says_mine(
    adam: Member, anna: Member, number: VirtualNumber, at: At
) -> None:
    for member in (adam, anna):
        save_changes(member, default_number=number)
    assert at("phones").is_done is False
    proved(anna)
    step = at("phones")
    assert (step.state, step.shown_pill.text) == (State.LATER, "1 of 2")
    assert step.extra["open"] == [(adam, "not checked yet")]
    proved(adam)
    assert at("phones").is_done
    proved(adam, PhoneAnswer.OTHER)
    assert at("phones").is_done is False
    assert at("phones").extra["open"] == [(adam, "somebody else's phone rang")]


def test_notifications_can_wait_and_are_done_once_one_has_come(account: Account, at: At) -> None:
    assert (at("notifications").state, at("notifications").shown_pill.text) == (State.LATER, "Later")
    HookDelivery.objects.create(account=account, event="call_finished")
    assert at("notifications").state == State.DONE


def test_the_first_step_that_is_not_done_is_the_one_for_now(account: Account, look: Callable[[], Survey]) -> None:
    assert [step.state.value for step in look().steps] == ["done", "now", "open", "open", "open", "open", "later"]
    assert look().done == 1


def test_ready_means_that_one_phone_at_least_was_proved(
    keyed: Account, adam: Member, number: VirtualNumber, look: Callable[[], Survey]
) -> None:
    diagnosed(keyed, OK)
    save_changes(adam, default_number=number)
    assert (look().done, look().is_ready) == (5, False)
    proved(adam)
    assert (look().done, look().is_ready, look().is_over) == (6, True, False)


def test_what_breaks_later_takes_the_readiness_back(
    keyed: Account, adam: Member, number: VirtualNumber, look: Callable[[], Survey]
) -> None:
    diagnosed(keyed, OK)
    save_changes(adam, default_number=number)
    proved(adam)
    diagnosed(keyed, fault("ip_not_allowed"))
    assert look().is_ready is False
