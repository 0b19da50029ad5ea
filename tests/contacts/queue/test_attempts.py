"""Which attempt of how many: on the contact and in the queue's offer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from support.queue import ended

from clickcall.contacts.queue import attempts, plan
from clickcall.models import Contact, ContactList, Member, QueueEntry, QueueState

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
Crowd = Callable[..., list[Contact]]


def test_the_offer_and_the_contact_say_which_attempt_of_the_lists_plan_it_is(
    as_: SignIn, anna: Member, leads: ContactList, crowd: Crowd
) -> None:
    ContactList.objects.update(retry_plan=["30m", "1d"])
    (contact,) = crowd(1)
    browser, page = as_(anna), f"/contacts/{contact.pk}/"
    assert "Attempt 1 of 3" in browser.post("/contacts/queue/next/", {"list": leads.pk}, follow=True).content.decode()
    assert "Attempt 1 of 3" in browser.get(page).content.decode()
    ended(anna, contact)
    text = " ".join(browser.get(page).content.decode().split())
    assert "Attempt 2 of 3 · Next try: today" in text or "Attempt 2 of 3 · Next try: tomorrow" in text


def test_what_has_no_next_attempt_says_no_more_than_that(ivan: Contact) -> None:
    entry = QueueEntry(contact=ivan, account=ivan.account, list=ivan.list, attempts=1, next_attempt_at=now())
    ivan.queue_entry = entry
    assert attempts.of_contact(ivan, now() + timedelta(hours=1)) == {"attempt": "Attempt 2 of 4", "next_try": None}
    entry.state = QueueState.NO_CONTACT
    assert attempts.of_contact(ivan, now()) == {"attempt": "No contact: no more attempts"}
    entry.state = QueueState.DONE
    assert attempts.of_contact(ivan, now()) == {}
    assert plan.attempt_in_words(5, plan.USUAL) == "Attempt 5", "the plan was made shorter meanwhile"
