"""Missed calls that somebody is to return, and who may open them."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils.timezone import now
from support import people
from support.calls import make_call

from clickcall.models import Account, Call, Contact, Member, VirtualNumber
from clickcall.models.calls import TALKED

People = dict[str, Member]


@pytest.fixture
def everybody(anna: Member, boris: Member, maria: Member, adam: Member, stranger: Member) -> People:
    return {"anna": anna, "boris": boris, "maria": maria, "adam": adam, "stranger": stranger}


def missed(colleague: Member, minutes_ago: int = 5, **fields: Any) -> Call:
    """A call from outside that nobody answered; of nobody unless said."""
    at = now() - timedelta(minutes=minutes_ago)
    given = {"origin": "inbound", "external_id": None, "dispatch": "", "member": None, "is_missed": True}
    given |= {"call_session_id": str(Call.objects.count() + 1), "requested_at": at, "finished_at": at}
    return make_call(colleague, **(given | fields))


def to_return(member: Member) -> list[Call]:
    return list(Call.objects.to_return(member, now() - timedelta(days=1)))


def who(everybody: People, call: Call) -> tuple[set[str], set[str]]:
    """Who is to return it, and who may open it."""
    return (
        {name for name, member in everybody.items() if call in to_return(member)},
        {name for name, member in everybody.items() if Call.objects.visible_to(member).filter(pk=call.pk).exists()},
    )


def test_nobodys_missed_call_is_for_managers(everybody: People, anna: Member) -> None:
    assert who(everybody, missed(anna)) == ({"maria", "adam"}, {"maria", "adam"})


def test_a_missed_call_is_for_the_member_it_rang(everybody: People, anna: Member) -> None:
    hers = {"anna", "maria", "adam"}
    assert who(everybody, missed(anna, member=anna)) == (hers, hers)


def test_a_missed_call_is_for_those_whose_default_number_was_called(
    everybody: People, anna: Member, number: VirtualNumber
) -> None:
    anna.default_number = number
    anna.save()
    hers = {"anna", "maria", "adam"}
    assert who(everybody, missed(anna, number=number)) == (hers, hers)


def test_a_missed_call_is_for_everybody_to_whom_the_number_is_assigned(
    everybody: People, account: Account, anna: Member, boris: Member
) -> None:
    shared = people.make_number(account, "74993720693", anna, boris)
    theirs = {"anna", "boris", "maria", "adam"}
    assert who(everybody, missed(anna, number=shared)) == (theirs, theirs)


def test_a_missed_call_is_for_the_owner_of_the_contact(everybody: People, boris: Member, ivan: Contact) -> None:
    ivan.owner = boris
    ivan.save()
    his = {"boris", "maria", "adam"}
    assert who(everybody, missed(boris, contact=ivan)) == (his, his)


def test_an_answered_call_to_ones_number_may_be_opened_and_is_not_to_be_returned(
    everybody: People, anna: Member, number: VirtualNumber
) -> None:
    number.members.add(anna)
    call = missed(anna, number=number, is_missed=False, talk_duration=40)
    assert who(everybody, call) == (set(), {"anna", "maria", "adam"})


@pytest.mark.parametrize("origin", ["press", "other"])
def test_a_colleagues_call_from_ones_number_stays_the_colleagues(
    everybody: People, anna: Member, boris: Member, number: VirtualNumber, origin: str
) -> None:
    number.members.add(anna, boris)
    ours = {"external_id": "one", "dispatch": "accepted"} if origin == "press" else {}
    call = missed(anna, number=number, member=boris, origin=origin, is_missed=False, **ours)
    assert who(everybody, call)[1] == {"boris", "maria", "adam"}


@pytest.mark.parametrize(
    "fields",
    [
        {"returned_at": now()},
        {"got_through_at": now()},
        {"is_missed": False},
        {"contact_phone": ""},
        {"minutes_ago": 2 * 24 * 60},
    ],
)
def test_what_was_returned_cannot_be_or_is_long_past_is_left_out(maria: Member, fields: dict[str, Any]) -> None:
    missed(maria, **fields)
    assert to_return(maria) == []


@pytest.mark.parametrize(
    "fields", [{}, {"returned_at": now()}, {"got_through_at": now()}, {"is_missed": False, "talk_duration": 30}]
)
def test_a_call_waits_by_its_own_word_as_by_the_databases(maria: Member, fields: dict[str, Any]) -> None:
    call = missed(maria, **fields)
    assert call.is_waiting == Call.objects.waiting().exists()
    assert call.is_talk == Call.objects.filter(TALKED).exists()


def test_the_newest_comes_first(maria: Member) -> None:
    old, new = missed(maria, minutes_ago=9), missed(maria, minutes_ago=2, contact_phone="79260000002")
    assert to_return(maria) == [new, old]


def test_who_got_through_before_that_was_written_down_is_found_out(anna: Member) -> None:
    first, other = missed(anna, minutes_ago=9), missed(anna, contact_phone="79260000002")
    back = missed(anna, minutes_ago=8, returned_at=now())
    talks = [missed(anna, minutes_ago=minutes, is_missed=False, talk_duration=30) for minutes in (10, 7, 6)]
    last = missed(anna, minutes_ago=1)
    import_module("clickcall.migrations.0015_fill_got_through").fill(apps, connection.schema_editor())
    known = dict(Call.objects.filter(is_missed=True).values_list("pk", "got_through_at"))
    assert known == {first.pk: talks[1].requested_at, other.pk: None, back.pk: None, last.pk: None}
