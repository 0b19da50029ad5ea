"""The rows of the table of contacts: all that one shows but its button, for a whole page in few questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from ..models import Contact, Member
from . import local, rules
from .queries import of_account, sharing_a_phone


@dataclass(frozen=True, slots=True)
class Row:
    """`due` is the next callback, where the page is in the order of callbacks."""

    contact: Contact
    key: str
    url: str
    there: str
    place: str
    is_current: bool
    is_shared: bool  # others have one of the phones, too
    due: datetime | None


def table(contacts: Sequence[Contact], member: Member, values: Mapping[int, Any]) -> list[Row]:
    """The rows of these contacts; `values`, by contact, are what they are sorted by."""
    moment = now()
    of_account((contact.last_call for contact in contacts), member.account)
    shared = sharing_a_phone(contacts, member)
    rules.verdicts(member, contacts, moment)
    address, _key, end = reverse("contacts:detail", args=[0]).rpartition("0")  # once, not for every row
    rows = []
    for contact in contacts:
        there, place = local.clock_and_place(contact, moment)
        due = values[contact.pk]
        rows.append(
            Row(
                contact=contact,
                key=str(contact.pk),
                url=f"{address}{contact.pk}{end}",
                there=there,
                place=str(place),
                is_current=_is_current(contact, member),
                is_shared=contact.pk in shared,
                due=due if isinstance(due, datetime) else None,
            )
        )
    return rows


def _is_current(contact: Contact, member: Member) -> bool:
    call = contact.last_call
    return call is not None and call.is_live and call.member_id == member.pk
