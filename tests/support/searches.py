"""What a search finds and in which order, in words of its own: a plain look at every contact."""

import re

from clickcall.models import Contact
from clickcall.models.searching import fold

NOBODY = 9


def in_order(contacts: list[Contact], term: str) -> list[int]:
    """The keys of those that the term finds: the very phone, beginnings of phones, all others; by name each."""
    judged = [(tier(contact, term), contact.name_key, contact.pk) for contact in contacts]
    return [pk for place, _name, pk in sorted(judged) if place != NOBODY]


def tier(contact: Contact, term: str) -> int:
    phones = [phone.digits for phone in contact.phones.all()]
    text = fold(" ".join([contact.name, contact.company, *phones]))
    folded = fold(term[:100])
    if not re.fullmatch(r"\+?[\d\s().-]+", folded):
        return 2 if _all_words(folded, text) else NOBODY
    digits = re.sub(r"\D", "", folded)
    ways = [digits, f"7{digits[1:]}"] if digits.startswith("8") and len(digits) > 3 else [digits]
    if not digits or not any(_stands(way, way, text) for way in ways):
        return NOBODY
    if len(ways) == 1 and len(digits) > 2 and "+" not in folded:
        ways.append(f"7{digits}")
    if set(ways) & set(phones):
        return 0
    return 1 if any(phone.startswith(way) for phone in phones for way in ways) else 2


def _all_words(folded: str, text: str) -> bool:
    found = []
    for word in folded.split():
        letters = re.sub(r"[\W_]", "", word)
        if len(word) > 2 or letters:
            found.append(_stands(word, letters, text))
    return bool(found) and all(found)


def _stands(word: str, letters: str, text: str) -> bool:
    """Three characters anywhere, one or two at the beginning of a word."""
    return word in text if len(word) > 2 else re.search(rf"(?<![^\W_]){re.escape(letters)}", text) is not None
