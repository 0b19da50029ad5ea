"""People in bulk: what is likely is chosen, and what is sent is saved as a whole."""

from collections.abc import Callable

import pytest
from support import people

from clickcall.accounts.services import link_employee
from clickcall.models import Account, Employee, Member, VirtualNumber
from clickcall.models.saving import save_changes
from clickcall.setup.known import Known
from clickcall.setup.people_form import PeopleForm, likely_numbers

Fill = Callable[..., PeopleForm]


def make_employee(account: Account, name: str, key: str = "1") -> Employee:
    return Employee.objects.create(account=account, name=name, provider_id=key, phones=["0486101"], extension="101")


@pytest.fixture
def fill(adam: Member) -> Fill:
    """fill(**data): the admin's form; without data an unbound one."""

    def start(**data: object) -> PeopleForm:
        sent = {name.replace("_", "-"): str(value) for name, value in data.items()}
        return PeopleForm(sent or None, known=Known(Member.objects.get(pk=adam.pk)))

    return start


def chosen(form: PeopleForm, member: Member) -> tuple[object, object]:
    return form[f"employee-{member.pk}"].initial, form[f"number-{member.pk}"].initial


def test_name_and_number_are_suggested_and_nothing_is_saved_by_looking(fill: Fill, anna: Member, adam: Member) -> None:
    employee = make_employee(anna.account, anna.name)
    mine = people.make_number(anna.account, "74950000001", name="Москва, Анна")
    people.make_number(anna.account, "74950000002", name="Общий")
    form = fill()
    assert chosen(form, anna) == (employee.pk, mine.pk)
    assert chosen(form, adam) == ("", "")
    assert Member.objects.get(pk=anna.pk).employee is None


def test_what_is_confirmed_is_saved(fill: Fill, anna: Member, number: VirtualNumber) -> None:
    employee = make_employee(anna.account, anna.name)
    form = fill(**{f"employee_{anna.pk}": employee.pk, f"number_{anna.pk}": number.pk})
    assert form.is_valid()
    assert form.save()
    anna.refresh_from_db()
    assert (anna.employee, anna.default_number) == (employee, number)
    assert number.members.filter(pk=anna.pk).exists()


def test_who_was_not_asked_about_keeps_what_they_have(fill: Fill, anna: Member, boris: Member, adam: Member) -> None:
    number = people.make_number(anna.account)
    save_changes(boris, default_number=number)
    make_employee(anna.account, "Somebody")  # from now on Boris is on the list too, for want of a link
    form = fill(**{f"employee_{anna.pk}": "", f"number_{anna.pk}": ""})
    assert form.is_valid()
    assert form.save()
    assert Member.objects.get(pk=boris.pk).default_number == number


def test_one_employee_for_two_people_saves_neither(fill: Fill, anna: Member, boris: Member) -> None:
    one = make_employee(anna.account, "Somebody").pk
    sent = {f"employee_{member.pk}": one for member in (anna, boris)}
    form = fill(**sent, **{f"number_{member.pk}": "" for member in (anna, boris)})
    assert form.is_valid()
    assert form.save() is False
    assert list(form.errors) == [f"employee-{boris.pk}"]
    assert not Member.objects.exclude(employee=None).exists()


def test_another_accounts_rows_are_no_choice(fill: Fill, anna: Member, stranger: Member) -> None:
    theirs = make_employee(stranger.account, anna.name)
    number = people.make_number(stranger.account, "74950000009")
    form = fill(**{f"employee_{anna.pk}": theirs.pk, f"number_{anna.pk}": number.pk})
    assert not form.is_valid()
    assert set(form.errors) == {f"employee-{anna.pk}", f"number-{anna.pk}"}


def test_who_is_complete_is_not_on_the_list(fill: Fill, anna: Member, number: VirtualNumber) -> None:
    link_employee(anna, make_employee(anna.account, anna.name))
    make_employee(anna.account, "Somebody", "2")
    save_changes(anna, default_number=number)
    assert anna not in fill().people


def test_the_only_number_is_likely_for_the_only_person(anna: Member, number: VirtualNumber) -> None:
    assert likely_numbers([anna], [number], [anna]) == {anna.pk: number}


def test_a_number_that_two_names_fit_is_likely_for_nobody(account: Account) -> None:
    pair = [people.make_member(account, f"anna{n}", name=f"Анна {last}") for n, last in enumerate(("Белых", "Чёрных"))]
    numbers = [people.make_number(account, f"7495000000{n}", name=name) for n, name in enumerate(("Анна", "Склад"))]
    assert likely_numbers(pair, numbers, pair) == {}


def test_the_scenarios_name_tells_too_and_a_taken_number_is_left(account: Account, anna: Member, boris: Member) -> None:
    scenario = [{"id": "1", "name": "Звонки Лисин", "is_active": True}]
    free = people.make_number(account, "74950000001", name="Москва", scenarios=scenario)
    taken = people.make_number(account, "74950000002", name="Кузнецова")
    other = people.make_member(account, "maria2", name="Мария Орлова", default_number=taken)
    assert likely_numbers([anna, boris], [free, taken], [anna, boris, other]) == {boris.pk: free}


def test_a_list_stays_short_however_many_numbers_there_are(fill: Fill, anna: Member) -> None:
    for place in range(150):
        people.make_number(anna.account, f"7495{place:07}", name="Склад")
    mine = people.make_number(anna.account, "74959999999", name="Анна")
    choices = [value for value, _label in fill()[f"number-{anna.pk}"].field.choices]
    assert len(choices) <= 102
    assert str(mine.pk) in choices
