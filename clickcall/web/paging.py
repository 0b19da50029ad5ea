"""Keyset paging: a page begins after the last row of the one before, however deep it lies."""

import base64
import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldError, ValidationError
from django.db import DataError
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows in display order; `after` and `before` are cursors of the neighbouring pages, empty where there is none."""

    rows: list[M]
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
        rows = rows.filter(_beyond(names, values, down=down))
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


def _beyond(names: tuple[str, str], values: list[Any], *, down: bool) -> Q:
    """(a, b) beyond (x, y), written so that an index on (a, b) is used: a plain OR would scan."""
    word = "lt" if down else "gt"
    first, second = names
    return Q(**{f"{first}__{word}e": values[0]}) & (
        Q(**{f"{first}__{word}": values[0]}) | Q(**{f"{second}__{word}": values[1]})
    )


def _values(row: Model, names: tuple[str, str]) -> list[Any]:
    return [value.isoformat() if hasattr(value := getattr(row, name), "isoformat") else value for name in names]
