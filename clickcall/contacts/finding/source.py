"""Where keys are read from: the contacts that a member may see by the filters, in the order of their names."""

# ruff: noqa: S608 - nothing but our own names is put into the SQL; values are parameters

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ...models.contacts import ContactQuerySet
from ...models.searching import LAST
from ...web.paging import Key, Place
from .conditions import Sql


@dataclass(frozen=True, slots=True)
class Part:
    """The keys that meet a condition beyond a place, of names from `low` up to `high`, each behind a `mark`."""

    where: Sql
    place: Place
    low: str = ""
    high: str = LAST
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Contacts of one account as SQL."""

    account: int
    rows: Sql

    @classmethod
    def of(cls, account: int, rows: ContactQuerySet) -> "Source":
        text, params = rows.order_by().values("name_key", "id", "search_text").query.sql_with_params()
        return cls(account, Sql(text, tuple(params)))

    def top(self, parts: Sequence[Part]) -> list[Key]:
        """The nearest keys of all parts, in one question."""
        if not parts:
            return []
        return nearest(pairs_of(together([self.part(part) for part in parts])), parts[0].place)

    def among(self, found: Sql, most: int, parts: Sequence[Part]) -> list[Key] | None:
        """The same, but the first part's keys are looked for among contacts that an index has `found`, each read once.

        None if these are more than `most`. They take the table's own name, so that all conditions are about them.
        """
        first, *others = [self.part(part) for part in parts]
        count = "(SELECT count(*) FROM clickcall_contact)"
        text = (
            f"WITH clickcall_contact AS MATERIALIZED ({found.text}) SELECT '', -1 WHERE {count} > {most}"
            f" UNION ALL SELECT * FROM ({first.text}) f WHERE {count} <= {most}"
        )
        keys = pairs_of(together([Sql(text, found.params + first.params), *others]))
        return None if ("", -1) in keys else nearest(keys, parts[0].place)

    def look(self, where: Sql, place: Place, contacts: int) -> list[Key] | None:
        """The next keys that meet the condition, if so many lie among the nearest `contacts`; else None."""
        span = span_of(place, "", LAST)
        ends = f"SELECT s.name_key FROM ({self.rows.text}) s WHERE {span.text} ORDER BY {order_of(place)}"
        near = (
            "s.name_key > COALESCE((SELECT e.name_key FROM e), '')"
            if place.back
            else (f"s.name_key < COALESCE((SELECT e.name_key FROM e), '{LAST}')")
        )
        part = self.part(Part(where & Sql(near), place))
        text = f"WITH e AS MATERIALIZED ({ends} LIMIT 1 OFFSET {contacts}) SELECT e.name_key, -1 FROM e UNION ALL"
        keys = pairs_of(Sql(f"{text} SELECT * FROM ({part.text}) p", (*self.rows.params, *span.params, *part.params)))
        found = [key for key in keys if key[1] != -1]
        return nearest(found, place) if len(found) == place.limit or len(found) == len(keys) else None

    def named(self, place: Place, low: str, high: str) -> Sql:
        """All keys beyond the place with names from `low` up to `high`, in no order."""
        span = span_of(place, low, high)
        return Sql(
            f"SELECT s.name_key, s.id FROM ({self.rows.text}) s WHERE {span.text}", self.rows.params + span.params
        )

    def part(self, part: Part) -> Sql:
        """The nearest keys of a part, in order."""
        span = span_of(part.place, part.low, part.high)
        return Sql(
            f"SELECT %s || s.name_key, s.id FROM ({self.rows.text}) s WHERE ({part.where.text}) AND {span.text}"
            f" ORDER BY {order_of(part.place)} LIMIT {part.place.limit}",
            (part.mark, *self.rows.params, *part.where.params, *span.params),
        )


def together(parts: Sequence[Sql]) -> Sql:
    """All rows of these questions."""
    text = " UNION ALL ".join(f"SELECT * FROM ({part.text}) p{number}" for number, part in enumerate(parts))
    return Sql(text, tuple(param for part in parts for param in part.params))


def nearest(keys: Iterable[Key], place: Place) -> list[Key]:
    """The nearest of these keys, each of them once."""
    return sorted(set(keys), reverse=place.back)[: place.limit]


def pairs_of(asked: Sql) -> list[tuple[Any, Any]]:
    """The answer to a question for two columns, such as names and keys."""
    with connection.cursor() as cursor:
        cursor.execute(asked.text, asked.params)
        return [(first, second) for first, second in cursor.fetchall()]


def first_column(part: Sql) -> list[Any]:
    """The answer to a question for one column."""
    with connection.cursor() as cursor:
        cursor.execute(part.text, part.params)
        return [row[0] for row in cursor.fetchall()]


def order_of(place: Place) -> str:
    """The order in which the keys beyond the place are read."""
    return "s.name_key DESC, s.id DESC" if place.back else "s.name_key, s.id"


def span_of(place: Place, low: str, high: str) -> Sql:
    """Names from `low` up to `high`, beyond the place.

    One bound on each side: of two, SQLite may take the wider one and walk through all that lies between.
    """
    if place.key is None:
        return Sql("s.name_key >= %s AND s.name_key < %s", (low, high))
    name, key = place.key
    if not isinstance(name, str):
        raise TypeError(name)
    if place.back and name < high:
        return Sql("s.name_key >= %s AND s.name_key <= %s AND (s.name_key < %s OR s.id < %s)", (low, name, name, key))
    if not place.back and name >= low:
        return Sql("s.name_key >= %s AND s.name_key < %s AND (s.name_key > %s OR s.id > %s)", (name, high, name, key))
    return Sql("s.name_key >= %s AND s.name_key < %s", (low, high))
