"""The queue's panel in each of its states: axe is silent, nothing sticks out."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from support import people
from support.calls import make_call
from support.pages import NARROW, WIDE, faults, let_in
from support.queue import TALKED, ended
from support.world import COMPANY, LONG

from clickcall.contacts import queue
from clickcall.contacts.callbacks import promise
from clickcall.models import Call, Contact, ContactList, Member, Points, QueueEntry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


def states(member: Member, row: ContactList, contact: Contact) -> Iterator[str]:
    """Brings the rows into one state after another, and names it."""
    queue.next_for(member, row)
    yield "offer"
    call = make_call(member, contact=contact, contact_phone="79265550000", requested_at=now())
    Contact.objects.update(last_call=call)
    yield "calling"
    Call.objects.all().delete()
    ended(member, contact)
    yield "next"
    Points.objects.create(
        account=member.account,
        seen_at=now(),
        minute_limit=100,
        minute_remaining=10,
        minute_resets_at=now() + timedelta(minutes=1),
    )
    yield "slow"
    Points.objects.all().delete()
    Call.objects.all().delete()
    ended(member, contact, **TALKED)
    yield "outcome"
    Call.objects.all().delete()
    promise(contact=contact, digits="79265550000", due_at=now(), made_by=member, note=LONG, asked_by_client=True)
    yield "promised"
    QueueEntry.objects.update(lease_until=now())
    yield "away"


@pytest.mark.parametrize(("width", "theme"), [(WIDE, "light"), (NARROW, "dark")])
def test_the_queue_in_every_state(
    live_server: LiveServer, open_browser: Open, anna: Member, leads: ContactList, width: int, theme: str
) -> None:
    people.make_token(anna.account)
    anna.default_number = people.make_number(anna.account, "74993720692", anna)
    anna.save()
    contact = people.make_contact(leads, LONG, "79265550000", company=COMPANY, city="Петропавловск-Камчатский")
    page = open_browser(viewport={"width": width, "height": 800})
    let_in(page, live_server.url, anna, theme=theme, width=width)
    page.route("**/queue/next/", lambda route: route.fulfill(status=204))  # a state stays as long as it is looked at
    found = []
    for name in states(anna, leads, contact):
        page.goto(f"{live_server.url}/contacts/queue/")
        page.locator("#queue").wait_for()
        found += faults(page, f"queue-{name}", width=width, theme=theme)
    page.goto(f"{live_server.url}/contacts/queue/?nobody={(now() + timedelta(days=1)).timestamp():.0f}")
    found += faults(page, "queue-nobody", width=width, theme=theme)
    assert found == []
