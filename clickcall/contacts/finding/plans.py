"""Which way to the next keys is the short one: by an index when few contacts fit, along the names when many do.

An index of trigrams knows no order: all of its hits have to be read and sorted, which for a common term takes longer
than a walk through everybody. A walk for a rare term meets nobody for a long time. So the term is counted first, no
further than has to be known; and before that a look at the nearest contacts may spare the count.
"""

from dataclasses import dataclass
from typing import Any

from ...models.searching import FEW, LAST, Ways
from ...web.paging import Key, Place
from .conditions import (
    Sql,
    count_named,
    count_phones,
    estimate,
    first_hits,
    fits,
    has_phone_like,
    hits,
    is_one_of,
    phone_begins,
    phone_is,
)
from .source import Source, first_column

NEAR = 1_000  # contacts: to look at so many takes about as long as to count
FAR = 50_000  # contacts: to look at so many takes about as long as to sort all hits of a common term
COMMON = 20_000  # expected hits: then they are not even counted


@dataclass(frozen=True, slots=True)
class PhoneTier:
    """Contacts with one of these phones; with `begun` those of whom a phone only begins like this."""

    source: Source
    phones: tuple[str, ...]
    begun: bool = False

    def read(self, place: Place) -> list[Key]:
        exact = phone_is(self.source.account, self.phones)
        if not self.begun:
            return self.source.top(exact, place)
        if first_column(count_phones(self.source.account, self.phones))[0] <= FEW:
            return self.source.top(phone_begins(self.source.account, self.phones) & ~exact, place)
        return self.source.top(has_phone_like(self.phones) & ~exact, place)


@dataclass(frozen=True, slots=True)
class NameTier:
    """Contacts with all words in name, company or phones, but none of `phones` at the beginning of a phone."""

    source: Source
    words: tuple[Ways, ...]
    phones: tuple[str, ...] = ()

    def read(self, place: Place) -> list[Key]:
        near = self.source.look(self._fit, place, NEAR)
        if near is not None:
            return near
        for ways in sorted(self.words, key=lambda ways: -len(ways[0].needle)):
            if (keys := self._few_with(ways)) is not None:
                return self._either(is_one_of(keys), (ways,), place)
        far = self.source.look(self._fit, place, FAR)
        return self._either(hits(self.words), self.words, place) if far is None else far

    @property
    def _fit(self) -> Sql:
        """Judges a row by all words."""
        wanted = fits(self.words)
        return wanted & ~has_phone_like(self.phones) if self.phones else wanted

    def _few_with(self, ways: Ways) -> list[int] | None:
        """Everybody whose text has the word, if they are few, and so are those whose name begins with it.

        Of a single word the latter may be many: they lie together, in order, and nobody else between.
        """
        expected = estimate([ways])
        if expected and _rows(first_column(expected)[0]) > COMMON:
            return None
        keys = first_column(first_hits([ways]))
        if len(keys) > FEW:
            return None
        if len(self.words) > 1 and first_column(count_named(self.source.account, ways))[0] > FEW:
            return None
        return keys

    def _either(self, in_text: Sql, words: tuple[Ways, ...], place: Place) -> list[Key]:
        """Whoever has all of these words has them in the text, or has a name that begins with one of them."""
        keys = self.source.top(in_text & self._fit, place)
        for way in (way for ways in words for way in ways):
            keys += self.source.top(self._fit, place, low=way.beginning, high=way.beginning + LAST)
        return sorted(set(keys), reverse=place.back)[: place.limit]


def _rows(plan: Any) -> int:
    """What the planner expects: PostgreSQL's plan as psycopg reads it."""
    return int(plan[0]["Plan"]["Plan Rows"])
