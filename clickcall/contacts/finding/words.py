"""By the words that a term is a part of: their contacts stand in the order of names, so the nearest are read at once.

See the migration 0009 for the tables. Whom they name has to be judged: they know nothing of lists and owners.
"""

# ruff: noqa: S608 - nothing but our own names is put into the SQL; values are parameters

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection

from ...models.searching import LAST, Piece, Ways, piece_of, quoted
from ...web.paging import Place
from .conditions import Sql, all_of, any_of, begins, pattern
from .source import Source, first_column, keys_of, order_of, span_of

DIFFERENT = 200  # words: whoever has one of more than these does not stand far off, and a walk meets them soon
MOST = 40_000  # keys: no more are read, of all words together


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
        return None if len(asked) < len(ways) or len(words) > DIFFERENT else cls(source, ways, tuple(sorted(words)))

    def nearest(self, place: Place, contacts: int, others: Sequence["Words"]) -> tuple[list[int], bool]:
        """Of the nearest so many `contacts` who have one of these words, or a name that begins so, those who have one
        of each of the others, too; and whether no more contacts have one of these.

        Of fewer contacts where that would be too many keys.
        """
        every = sum(len(one.words) or 1 for one in (self, *others))
        wide = replace(place, limit=min(contacts, MOST // every))
        near, shared = self._near(wide), all_of([one._has() for one in others])
        last = (
            f"SELECT name_key, -1 FROM (SELECT * FROM d s ORDER BY {order_of(wide)}) e LIMIT 1 OFFSET {wide.limit - 1}"
        )
        text = (
            f"WITH d AS MATERIALIZED ({near.text}) SELECT * FROM ({last}) l UNION ALL SELECT s.name_key, s.id FROM d s"
        )
        found = [key for _name, key in keys_of(Sql(f"{text} WHERE {shared.text}", near.params + shared.params))]
        return [key for key in found if key != -1], -1 not in found

    def _has(self) -> Sql:
        """Judges a key by the words alone. They are counted, or PostgreSQL would gather all contacts of the words."""
        marks = ", ".join(["%s"] * len(self.words)) or "NULL"
        listed = Sql(
            f"(SELECT count(*) FROM clickcall_contact_word o WHERE o.account_id = %s AND o.word IN ({marks})"
            " AND o.name_key = s.name_key AND o.contact_id = s.id) > 0",
            (self.source.account, *self.words),
        )
        return any_of([*map(begins, self.ways), listed])

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


def _words_like(account: int, piece: Piece) -> Sql:
    """`DIFFERENT` and one at most; on PostgreSQL a word can be twice among them."""
    known, limit = "SELECT k.word FROM clickcall_word k WHERE k.account_id = %s AND", f"LIMIT {DIFFERENT + 1}"
    if piece.begins:
        return Sql(f"{known} k.word >= %s AND k.word < %s {limit}", (account, piece.text, piece.text + LAST))
    if connection.vendor == "sqlite":
        return Sql(
            "SELECT k.word FROM clickcall_word_search f CROSS JOIN clickcall_word k ON k.id = f.rowid"
            f" WHERE f.clickcall_word_search MATCH %s AND k.account_id = %s {limit}",
            (quoted(piece.text), account),
        )
    return Sql(f"{known} k.word LIKE %s {limit}", (account, pattern(piece.text)))
