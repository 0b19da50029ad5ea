"""The page of one number: whose phone it rings, its label, how it stands at the provider and what to do."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from support import people

from clickcall.models import Member, PhoneCheck, VirtualNumber
from clickcall.models.saving import save_changes

LABEL = {"label_text": "Acme: orders", "label_category": "Trade", "label_date": "2026-09-01"}


@pytest.fixture
def admin(adam: Member, as_: Callable[..., Client]) -> Client:
    return as_(adam)


@pytest.fixture
def address(number: VirtualNumber) -> str:
    return reverse("numbers:edit", args=[number.pk])


def html(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


def test_scenarios_and_status_are_shown(admin: Client, number: VirtualNumber, address: str) -> None:
    scenarios = [
        {"id": "1", "name": "Anna alone", "is_active": True},
        {"id": "2", "name": "Night", "is_active": False},
    ]
    save_changes(number, status="active", scenarios=scenarios, has_scenario=True, synced_at=now())
    page = " ".join(html(admin, address).split())
    assert "Switched on at UIS" in page
    assert 'Anna alone <span class="soft">· switched on</span>' in page
    assert 'Night <span class="soft">· switched off</span>' in page
    assert "Last seen there: today" in page


@pytest.mark.parametrize(
    ("fields", "pill", "remedy"),
    [
        ({"status": "manual_lock"}, "Off at UIS", "Switch it on in the cabinet"),
        ({"status": "limit_lock"}, "Off at UIS", "balance and limits"),
        ({"kind": "call_tracking"}, "Call tracking", "Take an ordinary number"),
        ({"has_scenario": False}, "No scenario", "switch a scenario on"),
        ({"gone_at": now()}, "Gone at UIS", "Give its people another number"),
        ({"enabled": False}, "Stopped using", "Use again"),
    ],
)
def test_a_number_that_cannot_be_used_says_why_and_what_to_do(
    admin: Client, number: VirtualNumber, address: str, fields: dict[str, Any], pill: str, remedy: str
) -> None:
    save_changes(number, **fields)
    page = html(admin, address)
    assert pill in page
    assert remedy in page
    assert pill in html(admin, reverse("numbers:list"))


def test_each_person_is_shown_proved_or_not(
    admin: Client, number: VirtualNumber, address: str, anna: Member, boris: Member
) -> None:
    number.members.set([anna, boris])
    PhoneCheck.objects.create(account=anna.account, member=anna, number=number, answer="mine", answered_at=now())
    page = html(admin, address)
    assert "Proved " in page
    assert "Not checked yet" in page


def test_the_label_is_noted(admin: Client, number: VirtualNumber, address: str) -> None:
    assert "Only your operator can set a label" in html(admin, address)
    admin.post(reverse("numbers:label", args=[number.pk]), LABEL)
    number.refresh_from_db()
    assert (number.label_text, number.label_category) == ("Acme: orders", "Trade")
    assert number.label_date == date(2026, 9, 1)
    page = html(admin, address)
    assert 'value="2026-09-01"' in page
    assert "Not labelled" not in page
    assert "Acme: orders" in html(admin, reverse("numbers:list"))


@pytest.mark.parametrize(
    ("field", "typed"), [("label_text", "x" * 33), ("label_category", "x" * 101), ("label_date", "yesterday")]
)
def test_a_wrong_label_stays_typed_and_changes_nothing(
    admin: Client, number: VirtualNumber, field: str, typed: str
) -> None:
    answer = admin.post(reverse("numbers:label", args=[number.pk]), LABEL | {field: typed})
    assert answer.status_code == 422
    assert field in answer.context["label_form"].errors
    assert f'value="{typed}"' in answer.content.decode()
    number.refresh_from_db()
    assert number.label_text == ""


def test_a_label_is_taken_away_again(admin: Client, number: VirtualNumber) -> None:
    save_changes(number, label_text="Orders by phone")
    admin.post(reverse("numbers:label", args=[number.pk]), {"label_text": ""})
    number.refresh_from_db()
    assert (number.label_text, number.label_date) == ("", None)


def test_the_list_counts_what_is_not_labelled(admin: Client, number: VirtualNumber) -> None:
    people.make_number(number.account, "74951045771")
    people.make_number(number.account, "74951045772", label_text="Orders by phone")
    page = html(admin, reverse("numbers:list"))
    assert "2 numbers are not labelled." in page
    assert "Orders by phone" not in html(admin, f"{reverse('numbers:list')}?show=unlabelled")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_people_are_named_and_many_are_counted(
    admin: Client, number: VirtualNumber, anna: Member, boris: Member, maria: Member, count: int
) -> None:
    number.members.set([anna, boris, maria][:count])
    page = " ".join(html(admin, reverse("numbers:list")).split())
    assert ("3 people</span>" in page) == (count == 3)


def test_without_people_the_list_says_nobody(admin: Client, number: VirtualNumber) -> None:
    page = html(admin, reverse("numbers:list"))
    assert ">Nobody</span>" in page
    assert "Nobody to check" in page
