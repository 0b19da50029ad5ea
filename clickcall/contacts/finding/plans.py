"""Which way to the next keys is the short one: by an index when few contacts fit, along the names when many do.

An index of trigrams knows no order: all of its hits have to be read and sorted, which for a common term takes longer
than a walk through everybody. A walk for a rare term meets nobody for a long time. So the term is counted first, no
further than has to be known; and before that a look at the nearest contacts may spare the count.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
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
from .source import Part, Source, first_column
from .words import Words

NEAR = 1_000  # contacts: to look at so many takes about as long as to count
FAR = 5_000  # contacts: many more take longer than to sort all hits of most common terms
LONG = 6  # characters: so long a word is more likely rare than common
RARE_DIGITS = 7  # at the beginning of a phone: nobody has very many of these
COMMON = 20_000  # expected hits: then they are not even counted
REACHES = (100, 600, 3_000)  # contacts with a word who are looked at for whether they fit
Step = Callable[[Place], "list[Key] | None"]

EXACT, BEGUN = "0", "1"  # what stands before the names in the keys of phones


@dataclass(frozen=True, slots=True)
class PhoneTiers:
    """Contacts with one of these phones, then those of whom a phone begins like one: two tiers in one question."""

    source: Source
    phones: tuple[str, ...]

    def read(self, place: Place) -> list[Key]:
        exact = phone_is(self.source.account, self.phones)
        parts = [*self._part(EXACT, exact, place), *self._part(BEGUN, self._begun() & ~exact, place)]
        return self.source.top(parts)

    def _begun(self) -> Sql:
        if min(map(len, self.phones)) >= RARE_DIGITS:
            return phone_begins(self.source.account, self.phones)
        count = first_column(count_phones(self.source.account, self.phones))[0]
        return phone_begins(self.source.account, self.phones) if count <= FEW else has_phone_like(self.phones)

    def _part(self, mark: str, where: Sql, place: Place) -> list[Part]:
        """What is asked of one of the tiers: nothing where the page begins beyond it."""
        if place.key is None:
            return [Part(where, place, mark=mark)]
        name, key = place.key
        if name[:1] == mark:
            return [Part(where, replace(place, key=(name[1:], key)), mark=mark)]
        beyond = name[:1] > mark if place.back else name[:1] < mark
        return [Part(where, replace(place, key=None), mark=mark)] if beyond else []


@dataclass(frozen=True, slots=True)
class NameTier:
    """Contacts with all words in name, company or phones, but none of `phones` at the beginning of a phone."""

    source: Source
    words: tuple[Ways, ...]
    phones: tuple[str, ...] = ()

    def read(self, place: Place) -> list[Key]:
        for step in self._steps():
            if (keys := step(place)) is not None:
                return keys
        return self._either(hits(self.words), self.words, place)

    def _steps(self) -> list[Step]:
        """What may find them, the quickest first."""
        longest_first = sorted(self.words, key=lambda ways: -len(ways[0].needle))
        known = [words for ways in longest_first if (words := Words.of(self.source, ways))]
        listed: list[Step] = [partial(self._listed, words, contacts) for contacts in REACHES for words in known]
        if len(longest_first[0][0].needle) < LONG or known:
            return [*listed[: len(known)], self._nearby, *listed[len(known) :], self._rare, self._far]
        return [self._rare, self._nearby, self._far]

    def _listed(self, words: Words, contacts: int, place: Place) -> list[Key] | None:
        """Those of the nearest with one of these words who fit, if they are enough; else None."""
        keys, all_of_them = words.nearest(place, contacts)
        found = self.source.top([Part(is_one_of(keys) & self._fit, place)]) if keys else []
        return found if all_of_them or len(found) == place.limit else None

    def _nearby(self, place: Place) -> list[Key] | None:
        return self.source.look(self._fit, place, NEAR)

    def _far(self, place: Place) -> list[Key] | None:
        return self.source.look(self._fit, place, FAR)

    def _rare(self, place: Place) -> list[Key] | None:
        """By a word that few contacts have, if there is one; most likely it is a long one."""
        for ways in sorted(self.words, key=lambda ways: -len(ways[0].needle)):
            if (keys := self._few_with(ways)) is not None:
                return self._either(is_one_of(keys), (ways,), place)
        return None

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
        named = [(way.beginning, way.beginning + LAST) for ways in words for way in ways]
        parts = [Part(in_text & self._fit, place), *(Part(self._fit, place, low, high) for low, high in named)]
        return self.source.top(parts)


def _rows(plan: Any) -> int:
    """What the planner expects: PostgreSQL's plan as psycopg reads it."""
    return int(plan[0]["Plan"]["Plan Rows"])
