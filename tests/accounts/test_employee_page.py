"""A person's page: who they are at the provider, suggested and confirmed."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from clickcall.accounts import services
from clickcall.models import Account, Employee, Member

SignIn = Callable[[Member], Client]


def make_employee(account: Account, name: str, provider_id: str = "1") -> Employee:
    return Employee.objects.create(account=account, name=name, provider_id=provider_id, phones=["0486101"])


def html(client: Client, person: Member) -> str:
    return client.get(reverse("accounts:person", args=[person.pk])).content.decode()


def link(client: Client, person: Member, employee: Employee | None) -> int:
    path = reverse("accounts:person_employee", args=[person.pk])
    return client.post(path, {"employee": employee.pk if employee else ""}).status_code


def test_somebody_of_the_same_name_is_suggested_and_nothing_is_linked_before_the_yes(
    as_: SignIn, adam: Member, anna: Member
) -> None:
    employee = make_employee(anna.account, anna.name)
    shown = html(as_(adam), anna)
    assert f'<option value="{employee.pk}" selected>' in shown
    assert "Yes, that&#x27;s them" in shown or "Yes, that's them" in shown
    assert Member.objects.get(pk=anna.pk).employee is None


def test_the_admin_confirms_and_takes_it_back(as_: SignIn, adam: Member, anna: Member) -> None:
    employee = make_employee(anna.account, "Somebody")
    browser = as_(adam)
    assert link(browser, anna, employee) == 302
    assert Member.objects.get(pk=anna.pk).employee == employee
    assert "0486101" in html(browser, anna)
    assert link(browser, anna, None) == 302
    assert Member.objects.get(pk=anna.pk).employee is None


def test_who_is_linked_to_a_colleague_is_no_choice(as_: SignIn, adam: Member, anna: Member, boris: Member) -> None:
    employee = make_employee(anna.account, anna.name)
    services.link_employee(boris, employee)
    browser = as_(adam)
    assert f'<option value="{employee.pk}"' not in html(browser, anna)
    assert link(browser, anna, employee) == 422
    assert Member.objects.get(pk=anna.pk).employee is None


def test_another_accounts_employee_is_no_choice(as_: SignIn, adam: Member, anna: Member, stranger: Member) -> None:
    assert link(as_(adam), anna, make_employee(stranger.account, anna.name)) == 422
    assert Member.objects.get(pk=anna.pk).employee is None
