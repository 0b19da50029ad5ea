"""Talks that have just ended."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from clickcall.models import Call, Contact, Member

from .calls import make_call


def talked(member: Member, contact: Contact | None, **fields: Any) -> Call:
    """A press of the member's that ended a few seconds ago after a talk of three minutes."""
    began = now() - timedelta(minutes=4)
    given = {"requested_at": began, "finished_at": now() - timedelta(seconds=20), "talk_duration": 185}
    return make_call(member, contact=contact, finish_reason="caller_disconnects", **(given | fields))
