"""How contacts are found by a part of a name, a company or a phone: the folded text, and what a term looks for.

Both databases look for runs of three characters (trigrams), so less than three would find nothing. That is why every
word of the stored text is set off by two blanks: with them even one letter at the beginning of a word is a trigram.

People mostly type the beginning of a name, and where names are in order all of those stand together: no index of
trigrams is needed for them. That is why the first character of the name is left out of the text. Else every look for
"Оле" in the rest of the texts would meet all of the Olegs first, tens of thousands of them.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    Rows = TypeVar("Rows", bound=QuerySet[Any, Any])
else:
    Rows = TypeVar("Rows", bound=QuerySet)

FEW = 3_000  # hits that are looked up one by one sooner than the contacts are walked through in their order
# The table is made by the migration 0002, on SQLite only.
HITS = "SELECT rowid FROM clickcall_contact_search WHERE clickcall_contact_search MATCH %s"
LONGEST_TERM = 100
LAST = "\U0010ffff"  # stands behind every character that a name can have

_WORD_BEGINS = re.compile(r"(?<![^\W_])(?=[^\W_])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PHONE = re.compile(r"\+?[0-9\s().\-\u2010-\u2015]+")
_LETTER = re.compile("[a-z]|[^ -~«»]")  # as the migration 0009 has it


@dataclass(frozen=True, slots=True)
class Way:
    """One way of writing a word: with this `beginning` the name begins, or this `needle` is in the text."""

    beginning: str
    needle: str


Ways = tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """What the words of those who have a needle are like: they hold the text, at their beginning or anywhere."""

    text: str
    begins: bool


@dataclass(frozen=True, slots=True)
class Term:
    """What is looked for: every word in any of its ways. `phones` are what a phone may begin with, if it is one."""

    words: tuple[Ways, ...] = ()
    phones: tuple[str, ...] = ()


def fold(text: str) -> str:
    """The text in lower case, with е for ё and single blanks: what people type when they look for it."""
    text = unicodedata.normalize("NFKC", _CONTROL.sub(" ", text)).lower().replace("ё", "е")
    return " ".join(text.split())


def searchable(name: str, company: str, digits: Iterable[str]) -> str:
    """What `Contact.search_text` holds: name, company and the digits of all phones, folded, each word set off.

    Without the first character of the name: what a name begins with is looked up in the order of names.
    """
    text = " ".join(_set_off(word) for word in fold(" ".join([name, company, *digits])).split())
    return text.lstrip(" ")[1:] if fold(name) else text


def _set_off(word: str) -> str:
    return _WORD_BEGINS.sub("  ", word)


def read_term(term: str) -> Term:
    """What to look for: each word of the term, or the digits of a phone in any way of writing.

    A word of three characters and more may stand anywhere, a shorter one begins a word. Nothing for a term without a
    letter or a digit.
    """
    folded = fold(term[:LONGEST_TERM])
    if _PHONE.fullmatch(folded):
        digits = re.sub("[^0-9]", "", folded)
        ways = _ways_to_write(digits) if digits else []
        return Term((tuple(map(_way, ways)),), _beginnings(ways, "+" in folded)) if ways else Term()
    return Term(tuple((_way(word),) for word in dict.fromkeys(folded.split()) if _letters(word) or len(word) > 2))


def _ways_to_write(digits: str) -> list[str]:
    """In Russia 8 926 … and +7 926 … are one number, also while it is being typed."""
    return [digits, f"7{digits[1:]}"] if digits.startswith("8") and len(digits) > 3 else [digits]


def _beginnings(ways: list[str], international: bool) -> tuple[str, ...]:
    """People also write Russian phones without 7 or 8: "926 000" begins +7 926 000-… as well."""
    if international or len(ways) > 1 or len(ways[0]) < 3:
        return tuple(ways)
    return ways[0], f"7{ways[0]}"


def _letters(word: str) -> str:
    return re.sub(r"[\W_]", "", word)


def _way(word: str) -> Way:
    if len(word) >= 3:
        return Way(word, _set_off(word).lstrip(" "))
    letters = _letters(word)
    return Way(letters, f"{'  '[len(letters) - 1 :]}{letters}")


def piece_of(way: Way) -> Piece | None:
    """The longest piece of the needle by which words can be asked for; None where there is no letter in it.

    The words are those that the migration 0009 keeps. What stands behind blanks in the needle begins a word.
    """
    begun = way.needle.startswith(" ")
    pieces = [Piece(text, begun or place > 0) for place, text in enumerate(way.needle.split())]
    known = [piece for piece in pieces if _LETTER.search(piece.text) and (piece.begins or len(piece.text) > 2)]
    return max(known, key=lambda piece: len(piece.text), default=None)


def found(rows: Rows, term: Term, account: int | None = None) -> Rows:
    """The rows that the term finds, in any order of rows. Nothing to look for finds nothing.

    The key of the account, if all rows are of one, lets the database look names up in their order. PostgreSQL chooses
    between its indexes and a walk by its statistics. SQLite has none for full text: its index is asked at once whether
    the term is common, and it answers for the whole database, other accounts included.
    """
    if not term.words:
        return rows.none()
    for ways in term.words:
        rows = rows.filter(_any_of(rows.db, ways, account))
    return rows


def _any_of(database: str, ways: Ways, account: int | None) -> Q:
    either = Q()
    for way in ways:
        either |= _begins(way.beginning, account, archived=False) | _begins(way.beginning, account, archived=True)
    match = matching((ways,))
    if connections[database].vendor == "sqlite" and count_hits(database, match) <= FEW:
        return either | Q(pk__in=RawSQL(HITS, [match]))  # noqa: S611 - the term is a parameter
    for way in ways:
        either |= Q(search_text__contains=way.needle)
    return either


def _begins(beginning: str, account: int | None, *, archived: bool) -> Q:
    """Written so that an index is used: there is one for archived contacts and one for all others."""
    named = Q(archived_at__isnull=not archived, name_key__gte=beginning, name_key__lt=beginning + LAST)
    return named if account is None else named & Q(account_id=account)


def count_hits(database: str, match: str, most: int = FEW + 1) -> int:
    """Counts no further than has to be known: a table of hits costs more than the walk when there are many."""
    with connections[database].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({HITS} LIMIT %s)", [match, most])  # noqa: S608 - constants
        return int(cursor.fetchone()[0])


def matching(words: Iterable[Ways]) -> str:
    """The needles of all words in the language of FTS5."""
    return " AND ".join(f"({' OR '.join(quoted(way.needle) for way in ways)})" for ways in words)


def quoted(text: str) -> str:
    """A needle in the language of FTS5."""
    return '"{}"'.format(text.replace('"', '""'))
