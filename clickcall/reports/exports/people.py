"""A list's contacts, under the headings that our import knows: the file can be uploaded again.

A row for each contact, and more for one whose phones differ in consent or do not call.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from ... import phones
from ...calls.wording import describe
from ...contacts.importing.headings import FIELDS
from ...contacts.queries import of_account
from ...models import Consent, ConsentState, Contact, ContactList, ContactPhone, DoNotCall, Member
from ...web.paging import keyset
from ...web.sheets import Cell, Row

BATCH = 1000
_EXTENSION = re.compile(r"\.*([0-9]{1,8})")  # keys behind pauses; the import knows no others


def contact_rows(list_: ContactList, viewer: Member) -> Iterator[Row]:
    """Headings, then the active contacts by name. Moments are in the account's zone, which the headings name."""
    yield headings(viewer)
    after = ""
    contacts = Contact.objects.filter(list=list_).active()
    contacts = contacts.select_related("owner", "last_call__wrap_up").prefetch_related("phones")
    while True:
        page = keyset(contacts, order=("name_key", "pk"), after=after, size=BATCH)
        of_account((contact.last_call for contact in page.rows), viewer.account)
        yield from _rows(page.rows, viewer)
        after = page.after
        if not after:
            return


def headings(viewer: Member) -> list[Cell]:
    zone = str(viewer.account.tz)
    moment = _("Last call (%(zone)s)") % {"zone": zone}
    return [*map(str, FIELDS.values()), moment, _("What came of it"), _("Outcome"), _("Note")]


def _rows(contacts: list[Contact], viewer: Member) -> Iterator[list[Cell]]:
    digits = {phone.digits for contact in contacts for phone in contact.phones.all()}
    stopped = DoNotCall.objects.filter(account_id=viewer.account_id).in_force()
    unwanted = set(stopped.filter(digits__in=digits).values_list("digits", flat=True))
    agreed = _newest(digits, viewer)
    for contact in contacts:
        told = _last_call(contact, viewer)
        for consent, is_unwanted, own in _alike(contact, agreed, unwanted):
            yield [
                contact.name,
                contact.company,
                ", ".join(map(_written, own)),
                contact.city,
                contact.region,
                contact.timezone,
                str(ConsentState(consent.state).label) if consent else "",
                consent.date if consent else None,
                consent.source if consent else "",
                _("yes") if is_unwanted else "",
                contact.owner.name if contact.owner else "",
                contact.notes,
                *told,
            ]
            told = [None, "", "", ""]  # a call is counted once


Alike = tuple[Consent | None, bool, list[ContactPhone]]


def _alike(contact: Contact, agreed: Mapping[str, Consent], unwanted: Container[str]) -> Iterable[Alike]:
    """The contact's phones, those together of which the same is known: (consent, whether it is on do not call, phones).

    What a row says holds for all of its phones, and whoever reads it may call them: so a phone that must not be called
    stands in no row that does not say so, nor one without a consent in a row that says there is one.
    """
    found: dict[tuple[object, ...], Alike] = {}
    for phone in contact.phones.all():
        consent, is_unwanted = agreed.get(phone.digits), phone.digits in unwanted
        said = (consent.state, consent.date, consent.source) if consent else ()
        found.setdefault((said, is_unwanted), (consent, is_unwanted, []))[2].append(phone)
    return found.values() or [(None, False, [])]


def _last_call(contact: Contact, viewer: Member) -> list[Cell]:
    call = contact.last_call
    if call is None:
        return [None, "", "", ""]
    said = getattr(call, "wrap_up", None)
    when = call.requested_at.astimezone(viewer.account.tz)
    return [when, describe(call, viewer).short, said.outcome_name if said else "", said.note if said else ""]


def _newest(digits: Iterable[str], viewer: Member) -> dict[str, Consent]:
    """By phone, the entry that holds."""
    entries = Consent.objects.filter(account_id=viewer.account_id, digits__in=digits).order_by("at", "pk")
    return {entry.digits: entry for entry in entries}


def _written(phone: ContactPhone) -> str:
    """As people write it, an extension behind it. Another label is no phone to the import, and stays out."""
    written = phones.shown(phone.digits)
    extension = _EXTENSION.fullmatch(phone.keys)
    return f"{written} {_('ext. %(digits)s') % {'digits': extension[1]}}" if extension else written
