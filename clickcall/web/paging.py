"""Keyset paging: a page begins after the last row of the one before, however deep it lies."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.core.exceptions import FieldError, ValidationError
from django.db import DataError
from django.db.models import BooleanField, F, Func, Model, QuerySet, Value

M = TypeVar("M", bound=Model)
R = TypeVar("R")
_MOST = 2**63 - 1  # a key


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Rows in display order; `after` and `before` are cursors of the neighbouring pages, empty where there is none."""

    rows: list[R]
    after: str
    before: str


def encode(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def decode(cursor: str, fields: int) -> list[Any] | None:
    """The values in a cursor; None for one that is not ours, which then means the first page."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, list) and len(values) == fields else None


def keyset(
    queryset: QuerySet[M], *, order: tuple[str, str], after: str = "", before: str = "", size: int = 50
) -> Page[M]:
    """One page of `queryset` by two fields, the second one unique; both rise, or both fall (`-name`).

    A cursor that is broken or of another list shows the first page.
    """
    try:
        return _keyset(queryset, order, after, before, size)
    except (FieldError, ValidationError, TypeError, ValueError, OverflowError, DataError):
        return _keyset(queryset, order, "", "", size)


def _keyset(queryset: QuerySet[M], order: tuple[str, str], after: str, before: str, size: int) -> Page[M]:
    falling = order[0].startswith("-")
    names = (order[0].lstrip("-"), order[1].lstrip("-"))
    values = decode(before or after, len(names))
    back = bool(before) and values is not None
    down = falling != back
    rows = queryset.order_by(*(f"-{name}" if down else name for name in names))
    if values is not None:
        rows = rows.filter(_beyond(queryset.model, names, values, down=down))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    has_after = more if not back else values is not None
    has_before = (values is not None) if not back else more
    return Page(
        rows=found,
        after=encode(_values(found[-1], names)) if found and has_after else "",
        before=encode(_values(found[0], names)) if found and has_before else "",
    )


class _Beyond(Func):
    """(a, b) beyond (x, y) as one condition: an index on both leads there, however many have the same a."""

    arity = 4
    output_field = BooleanField()

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **_context: Any
    ) -> tuple[str, list[Any]]:
        parts = [compiler.compile(part) for part in self.source_expressions]
        first, second, *than = [sql for sql, _params in parts]
        text = f"({first}, {second}) {self.extra['sign']} ({', '.join(than)})"
        return text, [param for _sql, params in parts for param in params]


def _beyond(model: type[Model], names: tuple[str, str], values: list[Any], *, down: bool) -> _Beyond:
    """ValueError for what no row of the page can have had."""
    if None in values:
        raise ValueError(values)
    fields: list[Any] = [model._meta.pk if name == "pk" else model._meta.get_field(name) for name in names]
    than = [Value(_kept(value), output_field=field) for value, field in zip(values, fields, strict=True)]
    return _Beyond(*map(F, names), *than, sign="<" if down else ">")


def _kept(value: Any) -> Any:
    """A number beyond all that a database can hold stands behind all of them as well."""
    return max(-_MOST, min(_MOST, value)) if isinstance(value, int) else value


def _values(row: Model, names: tuple[str, str]) -> list[Any]:
    return [value.isoformat() if hasattr(value := getattr(row, name), "isoformat") else value for name in names]


Key = tuple[Any, int]  # what a row is sorted by, and its own key


@dataclass(frozen=True, slots=True)
class Place:
    """From which key rows are read on (None = from the beginning), in which direction, and how many."""

    key: Key | None
    back: bool
    limit: int


class Tier(Protocol):
    """A part of a list: rows in an order of their own. All of them come before those of the next tier."""

    def read(self, place: Place) -> list[Key]:
        """The keys beyond the place, the nearest first."""


def through(tiers: Sequence[Tier], *, after: str = "", before: str = "", size: int = 50) -> Page[Key]:
    """One page of the keys of all tiers. A cursor that is broken or of another list shows the first page."""
    try:
        return _through(tiers, after, before, size)
    except (ValidationError, TypeError, ValueError, OverflowError, DataError):
        return _through(tiers, "", "", size)


def _through(tiers: Sequence[Tier], after: str, before: str, size: int) -> Page[Key]:
    values = decode(before or after, 3)
    back = bool(before) and values is not None
    begin, key = (0, None) if values is None else (_known(values[0], len(tiers)), (values[1], int(values[2])))
    found: list[tuple[int, Key]] = []
    for number in range(begin, -1, -1) if back else range(begin, len(tiers)):
        place = Place(key if number == begin else None, back, size + 1 - len(found))
        found += [(number, row) for row in tiers[number].read(place)]
        if len(found) > size:
            break
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    has_after, has_before = (values is not None, more) if back else (more, values is not None)
    return Page(
        rows=[key for _number, key in found],
        after=encode([found[-1][0], *found[-1][1]]) if found and has_after else "",
        before=encode([found[0][0], *found[0][1]]) if found and has_before else "",
    )


def _known(number: Any, tiers: int) -> int:
    if not isinstance(number, int) or not 0 <= number < tiers:
        raise ValueError(number)
    return number


@dataclass(frozen=True, slots=True)
class InOrder:
    """All rows of a queryset by a field and by a key, which is unique; both rise, or both fall (`-due_at`)."""

    rows: QuerySet[Any]
    field: str
    key: str = "pk"

    def read(self, place: Place) -> list[Key]:
        names = (self.field.lstrip("-"), self.key)
        down = self.field.startswith("-") != place.back
        rows = self.rows.order_by(*(f"-{name}" if down else name for name in names))
        if place.key is not None:
            rows = rows.filter(_beyond(self.rows.model, names, [*place.key], down=down))
        return [*rows.values_list(*names)[: place.limit]]
