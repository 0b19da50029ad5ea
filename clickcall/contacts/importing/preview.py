"""What the first rows of a file will become, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from ...models import Contact, ContactList, ImportChoice, ImportRun, Member
from ...phones import shown
from .head import Head
from .known import Known, Ours, known_phones, meant, sharers
from .plan import digits_of
from .reasons import REASONS
from .rows import Row
from .work import reader_of

MOST_SHARING = 3  # who are named
_FATES = {ImportChoice.SKIP: ("skipped", "skipped"), ImportChoice.UPDATE: ("updated", "joined")}  # ours; of this file


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: `fate` is added, skipped, updated, joined or refused; `wrong` is (heading, value, reason).

    `ours` is where the contact is that the row is about, `whose` its name, and `others` those who share its phones.
    `before` is the line of a row that will be added with one of its phones (and that a joined one goes into), or 0.
    """

    row: Row
    name: str
    phones: list[str]
    owner: str
    fate: str
    ours: str
    whose: str
    others: list[str]
    wrong: Sequence[tuple[str, str, "Promise | str"]]
    before: int


def preview(run: ImportRun, head: Head) -> list[Shown]:
    """By the mapping as it stands; empty while no column is a phone."""
    if "phone" not in run.mapping:
        return []
    reader = reader_of(run)
    rows = [reader.read((line, [*texts])) for line, texts in head.samples]
    known = known_phones(run.account_id, digits_of(rows), run.list_id)
    names, new = _names(run, known, rows), dict[str, int]()
    return [_shown(run, row, known, names, new) for row in rows]


@dataclass(frozen=True, slots=True)
class _Names:
    """By their keys."""

    lists: dict[int, str]
    people: dict[int, str]
    contacts: dict[int, str]


def _names(run: ImportRun, known: Known, rows: Sequence[Row]) -> _Names:
    found = [ours for row in rows if (ours := meant(row, known))]
    lists = ContactList.objects.filter(account=run.account_id, pk__in={ours.list_id for ours in found})
    owners = {pk for pk in (*(ours.owner_id for ours in found), *(row.owner_id for row in rows)) if pk}
    people = Member.objects.filter(account=run.account_id, pk__in=owners)
    sharing = {key for row in rows for key in _named(row, known)[: MOST_SHARING + 2]}
    contacts = Contact.objects.filter(account=run.account_id, pk__in=sharing)
    return _Names(*(dict(table.values_list("pk", "name")) for table in (lists, people, contacts)))


def _named(row: Row, known: Known) -> list[int]:
    """The one whom the row is about, then those who share the phones; nobody if nobody does."""
    keys, ours = sharers(row, known), meant(row, known)
    if ours is None or len(keys) < 2:
        return []
    return [ours.contact_id, *(key for key in keys if key != ours.contact_id)]


def _shown(run: ImportRun, row: Row, known: Known, names: _Names, new: dict[str, int]) -> Shown:
    """`new` are the lines of the rows that will be added, by their phones."""
    ours: Ours | None = meant(row, known)
    before = next((new[phone.digits] for phone in row.phones if phone.digits in new), 0)
    lists, people = names.lists, names.people
    whose, *others = [names.contacts[key] for key in _named(row, known) if key in names.contacts] or [""]
    others = [*others[:MOST_SHARING], "…"] if len(others) > MOST_SHARING else others
    fate = "refused" if row.wrong else "added"
    if (ours or before) and not row.wrong:
        fate = _FATES.get(ImportChoice(run.choice), ("added", "added"))[0 if ours else 1]
    if fate in ("added", "joined"):
        new |= {phone.digits: before or row.line for phone in row.phones}
    where = ", ".join(filter(None, [lists[ours.list_id], people.get(ours.owner_id or 0, "")])) if ours else ""
    digits = [shown(phone.digits) + (f" {phone.label}" if phone.label else "") for phone in row.phones]
    wrong = [(column, value, REASONS[code]) for column, value, code in row.wrong]
    name = row.name or row.company or (digits[0] if digits else "")
    return Shown(row, name, digits, people.get(row.owner_id or 0, ""), fate, where, whose, others, wrong, before)
