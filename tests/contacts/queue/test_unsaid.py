"""A talk that waits for its outcome comes before the next contact, however one asks for that."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.timezone import now
from support import people
from support.queue import HTMX, TALKED, Crowd, ended, phase, take
from support.talks import talked

from clickcall.models import Call, Contact, ContactList, Effect, Member, Outcome, WrapUp

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def browser(as_: SignIn, anna: Member) -> Client:
    return as_(anna, **HTMX)


@pytest.fixture
def talk(browser: Client, anna: Member, leads: ContactList, crowd: Crowd) -> Call:
    """With the contact that the queue gave her; another one waits."""
    crowd(2)
    return ended(anna, take(browser, leads).context["contact"], **TALKED)


def said(call: Call) -> None:
    outcome = Outcome.objects.create(account=call.account, name="Agreed", effect=Effect.DONE)
    WrapUp.objects.create(call=call, account=call.account, member=call.member, outcome=outcome, decided_at=now())


def test_another_list_does_not_get_round_it(browser: Client, talk: Call, anna: Member) -> None:
    other = people.make_list(anna.account, "Other")
    people.make_contact(other, "Пётр", "79261112233")
    response = take(browser, other)
    assert (phase(response), response.context["standing"].ended) == ("outcome", talk)
    page = response.content.decode()
    assert f"First say how the talk with {talk.contact_name} went" in page
    assert f"/log/{talk.pk}/" in page
    said(talk)
    assert phase(take(browser, other)) == "offer"


def test_a_break_does_not_get_round_it(as_: SignIn, browser: Client, talk: Call, anna: Member) -> None:
    assert talk.contact
    browser.post("/contacts/queue/pause/")
    assert phase(take(browser, talk.contact.list)) == "outcome"
    assert phase(browser.get("/contacts/queue/now/", {"list": talk.contact.list_id})) == "outcome"
    page = as_(anna).post("/contacts/queue/next/", {"list": talk.contact.list_id}, follow=True)
    assert (phase(page), page.redirect_chain[-1][1]) == ("outcome", 302)
    said(talk)
    assert phase(take(browser, talk.contact.list)) == "offer"


def test_neither_does_a_talk_by_the_dialpad_and_a_short_one_is_not_asked_about(
    browser: Client, anna: Member, ivan: Contact, leads: ContactList
) -> None:
    call = talked(anna, None, contact_name="", contact_phone="79269998877")
    response = take(browser, leads)
    assert (phase(response), "+7 926 999-88-77" in response.content.decode()) == ("outcome", True)
    Call.objects.filter(pk=call.pk).update(talk_duration=3)
    assert phase(take(browser, leads)) == "offer"
