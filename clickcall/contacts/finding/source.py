"""Where keys are read from: the contacts that a member may see by the filters, in the order of their names."""

# ruff: noqa: S608 - nothing but our own names is put into the SQL; values are parameters

from dataclasses import dataclass
from typing import Any

from django.db import connection

from ...models.contacts import ContactQuerySet
from ...models.searching import LAST
from ...web.paging import Key, Place
from .conditions import Sql


@dataclass(frozen=True, slots=True)
class Source:
    """Contacts of one account as SQL."""

    account: int
    rows: Sql

    @classmethod
    def of(cls, account: int, rows: ContactQuerySet) -> "Source":
        text, params = rows.order_by().values("name_key", "id", "search_text").query.sql_with_params()
        return cls(account, Sql(text, tuple(params)))

    def top(self, where: Sql, place: Place, *, low: str = "", high: str = LAST) -> list[Key]:
        """The next keys that meet the condition, of names from `low` up to `high`."""
        span = _span(place, low, high)
        text = f"SELECT s.name_key, s.id FROM ({self.rows.text}) s WHERE ({where.text}) AND {span.text}"
        params = (*self.rows.params, *where.params, *span.params)
        with connection.cursor() as cursor:
            cursor.execute(f"{text} ORDER BY {_order(place)} LIMIT {place.limit}", params)
            return [(name, key) for name, key in cursor.fetchall()]

    def look(self, where: Sql, place: Place, contacts: int) -> list[Key] | None:
        """The next keys that meet the condition, if so many lie among the nearest `contacts`; else None."""
        span = _span(place, "", LAST)
        text = f"SELECT s.name_key FROM ({self.rows.text}) s WHERE {span.text} ORDER BY {_order(place)}"
        with connection.cursor() as cursor:
            cursor.execute(f"{text} LIMIT 1 OFFSET {contacts}", (*self.rows.params, *span.params))
            end = cursor.fetchone()
        if end is None:
            return self.top(where, place)
        keys = self.top(where, place, low=end[0]) if place.back else self.top(where, place, high=end[0])
        return keys if len(keys) == place.limit else None


def first_column(part: Sql) -> list[Any]:
    """The answer to a question for one column."""
    with connection.cursor() as cursor:
        cursor.execute(part.text, part.params)
        return [row[0] for row in cursor.fetchall()]


def _order(place: Place) -> str:
    return "s.name_key DESC, s.id DESC" if place.back else "s.name_key, s.id"


def _span(place: Place, low: str, high: str) -> Sql:
    """One bound on each side: of two, SQLite may take the wider one and walk through all that lies between."""
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
