"""A row of the file as a contact, or what is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ...models import ConsentState
from . import cells
from .phone_cells import CellPhone, phones_in
from .quick import russian
from .reasons import CellError
from .text import Record

MOST_PHONES = 20
LONGEST = {"name": 200, "company": 200, "city": 100, "region": 100, "consent_source": 200, "notes": 20_000}


@dataclass(slots=True)
class Row:
    """One row. `wrong` holds (heading, value, code of the reason) for each cell that cannot be taken."""

    line: int
    name: str = ""
    company: str = ""
    city: str = ""
    region: str = ""
    timezone: str = ""
    notes: str = ""
    owner_id: int | None = None
    phones: list[CellPhone] = field(default_factory=list)
    consent: ConsentState | None = None
    consent_date: date | None = None
    consent_source: str = ""
    do_not_call: bool = False
    wrong: list[tuple[str, str, str]] = field(default_factory=list)


class RowReader:
    """Reads the rows of one file by the mapping of its columns. `owner` finds a colleague by what stands in a cell."""

    def __init__(
        self,
        headings: Sequence[str],
        mapping: Sequence[str],
        *,
        country: str,
        owner: Callable[[str], int | None],
        today: date,
    ) -> None:
        self.headings, self.mapping, self.country = headings, mapping, country
        self._owner, self._today = owner, today
        self._phones = [place for place, field in enumerate(mapping) if field == "phone"]
        self._texts = [(place, field, LONGEST[field]) for place, field in enumerate(mapping) if field in LONGEST]
        rare = {
            "timezone": self._timezone,
            "owner": self._find_owner,
            "consent": self._consent,
            "consent_date": self._consent_date,
            "do_not_call": self._do_not_call,
        }
        self._rare = [(place, rare[field]) for place, field in enumerate(mapping) if field in rare]

    def read(self, record: Record) -> Row:
        line, texts = record
        row = Row(line)
        if len(texts) != len(self.headings):
            self._fit(row, texts)
        for place in self._phones:
            if text := texts[place]:
                self._read_phones(row, place, text)
        if not row.phones and not row.wrong:
            row.wrong.append((self.headings[self._phones[0]], "", "no_phone"))
        self._read_texts(row, texts)
        for place, take in self._rare:
            if text := texts[place].strip():
                try:
                    take(row, text)
                except CellError as error:
                    row.wrong.append((self.headings[place], text, error.code))
        return row

    def _fit(self, row: Row, texts: list[str]) -> None:
        """Short rows are filled up. What stands beyond the last heading has slipped out of its column."""
        width = len(self.headings)
        if any(texts[width:]):
            row.wrong.append(("", next(filter(None, texts[width:])), "more_cells"))
        texts.extend([""] * (width - len(texts)))

    def _read_phones(self, row: Row, place: int, text: str) -> None:
        if not row.phones and (quick := russian(text, self.country)):
            row.phones.append(CellPhone(quick))
            return
        try:
            found = phones_in(text, self.country)
        except CellError as error:
            row.wrong.append((self.headings[place], error.value or text, error.code))
            return
        if row.phones:
            known = {phone.digits for phone in row.phones}
            found = [phone for phone in found if phone.digits not in known]
        row.phones += found
        if len(row.phones) > MOST_PHONES:
            row.wrong.append((self.headings[place], text, "too_many_phones"))

    def _read_texts(self, row: Row, texts: Sequence[str]) -> None:
        """Most cells are taken as they are: all that would change nothing is spared them."""
        for place, name, longest in self._texts:
            if text := texts[place]:
                kept = text.isprintable() and "'" not in text and " " not in text[0] + text[-1]
                if kept and len(text) <= longest and not getattr(row, name):
                    setattr(row, name, text)
                else:
                    self._read_text(row, place, name, text)

    def _read_text(self, row: Row, place: int, name: str, cell: str) -> None:
        text = cells.plain_text("\n".join(cell.splitlines()) if name == "notes" else " ".join(cell.split()))
        before = getattr(row, name)
        if before:
            text = f"{before}{' ' if name == 'name' else chr(10)}{text}" if text else before
        if len(text) > LONGEST[name]:
            row.wrong.append((self.headings[place], text, "too_long"))
        else:
            setattr(row, name, text)

    def _timezone(self, row: Row, text: str) -> None:
        row.timezone = cells.zone(text)

    def _find_owner(self, row: Row, text: str) -> None:
        row.owner_id = self._owner(text)

    def _consent(self, row: Row, text: str) -> None:
        row.consent = cells.consent(text)

    def _consent_date(self, row: Row, text: str) -> None:
        row.consent_date = cells.day(text, self._today)

    def _do_not_call(self, row: Row, text: str) -> None:
        row.do_not_call = cells.yes_or_no(text)
