"""The queue's page and panel: what each sees, takes, puts off and gives back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from support import people
from support.calls import make_call
from support.queue import HTMX, Crowd, ended, now_there, phase, take
from time_machine import travel

from clickcall.models import Call, Contact, ContactList, Member, QueueEntry, Status

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
HOUR = timedelta(hours=1)


def test_the_page_gives_nobody_anything_until_a_press(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    crowd(3)
    browser = as_(anna, **HTMX)
    response = browser.get("/contacts/queue/")
    assert (phase(response), QueueEntry.objects.count()) == ("idle", 0)
    assert "0 of 3 called" in browser.get("/contacts/queue/?figures=1").content.decode()
    assert phase(take(browser, leads)) == "offer"
    assert phase(browser.get("/contacts/queue/")) == "offer"


def test_without_scripts_a_press_leads_to_the_page_with_the_contact(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    (contact,) = crowd(1, company="ООО «Ромашка»", notes="Спросить про бюджет")
    response = as_(anna).post("/contacts/queue/next/", {"list": leads.pk}, follow=True)
    page = response.content.decode()
    for text in (contact.name, "ООО «Ромашка»", "Спросить про бюджет", "Not called yet", "Later", "Break"):
        assert text in page


def test_the_panel_stands_where_the_day_begins(as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd) -> None:
    (contact,) = crowd(1)
    browser = as_(anna)
    assert "Next contact" in browser.get("/contacts/").content.decode()
    take(browser, leads)
    assert f"queue-call-{contact.pk}" in browser.get("/contacts/").content.decode()


def test_a_look_at_the_panel_is_answered_only_when_something_changed(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    (contact,) = crowd(1)
    browser = as_(anna, **HTMX)
    seen = take(browser, leads).context["standing"].version
    assert now_there(browser, leads, seen).status_code == 204
    phone = contact.phones.all()[0].digits
    Contact.objects.update(last_call=make_call(anna, contact=contact, contact_phone=phone, requested_at=now()))
    changed = now_there(browser, leads, seen)
    assert (changed.status_code, phase(changed)) == (200, "calling")
    assert phase(take(browser, leads)) == "calling"
    seen = changed.context["standing"].version
    assert now_there(browser, leads, seen).status_code == 204
    Call.objects.update(status=Status.TALKING)
    assert "Talking" in now_there(browser, leads, seen).content.decode()


@pytest.mark.parametrize(("until", "hours"), [("hour", 1), ("tomorrow", 24)])
def test_a_contact_is_put_off(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd, until: str, hours: int
) -> None:
    crowd(1)
    browser = as_(anna, **HTMX)
    take(browser, leads)
    response = browser.post("/contacts/queue/later/", {"list": leads.pk, "until": until})
    entry = QueueEntry.objects.get()
    assert (phase(response), entry.leased_to, entry.postponed_by) == ("idle", None, anna)
    assert entry.next_attempt_at is not None
    assert abs(entry.next_attempt_at - now() - timedelta(hours=hours)) < timedelta(minutes=1)
    nothing = take(browser, leads)
    assert (phase(nothing), nothing.context["standing"].until) == ("nothing", entry.next_attempt_at)
    assert "Nobody to call until" in nothing.content.decode()


def test_a_time_that_was_not_offered_changes_nothing(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    crowd(1)
    browser = as_(anna, **HTMX)
    take(browser, leads)
    browser.post("/contacts/queue/later/", {"list": leads.pk, "until": "never"})
    assert QueueEntry.objects.get().leased_to == anna


def test_a_break_and_the_end_of_the_day_give_the_contact_back(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    crowd(1)
    browser = as_(anna, **HTMX)
    take(browser, leads)
    assert phase(browser.post("/contacts/queue/break/", {"list": leads.pk})) == "idle"
    assert QueueEntry.objects.get().leased_to is None
    take(browser, leads)
    browser.post("/sign-out/")
    assert QueueEntry.objects.get().leased_to is None


def test_after_five_minutes_without_a_key_the_panel_says_where_the_contact_went(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    crowd(1)
    browser = as_(anna, **HTMX)
    with travel(now(), tick=False) as clock:
        take(browser, leads)
        clock.shift(timedelta(minutes=4))
        assert browser.post("/contacts/queue/here/").status_code == 204
        clock.shift(timedelta(minutes=4))
        assert phase(now_there(browser, leads)) == "offer"
        clock.shift(timedelta(minutes=2))
        away = now_there(browser, leads)
    assert phase(away) == "away"
    assert "went back to the queue" in away.content.decode()


def test_a_list_that_is_worked_says_so(as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd) -> None:
    (contact,) = crowd(1)
    QueueEntry.objects.create(contact=contact, account=anna.account, list=leads, state="done")
    assert "The list is done" in take(as_(anna, **HTMX), leads).content.decode()


def test_a_list_of_others_and_of_another_account_is_not_worked(
    as_: SignIn, anna: Member, boris: Member, stranger: Member, leads: ContactList, crowd: Crowd
) -> None:
    crowd(1)
    leads.members.set([boris])
    for member in (anna, stranger):
        assert take(as_(member), leads).status_code == 302
        assert "There is no list to work" in as_(member).get("/contacts/queue/").content.decode()
    assert not QueueEntry.objects.exists()


def test_the_list_that_was_worked_last_is_shown_again(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    other = people.make_list(anna.account, "Another")
    browser = as_(anna, **HTMX)
    assert browser.get("/contacts/queue/").context["row"] == other
    take(browser, leads)
    assert browser.get("/contacts/queue/").context["row"] == leads


def test_no_answer_to_a_get_ever_holds_a_call_that_nobody_pressed(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    """What comes by itself is an offer: nothing that a clock or the page's loading triggers posts a call."""
    first, _second = crowd(2)
    browser = as_(anna, **HTMX)
    pages = [browser.get("/contacts/queue/"), take(browser, leads)]
    ended(anna, first)
    pages += [now_there(browser, leads), take(browser, leads)]
    for page in pages:
        for part in page.content.decode().split("<form")[1:]:
            tag = part.split(">")[0]
            assert "hx-trigger" not in tag or "/contacts/queue/next/" in tag


def test_without_scripts_the_page_says_until_when_there_is_nobody(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    (contact,) = crowd(1)
    browser, tomorrow = as_(anna), now() + timedelta(days=1)
    QueueEntry.objects.create(contact=contact, account=anna.account, list=leads, next_attempt_at=tomorrow)
    page = browser.post("/contacts/queue/next/", {"list": leads.pk}, follow=True)
    assert "Nobody to call until" in page.content.decode()
    assert "Nobody to call now" in browser.get("/contacts/queue/?nobody=9e99").content.decode()
