"""Calls that came to their end, as the queue hears of them."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import now

from clickcall.contacts import queue
from clickcall.models import Call, Contact, Member

from .calls import build_call

NO_ANSWER = {"finish_reason": "caller_not_responsive", "wait_duration": 32}
TALKED = {"finish_reason": "caller_disconnects", "talk_duration": 60}
NOT_PICKED_UP = {"finish_reason": "operator_not_responsive"}


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
