"""By the words that a term is a part of: their contacts stand in the order of names, so the nearest are read at once.

See the migration 0009 for the tables. Whom they name has to be judged: they know nothing of lists and owners.
"""

# ruff: noqa: S608 - nothing but our own names is put into the SQL; values are parameters

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection

from ...models.searching import LAST, Piece, Ways, piece_of, quoted
from ...web.paging import Key, Place
from .conditions import Sql, is_in, pattern
from .source import Part, Source, nearest, order_of, pairs_of, span_of, together

DIFFERENT = 200  # words: whoever has one of more than these does not stand far off, and a walk meets them soon
MOST = 40_000  # keys: no more are read, of all of these words together


@dataclass(frozen=True, slots=True)
class Words:
    """The words that a word of a term is a part of, in any of its ways."""

    source: Source
    ways: Ways
    words: tuple[str, ...]

    @classmethod
    def known(cls, source: Source, words: Iterable[Ways]) -> "list[Words]":
        """Of these, in their order; without what has no letters, and parts of too many words."""
        asked = [ways for ways in words if len(_pieces(ways)) == len(ways)]
        parts = [_words_like(n, source.account, piece) for n, ways in enumerate(asked) for piece in _pieces(ways)]
        found: list[set[str]] = [set() for _ways in asked]
        for number, word in pairs_of(together(parts)) if parts else []:
            found[number].add(word)
        lists = zip(asked, found, strict=True)
        return [cls(source, ways, tuple(sorted(own))) for ways, own in lists if len(own) <= DIFFERENT]

    def fitting(self, fit: Sql, place: Place, contacts: int) -> tuple[list[Key], bool]:
        """Who fits of the nearest so many contacts that have one of these words, or a name that begins so.

        And whether they are enough for the place, or no more contacts have one of these.
        """
        wide = replace(place, limit=min(contacts, MOST // (len(self.words) or 1)))
        near, fitting = self._near(wide), self.source.part(Part(is_in("d") & fit, place))
        there_are_more = f"SELECT * FROM (SELECT '', -1 FROM d LIMIT 1 OFFSET {wide.limit - 1}) m"
        text = f"WITH d AS MATERIALIZED ({near.text}) {there_are_more} UNION ALL SELECT * FROM ({fitting.text}) f"
        keys = pairs_of(Sql(text, near.params + fitting.params))
        found = [key for key in keys if key[1] != -1]
        return nearest(found, place), len(found) in (place.limit, len(keys))

    def _near(self, place: Place) -> Sql:
        named = [self.source.named(place, way.beginning, way.beginning + LAST) for way in self.ways]
        parts = self._side_by_side(named, place) if connection.vendor == "sqlite" else self._one_by_one(named, place)
        text = " UNION ALL ".join(part.text for part in parts)
        params = tuple(param for part in parts for param in part.params)
        order = "1 DESC, 2 DESC" if place.back else "1, 2"
        return Sql(f"{text} ORDER BY {order} LIMIT {place.limit}", params)

    def _side_by_side(self, named: list[Sql], place: Place) -> list[Sql]:
        """SQLite reads the sorted rows of many selects side by side, and stops where it has enough."""
        span = span_of(place, "", LAST)
        text = f"SELECT s.name_key, s.id FROM ({OF_WORD} = %s) s WHERE {span.text}"
        return [*named, *(Sql(text, (self.source.account, word, *span.params)) for word in self.words)]

    def _one_by_one(self, named: list[Sql], place: Place) -> list[Sql]:
        """PostgreSQL takes longer to plan many selects than to read one many times."""
        span, first = span_of(place, "", LAST), f"ORDER BY {order_of(place)} LIMIT {place.limit}"
        one = f"SELECT * FROM ({OF_WORD} = v.word) s WHERE {span.text} {first}"
        listed = Sql(
            f"SELECT s.* FROM unnest(%s::text[]) v (word), LATERAL ({one}) s",
            ([*self.words], self.source.account, *span.params),
        )
        return [listed, *(Sql(f"({part.text} {first})", part.params) for part in named)]


OF_WORD = "SELECT name_key, contact_id AS id FROM clickcall_contact_word WHERE account_id = %s AND word"


def _pieces(ways: Ways) -> list[Piece]:
    """What its words hold, in each of the ways that has letters."""
    return [piece for way in ways if (piece := piece_of(way))]


def _words_like(number: int, account: int, piece: Piece) -> Sql:
    """`DIFFERENT` and one at most, beside the number; on PostgreSQL a word can be twice among them."""
    known, limit = (
        f"SELECT {number}, k.word FROM clickcall_word k WHERE k.account_id = %s AND",
        f"LIMIT {DIFFERENT + 1}",
    )
    if piece.begins:
        return Sql(f"{known} k.word >= %s AND k.word < %s {limit}", (account, piece.text, piece.text + LAST))
    if connection.vendor == "sqlite":
        return Sql(
            f"SELECT {number}, k.word FROM clickcall_word_search f CROSS JOIN clickcall_word k ON k.id = f.rowid"
            f" WHERE f.clickcall_word_search MATCH %s AND k.account_id = %s {limit}",
            (quoted(piece.text), account),
        )
    return Sql(f"{known} k.word LIKE %s {limit}", (account, pattern(piece.text)))
