"""What the first rows of a file will become, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from ...models import ContactList, ImportChoice, ImportRun, Member
from ...phones import shown
from .head import Head
from .known import Ours, known_phones
from .plan import digits_of
from .reasons import REASONS
from .rows import Row
from .work import reader_of


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: `fate` is added, skipped, updated or refused; `wrong` is (heading, value, reason)."""

    row: Row
    name: str
    phones: list[str]
    owner: str
    fate: str
    ours: str
    wrong: Sequence[tuple[str, str, "Promise | str"]]


def preview(run: ImportRun, head: Head) -> list[Shown]:
    """By the mapping as it stands; empty while no column is a phone."""
    if "phone" not in run.mapping:
        return []
    reader = reader_of(run)
    rows = [reader.read((line, [*texts])) for line, texts in head.samples]
    known = known_phones(run.account_id, digits_of(rows), run.list_id)
    names = _names(run, [*known.values()], rows)
    return [
        _shown(run, row, next((known[p.digits] for p in row.phones if p.digits in known), None), names) for row in rows
    ]


Names = tuple[dict[int, str], dict[int, str]]  # of lists and of members


def _names(run: ImportRun, known: Sequence[Ours], rows: Sequence[Row]) -> Names:
    lists = ContactList.objects.filter(account=run.account_id, pk__in={ours.list_id for ours in known})
    owners = {pk for pk in (*(ours.owner_id for ours in known), *(row.owner_id for row in rows)) if pk}
    people = Member.objects.filter(account=run.account_id, pk__in=owners)
    return dict(lists.values_list("pk", "name")), dict(people.values_list("pk", "name"))


def _shown(run: ImportRun, row: Row, ours: Ours | None, names: Names) -> Shown:
    lists, people = names
    fate = "refused" if row.wrong else "added"
    if ours and not row.wrong:
        fate = {ImportChoice.SKIP: "skipped", ImportChoice.UPDATE: "updated"}.get(ImportChoice(run.choice), "added")
    where = ", ".join(filter(None, [lists[ours.list_id], people.get(ours.owner_id or 0, "")])) if ours else ""
    digits = [shown(phone.digits) + (f" {phone.label}" if phone.label else "") for phone in row.phones]
    wrong = [(column, value, REASONS[code]) for column, value, code in row.wrong]
    name = row.name or row.company or (digits[0] if digits else "")
    return Shown(row, name, digits, people.get(row.owner_id or 0, ""), fate, where, wrong)
