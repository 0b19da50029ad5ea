"""Which way to the next keys is the short one: by an index when few contacts fit, along the names when many do.

An index of trigrams knows no order: all of its hits have to be read and sorted, which for a common term takes longer
than a walk through everybody. A walk for a rare term meets nobody for a long time. So the term is counted first, no
further than has to be known; and before that a look at the nearest contacts may spare the count.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    phone_begins,
    phone_is,
)
from .source import Part, Source, first_column
from .words import Words

NEAR = 1_000  # contacts: to look at so many takes about as long as to count
FAR = 5_000  # contacts: many more take longer than to sort all hits of most common terms
LONG, LONG_DIGITS = 6, 4  # characters: so long a word is more likely rare than common
RARE_END = 6  # digits: to look for more of them takes the index longer and hardly tells more
RARE_DIGITS = 7  # at the beginning of a phone: nobody has very many of these
COMMON = 20_000  # expected hits: then they are not even counted
SEVERAL = 20  # words: whoever has one of more than these may well be near
SOME, MANY = 100, 3_000  # contacts of a word: so many are looked at for whether they fit
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
        return next(keys for keys in self._tries(place) if keys is not None)

    def _tries(self, place: Place) -> Iterator[list[Key] | None]:
        """What may find them, the quickest first; None from what does not."""
        known = Words.known(self.source, self._longest_first)
        long = LONG_DIGITS if self.phones else LONG
        short = not known and len(self._longest_first[0][0].needle) < long
        if known:
            yield from self._by_words(known, place)
        if short:
            yield self._nearby(place)
        yield self._rare(place)
        if not known and not short:
            yield self._nearby(place)
        yield self._far(place)
        yield self._either(place)

    def _by_words(self, known: list[Words], place: Place) -> Iterator[list[Key] | None]:
        """By the contacts of each word, those of the most fitting once more and further."""
        scattered = len(known[0].words) > SEVERAL
        if scattered:
            yield self._nearby(place)
        met = []
        for words in known:
            found, are_enough = words.fitting(self._fit, place, SOME)
            met.append(len(found))
            yield found if are_enough else None
        best, most = known[met.index(max(met))], max(met)
        wide = min(MANY, 2 * SOME * place.limit // most) if most else 0  # as it goes on, so many are enough
        if wide:
            found, are_enough = best.fitting(self._fit, place, wide)
            yield found if are_enough else None
        if not scattered:
            yield self._nearby(place)
        if wide < MANY:
            found, are_enough = best.fitting(self._fit, place, MANY)
            yield found if are_enough else None

    def _nearby(self, place: Place) -> list[Key] | None:
        return self.source.look(self._fit, place, NEAR)

    def _far(self, place: Place) -> list[Key] | None:
        return self.source.look(self._fit, place, FAR)

    def _rare(self, place: Place) -> list[Key] | None:
        """By a word that few contacts have, if there is one; most likely it is a long one."""
        tries = (self._few_with(ways, place) for ways in self._longest_first)
        return next((keys for keys in tries if keys is not None), None)

    @property
    def _longest_first(self) -> list[Ways]:
        return sorted(self.words, key=lambda ways: -len(ways[0].needle))

    @property
    def _fit(self) -> Sql:
        """Judges a row by all words."""
        wanted = fits(self.words)
        return wanted & ~has_phone_like(self.phones) if self.phones else wanted

    def _few_with(self, ways: Ways, place: Place) -> list[Key] | None:
        """Who fits of those whose text has the word (or the end of the phone), if they are few and those named so, too.

        Of a single word the latter may be many: they lie together, in order, and nobody else between.
        """
        ends = {way.needle[-RARE_END:]: way for way in ways}  # mostly one and the same
        held = tuple(replace(way, needle=end) for end, way in ends.items()) if self.phones else ways
        expected = estimate([held])
        if expected and _rows(first_column(expected)[0]) > COMMON:
            return None
        if len(self.words) > 1 and first_column(count_named(self.source.account, ways))[0] > FEW:
            return None
        parts = [Part(self._fit, place), *self._named((ways,), place)]
        return self.source.among(first_hits([held]), FEW, parts)

    def _either(self, place: Place) -> list[Key]:
        """Whoever has all of the words has them in the text, or has a name that begins with one of them."""
        return self.source.top([Part(hits(self.words) & self._fit, place), *self._named(self.words, place)])

    def _named(self, words: tuple[Ways, ...], place: Place) -> list[Part]:
        return [Part(self._fit, place, way.beginning, way.beginning + LAST) for ways in words for way in ways]


def _rows(plan: Any) -> int:
    """What the planner expects: PostgreSQL's plan as psycopg reads it."""
    return int(plan[0]["Plan"]["Plan Rows"])
