"""What stands in a cell, and which texts a spreadsheet would take for something else."""

import re
from collections.abc import Sequence
from datetime import date, datetime

# A moment has the zone that its column names; the file shows its clock there.
Cell = str | int | date | datetime | None
Row = Sequence[Cell]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_LONGEST_NUMBER = 15  # digits; a spreadsheet rounds what is longer
# What XML cannot hold; line feeds and tabs stay.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would calculate it, also behind blanks."""
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)


def is_misread(text: str) -> bool:
    """Digits that a spreadsheet would change: a leading zero goes, a long number is rounded."""
    return text.isdigit() and (text.startswith("0") or len(text) > _LONGEST_NUMBER)


def writable(text: str) -> str:
    """The text with a blank for every control character."""
    return _UNWRITABLE.sub(" ", text)
