"""A plan becomes contacts, phones, consents and entries of do not call. Within a transaction of the caller's."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.timezone import now

from ...models import Consent, ConsentState, Contact, ContactPhone, DoNotCall, ImportRefusal, ImportRun, PhoneKind
from ...models.searching import fold, searchable
from .. import masking
from ..history import note_owners
from . import bulk
from .consents import Said, Withdrawals
from .known import newest_consents
from .plan import Plan, digits_of, joined_notes
from .rows import Row

_TEXTS = ("name", "company", "city", "region", "timezone", "owner_id")
_CHANGED = ["name", "company", "city", "region", "timezone", "owner", "notes", "name_key", "search_text"]


def write(run: ImportRun, plan: Plan) -> None:
    """Writes all of the plan."""
    if plan.added:
        _add(run, plan.added)
    if plan.updates:
        _update(run, plan.updates)
    taken = [*plan.added, *(row for _key, row in plan.updates)]
    _forbid(run, [row for row in (*taken, *plan.skipped) if row.do_not_call])
    _note_consents(run, plan.consents)
    if plan.refused:
        bulk.insert(ImportRefusal, ("run_id", "line", "column", "value", "reason"), _refusals(run, plan.refused))


def _add(run: ImportRun, rows: Sequence[Row]) -> None:
    keys = bulk.draw_keys(Contact, len(rows))
    bulk.insert_contacts([_contact(run, key, row) for key, row in zip(keys, rows, strict=True)])
    bulk.insert_phones(_phones(run, keys, rows))


def _contact(run: ImportRun, key: int, row: Row) -> tuple[Any, ...]:
    digits = [phone.digits for phone in row.phones]
    name = masking.name_to_keep(row.name or row.company, digits, run)
    name = name or masking.as_name(digits[0], run.account)
    return (
        key,
        run.account_id,
        run.list_id,
        name,
        row.company,
        row.city,
        row.region,
        row.timezone,
        row.notes,
        row.owner_id,
        fold(name)[:200],
        searchable(name, row.company, digits),
    )


def _phones(run: ImportRun, keys: Sequence[int], rows: Sequence[Row]) -> Iterator[tuple[Any, ...]]:
    account, kinds = run.account_id, (PhoneKind.PHONE.value, PhoneKind.SIP.value)
    for key, row in zip(keys, rows, strict=True):
        for position, phone in enumerate(row.phones):
            yield key, account, phone.digits, kinds[phone.is_sip], phone.label, phone.keys, position


def _update(run: ImportRun, updates: Sequence[tuple[int, Row]]) -> None:
    """What the file knows replaces what stood there; notes and phones are added to."""
    found = Contact.objects.prefetch_related("phones").in_bulk([key for key, _row in updates])
    known = {key: {phone.digits: phone for phone in contact.phones.all()} for key, contact in found.items()}
    owners = {key: contact.owner_id for key, contact in found.items()}
    fresh: list[tuple[Any, ...]] = []
    for key, row in updates:
        if contact := found.get(key):
            _fill(contact, row)
            for phone in row.phones:
                if phone.digits not in known[key]:
                    kind = PhoneKind.SIP if phone.is_sip else PhoneKind.PHONE
                    known[key][phone.digits] = ContactPhone(digits=phone.digits)
                    place = len(known[key]) - 1
                    fresh.append((key, run.account_id, phone.digits, kind.value, phone.label, phone.keys, place))
    for key, contact in found.items():
        contact.name = masking.name_to_keep(contact.name, known[key], run)
        contact.name_key = fold(contact.name)[:200]
        contact.search_text = searchable(contact.name, contact.company, known[key])
    Contact.objects.bulk_update(found.values(), _CHANGED, batch_size=200)
    bulk.insert_phones(fresh)
    _note_owners(run, owners, found)


def _note_owners(run: ImportRun, before: Mapping[int, int | None], found: Mapping[int, Contact]) -> None:
    """By the new owner: one of them has mostly many rows."""
    given: dict[int | None, dict[int, int | None]] = {}
    for key, contact in found.items():
        if contact.owner_id != before[key]:
            given.setdefault(contact.owner_id, {})[key] = before[key]
    for to, theirs in given.items():
        note_owners(run.account_id, theirs, to=to, by=run.member, source=run.file_name)


def _fill(contact: Contact, row: Row) -> None:
    for name in _TEXTS:
        if value := getattr(row, name):
            setattr(contact, name, value)
    contact.notes = joined_notes(contact.notes, row.notes)


def _forbid(run: ImportRun, rows: Sequence[Row]) -> None:
    """Also for rows that were left out: whoever asked not to be called is not called."""
    entries = (
        DoNotCall(account_id=run.account_id, digits=digits, member_id=run.member_id, source=run.file_name)
        for digits in dict.fromkeys(digits_of(rows))
    )
    DoNotCall.objects.bulk_create(entries, batch_size=500, ignore_conflicts=True)


def _note_consents(run: ImportRun, consents: Sequence[Said]) -> None:
    """One entry a phone, unless the newest one says the same or is a withdrawal that stays."""
    if not consents:
        return
    newest = newest_consents(run.account_id, [digits for said in consents for digits in said.digits])
    withdrawals = Withdrawals(run.account)
    withdrawals.know(newest.values())
    entries = []
    for entry in _consents(run, consents):
        if withdrawals.counts(entry.digits, ConsentState(entry.state), entry.date):
            if not _same(newest.get(entry.digits), entry):
                entries.append(entry)
            newest[entry.digits] = entry
    Consent.objects.bulk_create(entries, batch_size=500)


def _consents(run: ImportRun, consents: Iterable[Said]) -> Iterator[Consent]:
    moment = now()
    for said in consents:
        for digits in said.digits:
            yield Consent(
                account_id=run.account_id,
                digits=digits,
                state=said.state,
                date=said.date,
                source=said.source or run.file_name,
                member_id=run.member_id,
                at=moment,
            )


def _same(known: Consent | None, entry: Consent) -> bool:
    return known is not None and (known.state, known.date) == (entry.state, entry.date)


def _refusals(run: ImportRun, rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        for column, value, reason in row.wrong:
            yield run.pk, row.line, column[:200], value[:200], reason
