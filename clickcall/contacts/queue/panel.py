"""What the queue's panel shows, on its own page and on the page where the day begins."""

from typing import Any

from django.utils.timezone import now

from ...models import Call, Contact, ContactList, Member, WrapUp
from .. import local, masking
from ..rules import verdicts
from . import plan, progress
from .standing import IDLE, Standing

POLLED = ("offer", "calling", "outcome")  # a call, a colleague or the clock may change these


def choose(member: Member, asked: object, lists: list[ContactList]) -> ContactList | None:
    """The list that was asked for, if the member sees it, else the first one."""
    wanted = next((row for row in lists if str(row.pk) == str(asked or "")), None)
    return wanted or next(iter(lists), None)


def contents(member: Member, row: ContactList, standing: Standing) -> dict[str, Any]:
    """The panel's template context. Contacts of another list are none of this panel's business."""
    if standing.offer and standing.offer.contact.list_id != row.pk:
        standing = Standing("outcome", ended=standing.ended) if standing.phase == "outcome" else IDLE
    return {
        "standing": standing,
        "list": row,
        "polled": standing.phase in POLLED,
        "left": progress.of_list(row).left if standing.phase == "nothing" else None,
        **(_person(standing, member, row) if standing.offer else _talked_to(standing.ended, member)),
    }


def _talked_to(call: Call | None, member: Member) -> dict[str, Any]:
    if call is None:
        return {}
    name = masking.name_shown(call.contact_name, [call.contact_phone], member)
    return {"talked_to": name or masking.shown(call.contact_phone, member)}


def _person(standing: Standing, member: Member, row: ContactList) -> dict[str, Any]:
    assert standing.offer is not None  # noqa: S101 - for the type checker
    offer, at = standing.offer, now()
    contact = offer.contact
    if contact.last_call:
        contact.last_call.account = member.account
    if standing.phase == "offer":
        verdicts(member, [contact], at)  # its call button asks for them
    return {
        "offer": offer,
        "attempt": plan.attempt_in_words(offer.attempt, plan.steps_of(row)),
        "contact": contact,
        "there": local.clock_there(contact, at),
        "place": local.place(contact),
        "note": (offer.callback.note if offer.callback else "") or _last_note(contact),
    }


def _last_note(contact: Contact) -> str:
    """What was last written about a call with the contact, else about the contact."""
    written = WrapUp.objects.filter(call__contact=contact).exclude(note="").order_by("-call__requested_at")
    return written.values_list("note", flat=True).first() or contact.notes
