"""How contacts are found by a part of a name, a company or a phone: the folded text, and the plan for each database.

Both databases look for runs of three characters (trigrams), so less than three would find nothing. That is why every
word of the stored text is set off by two blanks: with them even one letter at the beginning of a word is a trigram.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    Rows = TypeVar("Rows", bound=QuerySet[Any, Any])
else:
    Rows = TypeVar("Rows", bound=QuerySet)

Needles = list[tuple[str, ...]]  # every tuple must be found, each by any of its texts

COMMON = 10_000  # hits; with more than this, walking the contacts in their order fills a page sooner
# The table is made by the migration 0002, on SQLite only.
HITS = "SELECT rowid FROM clickcall_contact_search WHERE clickcall_contact_search MATCH %s"
LONGEST_TERM = 100

_WORD_BEGINS = re.compile(r"(?<![^\W_])(?=[^\W_])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PHONE = re.compile(r"\+?[0-9\s().\-\u2010-\u2015]+")


def fold(text: str) -> str:
    """The text in lower case, with е for ё and single blanks: what people type when they look for it."""
    text = unicodedata.normalize("NFKC", _CONTROL.sub(" ", text)).lower().replace("ё", "е")
    return " ".join(text.split())


def searchable(name: str, company: str, digits: Iterable[str]) -> str:
    """What `Contact.search_text` holds: name, company and the digits of all phones, folded, each word set off."""
    return " ".join(_set_off(word) for word in fold(" ".join([name, company, *digits])).split())


def _set_off(word: str) -> str:
    return _WORD_BEGINS.sub("  ", word)


def needles(term: str) -> Needles:
    """What has to be in `search_text`: each word of the term, or the digits of a phone in any way of writing.

    A word of three characters and more may stand anywhere, a shorter one begins a word. Nothing for a term without a
    letter or a digit.
    """
    folded = fold(term[:LONGEST_TERM])
    if _PHONE.fullmatch(folded):
        return [tuple(_needle(digits) for digits in _ways_to_write(re.sub("[^0-9]", "", folded)) if digits)]
    return [(needle,) for word in folded.split() if (needle := _needle(word))]


def _ways_to_write(digits: str) -> list[str]:
    """In Russia 8 926 … and +7 926 … are one number, also while it is being typed."""
    return [digits, f"7{digits[1:]}"] if digits.startswith("8") and len(digits) > 3 else [digits]


def _needle(word: str) -> str:
    if len(word) >= 3:
        return _set_off(word).lstrip(" ")
    letters = re.sub(r"[\W_]", "", word)
    return f"{'  '[len(letters) - 1 :]}{letters}" if letters else ""


def found(rows: Rows, wanted: Needles) -> Rows:
    """The rows whose `search_text` holds what is wanted, in any order of rows. Nothing wanted finds nothing.

    PostgreSQL chooses between its trigram index and a walk by its statistics. SQLite has none for full text: its index
    is asked at once whether the term is common, and it answers for the whole database, other accounts included.
    """
    if not any(wanted) or not all(wanted):
        return rows.none()
    if connections[rows.db].vendor == "sqlite" and not _is_common(rows.db, match := _match(wanted)):
        return rows.filter(pk__in=RawSQL(HITS, [match]))  # noqa: S611 - the term is a parameter
    for texts in wanted:
        rows = rows.filter(_any_of(texts))
    return rows


def _any_of(texts: Sequence[str]) -> Q:
    either = Q()
    for text in texts:
        either |= Q(search_text__contains=text)
    return either


def _is_common(database: str, match: str) -> bool:
    """Counts no further than has to be known: a table of hits costs more than the walk when there are many."""
    with connections[database].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({HITS} LIMIT %s)", [match, COMMON + 1])  # noqa: S608 - constants
        return int(cursor.fetchone()[0]) > COMMON


def _match(wanted: Needles) -> str:
    """The same in the words of FTS5."""
    return " AND ".join(f"({' OR '.join(map(_quoted, texts))})" for texts in wanted)


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""'))
