"""Three calls of a number in a week that somebody else picked up are a warning."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from support import people
from support.world import make_call

from clickcall.models import Call, Contact, Member, Status, VirtualNumber
from clickcall.numbers import queries


def calls(member: Member, number: VirtualNumber, ivan: Contact, count: int, status: str = Status.SOMEBODY_ELSE) -> None:
    for place in range(count):
        name = f"{number.digits}-{status}-{place}"
        make_call(member, number, ivan, status=status, external_id=name, call_session_id=name)


@pytest.mark.parametrize(("count", "warned"), [(2, False), (3, True), (4, True)])
def test_three_in_a_week_are_a_warning(
    anna: Member, number: VirtualNumber, ivan: Contact, count: int, warned: bool
) -> None:
    calls(anna, number, ivan, count)
    calls(anna, number, ivan, 5, Status.NO_ANSWER)
    assert list(queries.elsewhere(number.account)) == ([number] if warned else [])


def test_older_calls_and_those_of_other_numbers_do_not_count(
    anna: Member, number: VirtualNumber, ivan: Contact
) -> None:
    calls(anna, number, ivan, 3)
    old = Call.objects.order_by("pk")[:1].get()
    Call.objects.filter(pk=old.pk).update(requested_at=now() - timedelta(days=8))
    calls(anna, people.make_number(number.account, "74951045771"), ivan, 1)
    assert not queries.elsewhere(number.account).exists()


def test_another_account_is_not_warned(anna: Member, stranger: Member, number: VirtualNumber, ivan: Contact) -> None:
    calls(anna, number, ivan, 3)
    assert not queries.elsewhere(stranger.account).exists()


def test_the_pages_say_so(anna: Member, adam: Member, number: VirtualNumber, ivan: Contact) -> None:
    browser = Client()
    browser.force_login(adam.user)
    address = reverse("numbers:edit", args=[number.pk])
    assert "Somebody else picked up" not in browser.get(address).content.decode()
    calls(anna, number, ivan, 3)
    assert "Somebody else picked up" in browser.get(address).content.decode()
    assert "Rings others too" in browser.get(reverse("numbers:list")).content.decode()
