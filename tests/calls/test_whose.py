"""Whom a call is about, and whether the reader is that person."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.calls import build_call

from clickcall.calls.whose import is_own, is_somebody_else, ours, returned, rung, who
from clickcall.models import Employee, Member, Origin

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def linked(anna: Member) -> Member:
    anna.employee = Employee.objects.create(account=anna.account, provider_id="7", name="Кузнецова Анна Павловна")
    anna.save()
    return anna


@pytest.mark.parametrize("origin", [Origin.INBOUND, Origin.OTHER])
def test_only_who_pressed_is_spoken_to(anna: Member, boris: Member, origin: Origin) -> None:
    assert is_own(build_call(anna), anna)
    assert not is_own(build_call(anna), boris)
    assert not is_own(build_call(anna, origin=origin), anna)


def test_a_linked_member_is_the_employee_and_nobody_else_is(linked: Member) -> None:
    assert not is_somebody_else("кузнецова анна павловна", linked)
    assert is_somebody_else("Кузнецова Анна Сергеевна", linked)
    assert is_somebody_else("Олег", linked)


@pytest.mark.parametrize(
    ("name", "is_else"),
    [("Кузнецова Анна Павловна", False), ("АННА", False), ("Олег Дементьев", True), ("", False), ("Ан К.", True)],
)
def test_without_a_link_a_name_that_shares_a_word_is_taken_for_ones_own(anna: Member, name: str, is_else: bool) -> None:
    assert is_somebody_else(name, anna) is is_else


def test_nobody_named_is_nobody_else(linked: Member) -> None:
    assert not is_somebody_else("", linked)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"employee_name": "Олег"}, "Анна Кузнецова"),
        ({"origin": "inbound", "employee_name": "Олег"}, "Олег"),
        ({"origin": "inbound", "employee_name": "Олег", "answered_by": "Рита"}, "Рита"),
        ({"origin": "inbound"}, "Анна Кузнецова"),
        ({"origin": "other", "member_name": ""}, "The salesperson"),
    ],
)
def test_our_person_is_who_pressed_or_whom_the_provider_named(anna: Member, fields: dict[str, Any], name: str) -> None:
    assert ours(build_call(anna, **fields)) == name


def test_whose_phone_rings_is_the_providers_word_first(anna: Member) -> None:
    assert rung(build_call(anna)) == "Анна Кузнецова"
    assert rung(build_call(anna, employee_name="Олег")) == "Олег"


def test_a_caller_who_hides_is_said_to_hide(anna: Member) -> None:
    assert who(build_call(anna, contact_name="", contact_phone=""), anna) == "Hidden number"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (None, "not called back yet"),
        (timedelta(seconds=20), "called back after 1 min"),
        (timedelta(minutes=18, seconds=40), "called back after 18 min"),
        (timedelta(minutes=60), "called back after 1 h"),
        (timedelta(hours=47), "called back after 47 h"),
        (timedelta(days=3), "called back after 3 d"),
        (timedelta(seconds=-5), "called back after 1 min"),
    ],
)
def test_a_missed_call_says_how_soon_it_was_returned(anna: Member, after: timedelta | None, words: str) -> None:
    at = AT + after if after is not None else None
    assert returned(build_call(anna, requested_at=AT, returned_at=at)) == words
