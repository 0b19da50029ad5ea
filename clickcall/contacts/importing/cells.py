"""What stands in the other cells: days, yes and no, consents and time zones, in both languages."""

import re
from datetime import date, datetime
from functools import cache

from django.utils import translation

from ...models import ConsentState
from ...models.searching import fold
from ...web.sheets.cells import as_it_was
from ..local import RUSSIAN, is_zone
from .reasons import CellError

YES = frozenset("да yes y true 1 + есть дано given истина x v ✓".split())  # noqa: SIM905 - words read better
NO = frozenset("нет no n false 0 - ложь none".split())  # noqa: SIM905
WITHDRAWN = frozenset({"отозвано", "отозвал", "отозвала", "отказ", "withdrawn", "revoked", "opt out"})
_DAYS = ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y")
_OFFSET = re.compile(r"(?:(utc|gmt)|(мск|msk|москва))?\s*([+-]\s*\d{1,2})(?::?00)?(?:\s*ч\w*)?")
# Russian zones by their hours before UTC; Krasnoyarsk stands for Novosibirsk as well, whose clock is the same.
_BY_OFFSET = {
    2: "Europe/Kaliningrad",
    3: "Europe/Moscow",
    4: "Europe/Samara",
    5: "Asia/Yekaterinburg",
    6: "Asia/Omsk",
    7: "Asia/Krasnoyarsk",
    8: "Asia/Irkutsk",
    9: "Asia/Yakutsk",
    10: "Asia/Vladivostok",
    11: "Asia/Magadan",
    12: "Asia/Kamchatka",
}


def plain_text(cell: str) -> str:
    """The cell without the apostrophes that keep a spreadsheet from calculating it."""
    return as_it_was(cell.strip()).strip()


def yes_or_no(cell: str) -> bool:
    """Raises `CellError`."""
    word = fold(cell).strip(" .!")
    if word in YES:
        return True
    if word in NO or not word:
        return False
    raise CellError("yes_or_no")


def consent(cell: str) -> ConsentState | None:
    """None for no consent. Raises `CellError` for a text that may mean anything: consent has to be proved."""
    word = fold(cell).strip(" .!")
    if word in WITHDRAWN:
        return ConsentState.WITHDRAWN
    try:
        return ConsentState.GIVEN if yes_or_no(word) else None
    except CellError:
        raise CellError("consent") from None


def day(cell: str, today: date) -> date | None:
    """A day that is not after `today`; None for an empty cell. Raises `CellError`."""
    if not cell:
        return None
    text = cell.split()[0].split("T")[0].rstrip(",")  # the hour does not matter
    for form in _DAYS:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if found > today:
            raise CellError("date_future")
        return found
    raise CellError("date")


def zone(cell: str) -> str:
    """An IANA name for it, for hours before UTC or Moscow, or for the city that a Russian zone is known by.

    Empty for an empty cell. Raises `CellError`.
    """
    if not cell or is_zone(cell):
        return cell
    word = fold(cell).replace("−", "-").replace("–", "-").strip(" ()")
    if word in _cities():
        return _cities()[word]
    if found := _OFFSET.fullmatch(word):
        hours = int(found[3].replace(" ", "")) + (3 if found[2] else 0)
        if hours in _BY_OFFSET:
            return _BY_OFFSET[hours]
    raise CellError("timezone")


@cache
def _cities() -> dict[str, str]:
    """The cities of `RUSSIAN` in both languages, and the short names of Moscow's time."""
    found = {"мск": "Europe/Moscow", "msk": "Europe/Moscow"}
    for language in ("ru", "en"):
        with translation.override(language):
            found |= {fold(str(city)): zone for zone, city in RUSSIAN.items()}
    return found
