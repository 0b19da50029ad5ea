"""By the words that a term is a part of: their contacts stand in the order of names, so the nearest are read at once.

See the migration 0009 for the tables. Whom they name has to be judged: they know nothing of lists and owners.
"""

# ruff: noqa: S608 - nothing but our own names is put into the SQL; values are parameters

from dataclasses import dataclass, replace

from django.db import connection

from ...models.searching import LAST, Piece, Ways, piece_of, quoted
from ...web.paging import Key, Place
from .conditions import Sql, all_of, pattern
from .source import Part, Source, first_column, keys_of, nearest, order_of, span_of

MANY = 40  # words: whoever has one of more than these does not stand far off, and a walk meets them soon
MOST = 20_000  # keys: no more are read, of all words together


@dataclass(frozen=True, slots=True)
class Words:
    """The words that a word of a term is a part of, in any of its ways."""

    source: Source
    ways: Ways
    words: tuple[str, ...]

    @classmethod
    def of(cls, source: Source, ways: Ways) -> "Words | None":
        """None for what has no letters, and for a part of too many words."""
        pieces = [piece_of(way) for way in ways]
        asked = [_words_like(source.account, piece) for piece in pieces if piece]
        words = {word for one in asked for word in first_column(one)}
        return None if len(asked) < len(ways) or len(words) > MANY else cls(source, ways, tuple(sorted(words)))

    def nearest(self, place: Place, contacts: int) -> tuple[list[int], bool]:
        """The nearest contacts who have one of the words, or a name that begins so; and whether these are all.

        Fewer than so many `contacts` where that would be too many keys.
        """
        wide = replace(place, limit=min(contacts, MOST // (len(self.words) or 1)))
        named = [Part(all_of([]), wide, way.beginning, way.beginning + LAST) for way in self.ways]
        found = nearest([*self._listed(wide), *self.source.top(named)], wide)
        return [key for _name, key in found], len(found) < wide.limit

    def _listed(self, place: Place) -> list[Key]:
        if not self.words:
            return []
        return keys_of(self._merged(place) if connection.vendor == "sqlite" else self._sorted(place))

    def _merged(self, place: Place) -> Sql:
        """SQLite reads sorted rows of many selects side by side, and stops where it has enough."""
        span = span_of(place, "", LAST)
        one = f"SELECT s.name_key, s.id FROM ({OF_WORD} = %s) s WHERE {span.text}"
        order = "1 DESC, 2 DESC" if place.back else "1, 2"
        params = tuple(param for word in self.words for param in (self.source.account, word, *span.params))
        return Sql(f"{' UNION ALL '.join([one] * len(self.words))} ORDER BY {order} LIMIT {place.limit}", params)

    def _sorted(self, place: Place) -> Sql:
        """PostgreSQL takes longer to plan many selects than to read one again and again."""
        span, order = span_of(place, "", LAST), order_of(place)
        one = f"SELECT * FROM ({OF_WORD} = v.word) s WHERE {span.text} ORDER BY {order} LIMIT {place.limit}"
        text = f"SELECT s.* FROM unnest(%s::text[]) v (word), LATERAL ({one}) s ORDER BY {order} LIMIT {place.limit}"
        return Sql(text, ([*self.words], self.source.account, *span.params))


OF_WORD = "SELECT name_key, contact_id AS id FROM clickcall_contact_word WHERE account_id = %s AND word"


def _words_like(account: int, piece: Piece) -> Sql:
    """`MANY` and one at most; on PostgreSQL a word can be twice among them."""
    known, limit = "SELECT k.word FROM clickcall_word k WHERE k.account_id = %s AND", f"LIMIT {MANY + 1}"
    if piece.begins:
        return Sql(f"{known} k.word >= %s AND k.word < %s {limit}", (account, piece.text, piece.text + LAST))
    if connection.vendor == "sqlite":
        return Sql(
            "SELECT k.word FROM clickcall_word_search f CROSS JOIN clickcall_word k ON k.id = f.rowid"
            f" WHERE f.clickcall_word_search MATCH %s AND k.account_id = %s {limit}",
            (quoted(piece.text), account),
        )
    return Sql(f"{known} k.word LIKE %s {limit}", (account, pattern(piece.text)))
