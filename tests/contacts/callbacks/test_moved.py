"""A promise that the client asked for, put on another time: outside calling hours it is ours alone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from support.queue import take
from time_machine import TimeMachineFixture

from clickcall.contacts import callbacks
from clickcall.contacts.rules import verdict
from clickcall.models import Callback, Contact, Member

SignIn = Callable[[Member], Client]
PHONE = "74951234567"  # in Moscow
NIGHT = datetime(2026, 11, 18, 19, 0, tzinfo=UTC)  # 22:00 there
pytestmark = pytest.mark.usefixtures("company_hours")


@pytest.fixture
def asked(time_machine: TimeMachineFixture, anna: Member, ivan: Contact) -> Callback:
    """For tomorrow at 15:00."""
    ivan.phones.update(digits=PHONE)
    time_machine.move_to(NIGHT, tick=False)
    when = NIGHT + timedelta(hours=17)
    given = {"contact": ivan, "digits": PHONE, "member": anna, "due_at": when, "made_by": anna}
    return callbacks.promise(**given, asked_by_client=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(("hours", "still_theirs"), [(0.25, False), (19, True)])
def test_a_time_outside_calling_hours_is_not_what_the_client_asked_for(
    asked: Callback, anna: Member, ivan: Contact, hours: float, still_theirs: bool
) -> None:
    assert callbacks.move(asked, now() + timedelta(hours=hours))
    assert Callback.objects.get().asked_by_client is still_theirs
    assert verdict(anna, ivan, PHONE, now()).code == "outside_hours"


def test_what_the_client_asked_for_anew_passes(asked: Callback, anna: Member, ivan: Contact) -> None:
    assert callbacks.move(asked, now() + timedelta(minutes=15), asked_by_client=True)
    assert verdict(anna, ivan, PHONE, now()).code == ""


def test_an_hour_that_nobody_knows_counts_as_it_does_at_a_press(asked: Callback) -> None:
    Callback.objects.update(digits="79260000000")
    asked.refresh_from_db()
    assert callbacks.move(asked, now() + timedelta(minutes=15))
    assert not Callback.objects.get().asked_by_client


def test_the_page_says_that_the_call_will_ask(as_: SignIn, asked: Callback, anna: Member) -> None:
    browser, page = as_(anna), f"/contacts/callbacks/{asked.pk}/move/"
    soon = {"when": f"{now() + timedelta(minutes=15):%Y-%m-%dT%H:%M:%SZ}"}
    assert "the call will ask first" not in browser.post(page, {**soon, "asked_by_client": "1"}, follow=True).text
    assert "the call will ask first" in browser.post(page, soon, follow=True).text


def test_later_in_the_queue_moves_it_the_same_way(
    as_: SignIn, time_machine: TimeMachineFixture, asked: Callback, anna: Member, ivan: Contact
) -> None:
    time_machine.move_to(NIGHT + timedelta(hours=21, minutes=30), tick=False)  # 19:30 there
    Callback.objects.update(due_at=now() - timedelta(minutes=1))
    browser = as_(anna)
    take(browser, ivan.list)
    browser.post("/contacts/queue/later/", {"list": ivan.list_id, "until": "hour"})
    moved = Callback.objects.get()
    assert (moved.due_at, moved.asked_by_client) == (now() + timedelta(hours=1), False)
