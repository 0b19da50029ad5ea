"""Whose rows a member sees: the owner, a colleague, a manager, an admin and a stranger."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from support import people
from support.calls import make_call

from clickcall.models import Account, Call, Contact, ContactList, Member, Preset, VirtualNumber

Everybody = dict[str, Member]
See = Callable[[Any], set[str]]


@pytest.fixture
def everybody(anna: Member, boris: Member, maria: Member, adam: Member, stranger: Member) -> Everybody:
    return {"anna": anna, "boris": boris, "maria": maria, "adam": adam, "stranger": stranger}


@pytest.fixture
def who_sees(everybody: Everybody) -> Callable[[Callable[[Member], Any], Any], set[str]]:
    """who_sees(verb, row): the names of those whose rows hold this one."""

    def ask(verb: Callable[[Member], Any], row: Any) -> set[str]:
        return {name for name, member in everybody.items() if verb(member).filter(pk=row.pk).exists()}

    return ask


def test_calls_are_seen_by_the_caller_and_those_above(who_sees: Any, anna: Member) -> None:
    assert who_sees(Call.objects.visible_to, make_call(anna)) == {"anna", "maria", "adam"}


def test_a_call_of_nobody_is_for_managers(who_sees: Any, anna: Member) -> None:
    call = make_call(anna, origin="inbound", external_id=None, dispatch="", member=None)
    assert who_sees(Call.objects.visible_to, call) == {"maria", "adam"}


def test_the_live_bar_is_the_callers_alone(who_sees: Any, anna: Member) -> None:
    since = now() - timedelta(hours=1)
    assert who_sees(lambda member: Call.objects.on_the_bar(member.account_id, member.pk, since), make_call(anna)) == {
        "anna"
    }


def test_a_list_is_for_those_on_it_and_those_above(who_sees: Any, account: Account, anna: Member) -> None:
    hers = people.make_list(account, "Hers", anna)
    contact = people.make_contact(hers)
    assert who_sees(ContactList.objects.visible_to, hers) == {"anna", "maria", "adam"}
    assert who_sees(Contact.objects.visible_to, contact) == {"anna", "maria", "adam"}


def test_a_list_without_people_is_everybodys_in_the_account(who_sees: Any, leads: ContactList, ivan: Contact) -> None:
    assert who_sees(ContactList.objects.visible_to, leads) == {"anna", "boris", "maria", "adam"}
    assert who_sees(Contact.objects.visible_to, ivan) == {"anna", "boris", "maria", "adam"}


def test_owning_a_contact_does_not_open_its_list(who_sees: Any, account: Account, anna: Member, boris: Member) -> None:
    contact = people.make_contact(people.make_list(account, "His", boris), owner=anna)
    assert who_sees(Contact.objects.visible_to, contact) == {"boris", "maria", "adam"}


def test_a_list_worked_by_several_shows_each_contact_once(account: Account, anna: Member, boris: Member) -> None:
    contact = people.make_contact(people.make_list(account, "Theirs", anna, boris))
    assert list(Contact.objects.visible_to(anna)) == [contact]


def test_a_number_is_used_by_those_it_is_assigned_to_and_those_above(
    who_sees: Any, account: Account, anna: Member
) -> None:
    hers = people.make_number(account, "74993720692", anna)
    assert who_sees(VirtualNumber.objects.visible_to, hers) == {"anna", "maria", "adam"}
    assert who_sees(VirtualNumber.objects.usable_by, hers) == {"anna", "maria", "adam"}


def test_a_number_of_nobody_is_used_by_all(who_sees: Any, number: VirtualNumber) -> None:
    assert who_sees(VirtualNumber.objects.usable_by, number) == {"anna", "boris", "maria", "adam"}


def test_a_number_out_of_use_is_used_by_none(who_sees: Any, account: Account, anna: Member) -> None:
    stopped = people.make_number(account, "74993720692", anna, enabled=False)
    assert who_sees(VirtualNumber.objects.usable_by, stopped) == set()
    assert who_sees(VirtualNumber.objects.visible_to, stopped) == {"anna", "maria", "adam"}


def test_presets_are_the_accounts(who_sees: Any, account: Account) -> None:
    preset = Preset.objects.create(account=account, name="Ordinary call")
    assert who_sees(Preset.objects.visible_to, preset) == {"anna", "boris", "maria", "adam"}


def test_colleagues_are_the_accounts(who_sees: Any, boris: Member) -> None:
    assert who_sees(Member.objects.visible_to, boris) == {"anna", "boris", "maria", "adam"}


def test_somebody_in_two_accounts_sees_with_each_membership_its_own(anna: Member, stranger: Member) -> None:
    there = people.make_member(stranger.account, "anna")
    here_call, there_call = make_call(anna), make_call(there)
    assert list(Call.objects.visible_to(anna)) == [here_call]
    assert list(Call.objects.visible_to(there)) == [there_call]


@pytest.mark.parametrize("verb", ["archived_at", "is_active"])
def test_the_archived_and_the_disabled_are_not_active(anna: Member, verb: str) -> None:
    assert anna in Member.objects.active()
    if verb == "archived_at":
        Member.objects.filter(pk=anna.pk).update(archived_at=anna.account.created_at)
    else:
        type(anna.user).objects.filter(pk=anna.user_id).update(is_active=False)
    assert anna not in Member.objects.active()
