"""The phone check of a number in few words, from what its people said last."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils.timezone import now
from support import people
from support.world import make_call

from clickcall.models import Member, PhoneAnswer, PhoneCheck, VirtualNumber
from clickcall.numbers import proofs, queries

MINE, OTHER, NOTHING, NONE = PhoneAnswer.MINE, PhoneAnswer.OTHER, PhoneAnswer.NOTHING, PhoneAnswer.NONE


@pytest.fixture(autouse=True)
def _november() -> Any:
    with time_machine.travel("2026-11-23T09:00Z", tick=False):
        yield


def check(member: Member, number: VirtualNumber, answer: str, days: int = 0, **fields: Any) -> PhoneCheck:
    at = now() - timedelta(days=days)
    answered = {"answered_at": at + timedelta(minutes=1)} if answer else {}
    return PhoneCheck.objects.create(
        account=member.account, member=member, number=number, asked_at=at, answer=answer, **(answered | fields)
    )


def label(number: VirtualNumber) -> str:
    found = queries.numbers(number.account).get(pk=number.pk)
    return proofs.pill(found, list(found.members.all()), proofs.answers([found])).label


@pytest.fixture
def hers(number: VirtualNumber, anna: Member) -> VirtualNumber:
    number.members.add(anna)
    return number


def test_a_number_of_nobody_has_nobody_to_check(number: VirtualNumber) -> None:
    assert label(number) == "Nobody to check"


def test_a_number_nobody_has_checked_says_so(hers: VirtualNumber) -> None:
    assert label(hers) == "Not checked yet"


def test_a_proof_names_its_day_in_the_accounts_zone(hers: VirtualNumber, anna: Member) -> None:
    check(anna, hers, MINE, days=3)
    assert label(hers) == "Proved 20 Nov"


def test_the_newest_answer_counts(hers: VirtualNumber, anna: Member) -> None:
    check(anna, hers, NOTHING, days=3)
    check(anna, hers, MINE, days=1)
    assert label(hers) == "Proved 22 Nov"
    check(anna, hers, NOTHING)
    assert label(hers) == "Анна: nothing rang"


def test_a_check_that_was_not_answered_changes_nothing(hers: VirtualNumber, anna: Member) -> None:
    check(anna, hers, MINE, days=1)
    check(anna, hers, NONE)
    assert label(hers) == "Proved 22 Nov"


def test_two_answers_of_one_moment_are_one(hers: VirtualNumber, anna: Member) -> None:
    check(anna, hers, OTHER)
    check(anna, hers, MINE)
    assert label(hers) == "Proved 23 Nov"


def test_who_picked_up_instead_is_named_where_it_is_known(hers: VirtualNumber, anna: Member, leads: Any) -> None:
    call = make_call(anna, hers, people.make_contact(leads), answered_by="Олег Дементьев")
    check(anna, hers, OTHER, call=call)
    assert label(hers) == "Олег picked up, not Анна"
    check(anna, hers, OTHER)
    assert label(hers) == "Анна: another phone"


def test_of_several_people_bad_news_come_first_and_a_part_is_a_part(
    hers: VirtualNumber, anna: Member, boris: Member
) -> None:
    hers.members.add(boris)
    check(anna, hers, MINE, days=5)
    assert label(hers) == "Proved for 1 of 2"
    check(boris, hers, NOTHING)
    assert label(hers) == "Борис: nothing rang"
    check(boris, hers, MINE)
    assert label(hers) == "Proved 18 Nov"


def test_an_answer_about_another_number_proves_nothing(hers: VirtualNumber, anna: Member) -> None:
    check(anna, people.make_number(hers.account, "74951045771"), MINE)
    assert label(hers) == "Not checked yet"


def test_figures_and_filters_agree(hers: VirtualNumber, anna: Member, boris: Member) -> None:
    account = hers.account
    proved = people.make_number(account, "74951045771", anna, label_text="Acme")
    check(anna, proved, NOTHING, days=2)
    check(anna, proved, MINE, days=1)
    people.make_number(account, "74951045772", boris, enabled=False)
    people.make_number(account, "74951045773", status="limit_lock")
    people.make_number(account, "74951045774", gone_at=now())
    counts = queries.counts(account)
    assert counts == queries.Counts(all=5, in_use=2, unproved=1, unlabelled=1, stopped=1, gone=1)
    for name in queries.FILTERS:
        assert queries.numbers(account, name).count() == getattr(counts, name)
    assert queries.numbers(account, "unproved").get() == hers


def test_people_whose_access_is_off_need_no_proof(hers: VirtualNumber, anna: Member) -> None:
    anna.archived_at = now()
    anna.save()
    assert queries.counts(hers.account).unproved == 0
