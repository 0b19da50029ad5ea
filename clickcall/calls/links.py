"""What a phone link says: `tel:` as browsers pass it on, and the ways in which other programs write an address.

Source of the form: RFC 3966 (`tel:+7-926-000-00-00;ext=123`, `;phone-context=+7`).
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from django.utils.translation import gettext as _

from .. import phones

LONGEST = 200  # characters; no phone link is longer
_SCHEME = re.compile(r"(?i)\s*(?:tel|callto):(?://)?")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_CONTEXT = re.compile(r"(?i)phone-context=(\+[0-9]{1,4})")
_EXT = re.compile(r"(?i)ext=([0-9]{1,8})")
# Commas and letters stand for pauses; in words it is an extension as people write it.
_BEHIND = re.compile(r"(?i)[\s,;(]*(?:доб\w*|вн\w*|ext\w*|[xхpw#,])[\s.:,=№]*([0-9]{1,8})[\s).#]*$")


@dataclass(frozen=True, slots=True)
class Link:
    """`phone` where there is one that can be dialled; else `trouble` says why not and what to do."""

    text: str
    phone: phones.Phone | None = None
    extension: str = ""
    trouble: str = ""


def read_link(given: str, country: str) -> Link:
    """The phone in a link or an address; national forms are read in `country`."""
    text = _plain(given[:LONGEST])
    number, _semicolon, parameters = text.partition(";")
    extension = _EXT.search(parameters) or _BEHIND.search(text)
    if extension and extension.re is _BEHIND:
        number = text[: extension.start()]
    if (context := _CONTEXT.search(parameters)) and not number.strip().startswith("+"):
        number = f"{context[1]} {number}"
    if not number.strip():
        return Link("", trouble=_("There is no number in this link. Type it here and press “Call”."))
    try:
        found = phones.read(number, country)
    except phones.PhoneError as error:
        return Link(text.strip(), trouble=str(error.message))
    return Link(text.strip(), found, extension[1] if extension else "")


def _plain(given: str) -> str:
    """Without the scheme and what is escaped once more; a plus that the address turned into a blank is put back."""
    text = given
    for _times in range(2):
        if _ESCAPED.search(text):
            text = unquote(text)
    text = "".join(" " if ord(letter) < 32 else letter for letter in _SCHEME.sub("", text, count=1))
    return re.sub(r"^ (?=[0-9])", "+", text)
