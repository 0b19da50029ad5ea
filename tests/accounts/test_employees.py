"""Who a member is at the provider: suggested, confirmed, one for one."""

import pytest
from django.core.exceptions import ValidationError
from support import people

from clickcall.accounts import services
from clickcall.models import Account, Employee, Member


def make_employee(account: Account, name: str = "Анна Кузнецова", **fields: object) -> Employee:
    key = str(Employee.objects.count() + 1)
    return Employee.objects.create(account=account, **{"provider_id": key, "name": name, **fields})


def suggested(member: Member) -> Employee | None:
    return services.suggestions(member.account).get(member.pk)


def test_the_same_name_is_suggested_whatever_the_order_of_its_words(anna: Member) -> None:
    employee = make_employee(anna.account, "Кузнецова  АННА")
    assert suggested(anna) == employee


def test_a_user_name_that_is_the_employees_address_wins_over_the_name(account: Account) -> None:
    member = people.make_member(account, "a.petrova@example.com", name="Анна Кузнецова")
    make_employee(account, "Анна Кузнецова")
    hers = make_employee(account, "Петрова", email="A.Petrova@example.com")
    assert suggested(member) == hers


def test_a_name_that_two_people_share_suggests_nobody(anna: Member) -> None:
    make_employee(anna.account)
    make_employee(anna.account)
    assert suggested(anna) is None


def test_two_members_of_one_name_are_not_told_apart(anna: Member) -> None:
    people.make_member(anna.account, "anna2", name=anna.name)
    make_employee(anna.account)
    assert services.suggestions(anna.account) == {}


def test_nobody_is_suggested_who_is_linked_gone_or_of_another_account(
    anna: Member, boris: Member, stranger: Member
) -> None:
    services.link_employee(boris, make_employee(anna.account))
    make_employee(anna.account, gone_at=anna.account.created_at)
    make_employee(stranger.account)
    assert services.suggestions(anna.account) == {}


def test_a_link_is_set_and_taken_away(anna: Member) -> None:
    employee = make_employee(anna.account)
    assert services.link_employee(anna, employee) is True
    assert services.link_employee(anna, employee) is False
    assert Member.objects.get(pk=anna.pk).employee == employee
    assert services.link_employee(anna, None) is True
    assert Member.objects.get(pk=anna.pk).employee is None


def test_one_employee_belongs_to_one_active_member(anna: Member, boris: Member) -> None:
    employee = make_employee(anna.account)
    services.link_employee(anna, employee)
    with pytest.raises(ValidationError) as caught:
        services.link_employee(boris, employee)
    assert caught.value.message_dict == {"employee": ["This employee is linked to somebody else already."]}
    assert Member.objects.get(pk=boris.pk).employee is None


@pytest.mark.parametrize("wrong", ["another account's", "gone"])
def test_only_a_present_employee_of_the_account_can_be_linked(anna: Member, stranger: Member, wrong: str) -> None:
    account = stranger.account if wrong == "another account's" else anna.account
    employee = make_employee(account, gone_at=account.created_at if wrong == "gone" else None)
    with pytest.raises(ValidationError):
        services.link_employee(anna, employee)


def test_who_comes_back_finds_the_successor_linked(anna: Member, boris: Member, adam: Member) -> None:
    employee = make_employee(anna.account)
    services.link_employee(anna, employee)
    services.disable_member(anna)
    services.link_employee(boris, employee)
    services.enable_member(anna)
    assert Member.objects.get(pk=anna.pk).employee is None
    assert Member.objects.get(pk=boris.pk).employee == employee


def test_who_comes_back_to_a_free_employee_keeps_the_link(anna: Member, adam: Member) -> None:
    employee = make_employee(anna.account)
    services.link_employee(anna, employee)
    services.disable_member(anna)
    services.enable_member(anna)
    assert Member.objects.get(pk=anna.pk).employee == employee
