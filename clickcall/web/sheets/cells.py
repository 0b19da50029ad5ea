"""What stands in a cell, and which texts a spreadsheet would take for something else."""

import re
from collections.abc import Sequence
from datetime import date, datetime

# A moment has the zone that its column names; the file shows its clock there.
Cell = str | int | date | datetime | None
Row = Sequence[Cell]

_SIGNS = "=+@\uff1d\uff0b\uff0d\uff20-"
_FORMULA = (*_SIGNS, "\t", "\r", "\n")
# Where another cell begins if a file is split otherwise than we do: the blanks and quotes before it do not help.
_SPLITS = ",;\t\r\n"
_BEFORE_SIGN = re.compile(rf'(?<![,;\s"])[,;\s"]++(?=[{_SIGNS}])')
_SHIELDED = re.compile(rf"""(?<![,;\s"])[,;\s"]++'(?=[{_SIGNS}])""")
_LONGEST_NUMBER = 15  # digits; a spreadsheet rounds what is longer
# What XML cannot hold; line feeds and tabs stay.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would calculate it, also behind blanks."""
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)


def harmless(text: str) -> str:
    """For a CSV file: an apostrophe wherever a spreadsheet would begin to calculate.

    That is also behind commas, semicolons, tabs and line ends within: which of them splits the cells, and whether
    quotes hold them together, is for whoever opens the file to say.
    """
    text = _BEFORE_SIGN.sub(lambda found: found[0] + "'" if _splits(found[0]) else found[0], text)
    return f"'{text}" if is_formula(text) else text


def as_it_was(text: str) -> str:
    """A text without the apostrophes that made it harmless."""
    text = text[1:] if text.startswith("'") and is_formula(text[1:]) else text
    return _SHIELDED.sub(lambda found: found[0][:-1] if _splits(found[0]) else found[0], text)


def _splits(between: str) -> bool:
    return any(one in between for one in _SPLITS)


def is_misread(text: str) -> bool:
    """Digits that a spreadsheet would change: a leading zero goes, a long number is rounded."""
    return text.isdigit() and (text.startswith("0") or len(text) > _LONGEST_NUMBER)


def writable(text: str) -> str:
    """The text with a blank for every control character."""
    return _UNWRITABLE.sub(" ", text)
