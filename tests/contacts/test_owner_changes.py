"""Whose client somebody was, and who gave them to whom: in the contact's history, between its calls."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from support.calls import make_call

from clickcall.contacts import handing_over, services
from clickcall.contacts.views import contact as views
from clickcall.models import Contact, Member, OwnerChange

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def shown(response: Any) -> list[str]:
    """The history as it stands there, newest first: calls by their IDs, changes by the new owner."""
    return [
        entry.call.external_id if entry.call else entry.change.after.name if entry.change.after else "nobody"
        for entry in response.context["timeline"]
    ]


def test_a_change_by_hand_is_seen_by_all_who_see_the_contact(
    as_: SignIn, anna: Member, boris: Member, maria: Member, ivan: Contact
) -> None:
    services.update_contact(ivan, owner=anna)
    form = {"list": ivan.list_id, "name": ivan.name, "owner": boris.pk, "phones-TOTAL_FORMS": 1}
    form |= {"phones-INITIAL_FORMS": 1, "phones-0-number": "+7 926 000-00-00", "phones-0-kind": "phone"}
    as_(maria).post(f"/contacts/{ivan.pk}/edit/", form)
    change = OwnerChange.objects.all()[0]
    assert (change.before, change.after, change.by) == (anna, boris, maria)
    for member in (anna, boris):
        text = " ".join(as_(member).get(f"/contacts/{ivan.pk}/").content.decode().split())
        assert "Owner: Анна Кузнецова → Борис Лисин" in text
        assert "Owner: Nobody → Анна Кузнецова" in text
        assert maria.name in text


def test_what_changes_nothing_leaves_no_trace(anna: Member, ivan: Contact) -> None:
    services.update_contact(ivan, owner=anna, by=anna)
    services.update_contact(ivan, owner=anna, city="Омск", by=anna)
    assert handing_over.hand_over(Contact.objects.all(), to=anna, by=None, source="manage.py hand_over") == 0
    assert OwnerChange.objects.count() == 1


def test_changes_stand_between_the_calls_of_their_time_on_every_page(
    as_: SignIn, anna: Member, boris: Member, ivan: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "HISTORY", 2)
    for hours in range(4):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            make_call(anna, contact=ivan, external_id=f"c{hours}", requested_at=NOON + timedelta(hours=hours))
        with time_machine.travel(NOON + timedelta(hours=hours, minutes=30), tick=False):
            services.update_contact(ivan, owner=(anna, boris)[hours % 2])
    browser, path = as_(anna), f"/contacts/{ivan.pk}/"
    first = browser.get(path)
    assert shown(first) == [boris.name, "c3", anna.name, "c2"]
    second = browser.get(f"{path}?after={first.context['history'].after}")
    assert shown(second) == [boris.name, "c1", anna.name, "c0"]
    assert shown(browser.get(f"{path}?before={second.context['history'].before}")) == shown(first)
