"""The phones in one cell, in the ways in which people and spreadsheets write them."""

import re
from typing import NamedTuple

from ... import phones
from .quick import russian
from .reasons import CellError


class CellPhone(NamedTuple):
    """`label` is the extension as it was written, `keys` what to press for it: a second's pause and its digits."""

    digits: str
    is_sip: bool = False
    label: str = ""
    keys: str = ""


LONGEST = 500  # characters
_ROUNDED = re.compile(r"(?<![0-9])[0-9](?:[.,][0-9]+)?[eEеЕ]\+?[0-9]{1,3}(?![0-9])")
_WORD = r"(?:доб(?:авочн[а-я]*)?|вн(?:утр(?:енн[а-я]*)?)?|ext(?:ension)?|x|х|\#)"
_EXTENSION = re.compile(rf"(?i)(?<![\s,;(])[\s,;(]*({_WORD}[\s.:=№]*([0-9]{{1,8}}))[\s).]*$")
_BETWEEN = re.compile(rf"(?i)[,;/|\n]+(?!\s*{_WORD}[\s.:=№]*[0-9])")
_QUOTED = re.compile(r"=?\s*\"([^\"]*)\"")


def phones_in(cell: str, country: str) -> list[CellPhone]:
    """Every phone in the cell, each once; national forms are read in `country`. Raises `CellError`."""
    if quick := russian(cell, country) if cell else None:
        return [CellPhone(quick)]
    text = bare(cell)
    if len(text) > LONGEST:
        raise CellError("too_long")
    if rounded := _ROUNDED.search(text):
        raise CellError("phone_scientific", rounded[0])
    found: dict[str, CellPhone] = {}
    for part in _BETWEEN.split(text):
        if part.strip():
            for phone in _read(part.strip().lstrip("'"), country):
                found.setdefault(phone.digits, phone)
    return [*found.values()]


def bare(cell: str) -> str:
    """The cell without what makes a spreadsheet take it for text: '+7…, =+7…, ="8…"."""
    text = cell.strip()
    if quoted := _QUOTED.fullmatch(text):
        return quoted[1].strip()
    return text.lstrip("='").strip()


def _read(part: str, country: str) -> list[CellPhone]:
    extension = _EXTENSION.search(part)
    number = part[: extension.start()] if extension else part
    label, keys = (extension[1].strip(), f".{extension[2]}") if extension else ("", "")
    try:
        phone = phones.read(number, country)
    except phones.PhoneError as error:
        several = [] if extension else _side_by_side(number, country)
        if several:
            return several
        code = "invalid" if error.code == "empty" else error.code
        raise CellError(f"phone_{'extension' if code == 'with_extension' else code}", part) from error
    return [CellPhone(phone.digits, phone.is_sip, label[:50], keys)]


def _side_by_side(part: str, country: str) -> list[CellPhone]:
    """Phones with nothing but blanks between them, if each of them is a whole one."""
    pieces = part.split()
    if len(pieces) < 2 or any(sum(character.isdigit() for character in piece) < 10 for piece in pieces):
        return []
    try:
        read = [phones.read(piece, country) for piece in pieces]
    except phones.PhoneError:
        return []
    return [CellPhone(phone.digits, phone.is_sip) for phone in read]
