"""The queue in tests: who is offered, what its panel shows, and calls that came to their end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils.timezone import now

from clickcall.contacts import queue
from clickcall.contacts.queue import results
from clickcall.models import Call, Contact, ContactList, Member, QueueEntry

from .calls import build_call

NO_ANSWER = {"finish_reason": "caller_not_responsive", "wait_duration": 32}
TALKED = {"finish_reason": "caller_disconnects", "talk_duration": 60}
NOT_PICKED_UP = {"finish_reason": "operator_not_responsive"}
HTMX = {"HTTP_HX_REQUEST": "true"}
HOUR = timedelta(hours=1)
Crowd = Callable[..., list[Contact]]


def ended(member: Member, contact: Contact, at: datetime | None = None, **facts: Any) -> Call:
    """A press to the contact that has ended at that time (now), noted in the queue: not answered, or as `facts` say."""
    end = at or now()
    called = {"contact": contact, "contact_phone": contact.phones.all()[0].digits, "contact_name": contact.name}
    times = {"requested_at": end - timedelta(seconds=40), "finished_at": end}
    call = build_call(member, **{**called, **times, **NO_ANSWER, **facts})
    call.save()
    Contact.objects.filter(pk=contact.pk).update(last_call=call)
    queue.note_end(call)
    return call


def worked(member: Member, row: ContactList, most: int = 20) -> list[Contact]:
    """Whom the member is offered one after another, each put aside without a call."""
    found = []
    while len(found) < most and (offer := queue.next_for(member, row)):
        found.append(offer.contact)
        results.postpone(offer.contact, member, now() + timedelta(days=1))
    return found


def due(contact: Contact, ago: timedelta) -> None:
    """The contact waits for its next attempt since then."""
    given = {"account": contact.account, "list": contact.list, "attempts": 1, "next_attempt_at": now() - ago}
    QueueEntry.objects.create(contact=contact, **given)


def phase(response: Any) -> str:
    return str(response.context["standing"].phase)


def take(browser: Client, row: ContactList) -> Any:
    return browser.post("/contacts/queue/next/", {"list": row.pk})


def now_there(browser: Client, row: ContactList, seen: str = "") -> Any:
    return browser.get("/contacts/queue/now/", {"list": row.pk, "seen": seen})
