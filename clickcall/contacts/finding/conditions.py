"""The conditions of a search in SQL. All of them are about `s`: a contact's key, its `name_key` and `search_text`.

Written by hand because the plan is chosen by hand: which index is asked is a part of each condition.
"""

# ruff: noqa: S608 - nothing but our own names is put into the SQL; values are parameters

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from ...models.searching import FEW, HITS, LAST, Way, Ways, matching

PHONES = "FROM clickcall_contactphone p WHERE"
AFTER_DIGITS = ":"  # the character that follows "9"


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with its parameters."""

    text: str
    params: tuple[Any, ...] = ()

    def __and__(self, other: "Sql") -> "Sql":
        return Sql(f"({self.text}) AND ({other.text})", self.params + other.params)

    def __invert__(self) -> "Sql":
        return Sql(f"NOT ({self.text})", self.params)


def any_of(parts: Sequence[Sql]) -> Sql:
    return Sql(" OR ".join(f"({part.text})" for part in parts), _params(parts))


def all_of(parts: Sequence[Sql]) -> Sql:
    return Sql(" AND ".join(f"({part.text})" for part in parts) or "1 = 1", _params(parts))


def _params(parts: Iterable[Sql]) -> tuple[Any, ...]:
    return tuple(param for part in parts for param in part.params)


def fits(words: Iterable[Ways]) -> Sql:
    """Judges the row at hand: every word in any of its ways."""
    return all_of([any_of([part for way in ways for part in (begins(way), holds(way.needle))]) for ways in words])


def begins(way: Way) -> Sql:
    return Sql("s.name_key >= %s AND s.name_key < %s", (way.beginning, way.beginning + LAST))


def holds(needle: str) -> Sql:
    return Sql("instr(s.search_text, %s) > 0" if _sqlite() else "strpos(s.search_text, %s) > 0", (needle,))


def hits(words: Iterable[Ways]) -> Sql:
    """Asks the trigram index for the needles of all words. On PostgreSQL the array keeps the planner from a walk."""
    found = _hits(words)
    return replace(found, text=f"s.id IN ({found.text})" if _sqlite() else f"s.id = ANY(ARRAY({found.text}))")


def first_hits(words: Iterable[Ways]) -> Sql:
    """The contacts that the trigram index has for the words, of whatever account; `FEW` and one at most."""
    found, limit = _hits(words), f"LIMIT {FEW + 1}"
    if _sqlite():
        return replace(found, text=f"SELECT t.* FROM main.clickcall_contact t WHERE t.id IN ({found.text} {limit})")
    return replace(found, text=f"{found.text.replace('t.id', 't.*', 1)} {limit}")


def is_in(named: str) -> Sql:
    """One of the keys of a question that has this name in the statement. The array as in `hits`."""
    keys = f"(SELECT id FROM {named})"
    return Sql(f"s.id IN {keys}" if _sqlite() else f"s.id = ANY(ARRAY{keys})")


def estimate(words: Iterable[Ways]) -> Sql | None:
    """How PostgreSQL tells what it expects; on SQLite nobody knows, but there the index answers hit by hit."""
    found = _hits(words)
    return None if _sqlite() else replace(found, text=f"EXPLAIN (FORMAT JSON) {found.text}")


def _hits(words: Iterable[Ways]) -> Sql:
    if _sqlite():
        return Sql(HITS, (matching(words),))
    like = _like(words)
    return Sql(f"SELECT t.id FROM clickcall_contact t WHERE {like.text}", like.params)


def _sqlite() -> bool:
    return connection.vendor == "sqlite"


def _like(words: Iterable[Ways]) -> Sql:
    return all_of([any_of([Sql("t.search_text LIKE %s", (pattern(way.needle),)) for way in ways]) for ways in words])


def pattern(needle: str) -> str:
    """What `LIKE` takes for a needle that may stand anywhere."""
    for special in "\\%_":
        needle = needle.replace(special, f"\\{special}")
    return f"%{needle}%"


def count_named(account: int, ways: Ways) -> Sql:
    """How many names begin in one of these ways, counted as far as `FEW` and one."""
    named = "r.account_id = %s AND r.archived_at IS NULL AND r.name_key >= %s AND r.name_key < %s"
    one = f"(SELECT count(*) FROM (SELECT 1 FROM clickcall_contact r WHERE {named} LIMIT {FEW + 1}) n)"
    params = tuple(value for way in ways for value in (account, way.beginning, way.beginning + LAST))
    return Sql("SELECT " + " + ".join([one] * len(ways)), params)


def phone_is(account: int, digits: Sequence[str]) -> Sql:
    """Contacts who have one of these phones, from the index of phones."""
    marks = ", ".join(["%s"] * len(digits))
    return Sql(
        f"s.id IN (SELECT p.contact_id {PHONES} p.account_id = %s AND p.digits IN ({marks}))", (account, *digits)
    )


def phone_begins(account: int, beginnings: Sequence[str]) -> Sql:
    """Contacts who have a phone that begins like this, from the index of phones. The array as in `hits`."""
    span = _span(beginnings)
    keys = f"SELECT p.contact_id {PHONES} p.account_id = %s AND ({span.text})"
    return Sql(f"s.id IN ({keys})" if _sqlite() else f"s.id = ANY(ARRAY({keys}))", (account, *span.params))


def has_phone_like(beginnings: Sequence[str]) -> Sql:
    """Judges the row at hand; its phones are looked at only where the text makes it worth while.

    In the text a blank stands before every phone. They are counted because PostgreSQL would turn `EXISTS` into a join
    with all phones that begin like this.
    """
    span = _span(beginnings)
    phones = Sql(f"(SELECT count(*) {PHONES} p.contact_id = s.id AND ({span.text})) > 0", span.params)
    return any_of([holds(f" {digits}") for digits in beginnings]) & phones


def count_phones(account: int, beginnings: Sequence[str]) -> Sql:
    """How many phones begin like this, counted as far as `FEW` and one."""
    known = f"SELECT 1 {PHONES} p.account_id = %s AND p.digits >= %s AND p.digits < %s LIMIT {FEW + 1}"
    one = f"(SELECT count(*) FROM ({known}) n)"
    params = tuple(value for digits in beginnings for value in (account, digits, digits + AFTER_DIGITS))
    return Sql("SELECT " + " + ".join([one] * len(beginnings)), params)


def _span(beginnings: Sequence[str]) -> Sql:
    return any_of([Sql("p.digits >= %s AND p.digits < %s", (digits, digits + AFTER_DIGITS)) for digits in beginnings])
