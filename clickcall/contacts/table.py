"""The rows of the table of contacts: all that one shows but its button, for a whole page in few questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from ..models import Contact, ContactPhone, Member
from ..models.searching import Term, read_term
from . import local, rules
from .queries import of_account, sharing_a_phone

_TELLING = 3  # digits: fewer begin the phones of half a list


@dataclass(frozen=True, slots=True)
class Row:
    """`due` is the next callback, in the order of callbacks; `found` is the phone that was looked for."""

    contact: Contact
    key: str
    url: str
    there: str
    place: str
    is_current: bool
    is_shared: bool  # others have one of the phones, too
    due: datetime | None
    found: ContactPhone | None


def table(contacts: Sequence[Contact], member: Member, values: Mapping[int, Any], term: str = "") -> list[Row]:
    """The rows of these contacts; `values`, by contact, are what they are sorted by, `term` is what was looked for."""
    moment, wanted = now(), read_term(term)
    of_account((contact.last_call for contact in contacts), member.account)
    shared = sharing_a_phone(contacts, member)
    found = {contact.pk: _found(contact, wanted) for contact in contacts}
    _judge(contacts, found, member, moment)
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
                found=found[contact.pk],
            )
        )
    return rows


def only_begins_a_phone(term: str) -> bool:
    """Whether so few digits were typed as yet that no phone is looked for by them but as a phone's beginning."""
    wanted = read_term(term)
    return bool(wanted.phones) and _is_short(wanted)


def _is_short(term: Term) -> bool:
    return len(term.words[0][0].beginning) < _TELLING


def _found(contact: Contact, term: Term) -> ContactPhone | None:
    """The contact's phone that was looked for: who types its end wants to see it, and to call no other one."""
    if not term.phones or _is_short(term):
        return None
    phones, ways = [*contact.fetched_phones], [way.beginning for way in term.words[0]]
    begun = (phone for phone in phones if phone.digits.startswith(term.phones))
    return next(begun, None) or next((phone for phone in phones if any(way in phone.digits for way in ways)), None)


def _judge(
    contacts: Sequence[Contact], found: Mapping[int, ContactPhone | None], member: Member, moment: datetime
) -> None:
    """The rules look at the phones that the buttons will call."""
    firsts = ((contact, found[contact.pk] or next(iter(contact.fetched_phones), None)) for contact in contacts)
    rules.weigh(member, [(contact, phone.digits) for contact, phone in firsts if phone], moment)


def _is_current(contact: Contact, member: Member) -> bool:
    call = contact.last_call
    return call is not None and call.is_live and call.member_id == member.pk
