"""The pages of numbers: admins only, nothing lost from what was typed, nothing deleted."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from support import people

from clickcall.models import Member, VirtualNumber
from clickcall.numbers import services

SignIn = Callable[..., Client]


@pytest.fixture
def admin(adam: Member, as_: SignIn) -> Client:
    return as_(adam)


def saved(number: VirtualNumber) -> VirtualNumber:
    return VirtualNumber.objects.get(pk=number.pk)


def test_the_list_says_who_calls_from_each_number(
    admin: Client, number: VirtualNumber, anna: Member, django_assert_max_num_queries: Any
) -> None:
    for i in range(9):
        people.make_number(number.account, f"7499372070{i}")
    services.set_default_number(anna, number)
    with django_assert_max_num_queries(12):
        html = admin.get(reverse("numbers:list")).content.decode()
    assert "+7 499 372-06-92" in html
    assert html.count("Анна Кузнецова") >= 2
    assert html.count("Everybody") == 9


def test_an_account_without_numbers_is_told_what_to_do_next(admin: Client) -> None:
    html = admin.get(reverse("numbers:list")).content.decode()
    assert "No numbers yet" in html
    assert reverse("numbers:new") in html


def test_the_list_can_be_narrowed_to_stopped_numbers(admin: Client, number: VirtualNumber) -> None:
    people.make_number(number.account, "78120000010", enabled=False)
    html = admin.get(reverse("numbers:list"), {"show": "stopped"}).content.decode()
    assert "+7 812 000-00-10" in html
    assert "+7 499 372-06-92" not in html


def test_all_numbers_are_reached_page_by_page(admin: Client, number: VirtualNumber) -> None:
    for i in range(60):
        people.make_number(number.account, f"749937207{i:02}")
    seen, after = set(), ""
    for _page in range(2):
        page = admin.get(reverse("numbers:list"), {"after": after} if after else {}).context["page"]
        seen |= {row.pk for row in page.rows}
        after = page.after
    assert (len(seen), after) == (61, "")


@pytest.mark.parametrize("typed", ["+7 (499) 372-06-92", "8 499 372 06 92", "74993720692"])
def test_a_number_is_added_as_people_write_it(admin: Client, anna: Member, typed: str) -> None:
    response = admin.post(reverse("numbers:new"), {"digits": typed, "name": "Moscow", "members": [anna.pk]})
    assert response.status_code == 302
    number = VirtualNumber.objects.get(digits="74993720692")
    assert (number.account, list(number.members.all())) == (anna.account, [anna])


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "This field is required."),
        ("0486173", "This is a SIP number."),
        ("+7 499 372-06-92 доб. 12", "Leave the extension out"),
        ("12", "internal extension"),
        ("+7 499 372-06-9", "There is no such number"),
        ("+7 499 000 abc", "Only digits"),
    ],
)
def test_what_is_no_number_is_refused_beside_the_field_and_stays_typed(admin: Client, typed: str, reason: str) -> None:
    response = admin.post(reverse("numbers:new"), {"digits": typed, "name": "Kept"})
    html = response.content.decode()
    assert response.status_code == 422
    assert reason in response.context["form"].errors["digits"][0]
    assert 'value="Kept"' in html
    assert not VirtualNumber.objects.exists()


def test_a_number_that_is_there_already_is_not_added_twice(admin: Client, number: VirtualNumber) -> None:
    response = admin.post(reverse("numbers:new"), {"digits": "+7 499 372-06-92"})
    assert response.context["form"].errors["digits"] == ["This number is already on the list."]
    assert VirtualNumber.objects.count() == 1


def test_name_and_people_are_edited(admin: Client, number: VirtualNumber, anna: Member, boris: Member) -> None:
    services.set_default_number(boris, number)
    admin.post(reverse("numbers:edit", args=[number.pk]), {"name": "North", "members": [anna.pk]})
    boris.refresh_from_db()
    assert (saved(number).name, list(number.members.all()), boris.default_number) == ("North", [anna], None)


def test_a_person_of_another_account_cannot_be_assigned(admin: Client, number: VirtualNumber, stranger: Member) -> None:
    response = admin.post(reverse("numbers:edit", args=[number.pk]), {"name": "North", "members": [stranger.pk]})
    assert "members" in response.context["form"].errors
    assert (saved(number).name, number.members.count()) == ("Moscow", 0)


def test_somebody_whose_access_is_off_stays_assigned_and_is_named_so(
    admin: Client, number: VirtualNumber, anna: Member, django_assert_max_num_queries: Any
) -> None:
    services.assign_number(number, [anna])
    Member.objects.filter(pk=anna.pk).update(archived_at="2026-11-01T00:00Z")
    with django_assert_max_num_queries(12):
        html = admin.get(reverse("numbers:edit", args=[number.pk])).content.decode()
    assert "Анна Кузнецова (access is off)" in html


def test_stopping_says_first_who_cannot_call(admin: Client, number: VirtualNumber, anna: Member) -> None:
    services.set_default_number(anna, number)
    html = admin.get(reverse("numbers:stop", args=[number.pk])).content.decode()
    assert "Анна Кузнецова" in html
    assert saved(number).enabled


def test_a_number_is_stopped_and_used_again_but_never_deleted(admin: Client, number: VirtualNumber) -> None:
    admin.post(reverse("numbers:stop", args=[number.pk]))
    assert not saved(number).enabled
    admin.post(reverse("numbers:use", args=[number.pk]))
    assert saved(number).enabled


def test_my_number_is_given_and_taken_away(admin: Client, number: VirtualNumber, anna: Member) -> None:
    services.assign_number(number, [anna])
    address = reverse("numbers:default", args=[number.pk])
    admin.post(address, {"member": anna.pk})
    assert list(number.default_of.all()) == [anna]
    admin.post(address, {"member": anna.pk, "taken_away": "1"})
    assert not number.default_of.exists()


def test_taking_away_an_old_choice_leaves_the_new_one(admin: Client, number: VirtualNumber, anna: Member) -> None:
    services.assign_number(number, [anna])
    other = people.make_number(number.account, "78120000010")
    services.set_default_number(anna, other)
    admin.post(reverse("numbers:default", args=[number.pk]), {"member": anna.pk, "taken_away": "1"})
    assert list(other.default_of.all()) == [anna]


def test_my_number_of_somebody_who_does_not_call_from_it_is_refused(
    admin: Client, number: VirtualNumber, anna: Member
) -> None:
    response = admin.post(reverse("numbers:default", args=[number.pk]), {"member": anna.pk}, follow=True)
    assert "Nothing was changed" in response.content.decode()
    assert not number.default_of.exists()
