"""Phone numbers: read as people write them, sent as the provider wants them, shown as people read them.

The provider wants E.164 digits without a plus, or an employee's SIP number (source: `contact` in the parameter table of
`start.vnumber_call`). Whatever is not surely one of the two is refused: a wrong digit rings a stranger.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import phonenumbers
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

KEYS = re.compile(r"[0-9*#.]+")  # pressed after the answer; a dot is a pause of one second
_SIP = re.compile(r"0[0-9]{5,8}")
_EXTENSION = re.compile(r"[0-9]{2,5}")
_WRITTEN = re.compile(r"\+?[0-9\s().\-\u2010-\u2015]+")
_FIGURE = re.compile(r"\+?[0-9]+\.0+|[^.]+\.0")  # as a spreadsheet writes a number with decimals
_WITH_EXTENSION = re.compile(r"(?i)((доб|вн|ext)[^\W\d]*|x|х|;|,|#)[\s.:=)]*[0-9]+\W*$")
_SHORTEST, _LONGEST = 7, 15  # digits of an E.164 number; the library also knows Austrian and German ones beyond


class PhoneError(ValueError):
    """The text is no phone that may be dialled. `code` is for machines, `message` says what to do."""

    def __init__(self, code: str, message: "StrPromise | str") -> None:
        super().__init__(code)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Phone:
    """`digits` as sent on the wire; `is_sip` for an employee's SIP number."""

    digits: str
    is_sip: bool = False


def read(text: str, country: str, *, is_sip: bool = False) -> Phone:
    """The phone in `text`; national forms are read in `country` (two letters). Raises `PhoneError`."""
    text = text.strip()
    if not text:
        raise PhoneError("empty", _("Enter a phone number."))
    if is_sip or _SIP.fullmatch(text):
        return _read_sip(text)
    if _EXTENSION.fullmatch(text):
        raise PhoneError(
            "extension",
            _("This is an internal extension. The provider only dials full numbers and SIP numbers."),
        )
    if not _WRITTEN.fullmatch(text):
        raise _not_a_number(text)
    return Phone(_valid_digits(text[: text.rindex(".")] if is_figure(text) else text, country))


def is_figure(text: str) -> bool:
    """Whether zeros behind a dot are decimals: as digits they would make up for missing ones, and ring a stranger."""
    return "." in text and _FIGURE.fullmatch(text.strip()) is not None


def _read_sip(text: str) -> Phone:
    if not re.fullmatch(r"[0-9]{6,20}", text):
        raise PhoneError("sip", _("A SIP number is 6 digits or more, without spaces, such as 0486173."))
    return Phone(text, is_sip=True)


def _not_a_number(text: str) -> PhoneError:
    if _WITH_EXTENSION.search(text):
        return PhoneError(
            "with_extension",
            _("Leave the extension out here and put it into “Keys to press after the answer”."),
        )
    return PhoneError("letters", _("Only digits, spaces, brackets, dashes and a plus at the start."))


def _valid_digits(text: str, country: str) -> str:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise PhoneError("invalid", _invalid(text)) from error
    digits = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")
    valid = phonenumbers.is_valid_number(number) and _SHORTEST <= len(digits) <= _LONGEST
    if number.extension or not valid:
        raise PhoneError("invalid", _invalid(text))
    return digits


def _invalid(text: str) -> "StrPromise | str":
    if text.startswith("+"):
        return _("There is no such number. Check the digits.")
    return _("There is no such number. Check the digits; numbers of other countries begin with a plus.")


@lru_cache(maxsize=20_000)
def shown(digits: str) -> str:
    """Digits as people read them: "+7 926 000-00-00"; a SIP number stays as it is."""
    if not digits or digits.startswith("0") or not digits.isdigit():
        return digits
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return f"+{digits}"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
