"""A whole list from the provider and our table become equal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import CharField, Model, QuerySet
from django.utils.timezone import now

from ...models import Account
from ...provider.coerce import text
from ...provider.data_api import Listing
from .tables import Table, Values

_BATCH = 500


class Incomplete(Exception):  # noqa: N818 - nothing may be concluded from it
    """The provider counted more rows than it gave."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a list changed here; `problem` is why it changed nothing, as a mnemonic or a cause."""

    added: int = 0
    changed: int = 0
    gone: int = 0
    problem: str = ""


@dataclass(slots=True)
class _Read:
    """Values by key, and rows that could not be read: their IDs, and whether one has none."""

    values: dict[str, Values] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    @property
    def proves_absence(self) -> bool:
        return "" not in self.unread


def apply(account: Account, table: Table, listing: Listing, *, still_mine: Callable[[], None]) -> Counts:
    """Adds, changes and marks gone, in one transaction. Raises `Incomplete`, and what `still_mine` raises in it."""
    read = _read(table, listing)
    with transaction.atomic():
        still_mine()
        ours = _of(account, table)
        # Keys of rows stay as they are: a press, whose call names its number, need not wait for this.
        rows = {str(getattr(row, table.key)): row for row in ours.select_for_update(no_key=True)}
        added = _add(account, table, [values for key, values in read.values.items() if key not in rows])
        changed = _change(table, [(rows[key], values) for key, values in read.values.items() if key in rows])
        gone = _mark_gone(table, [row for key, row in rows.items() if key not in read.values], read)
        if table.stamp:
            ours.filter(gone_at=None).update(**{table.stamp: now()})
    return Counts(added, changed, gone)


def _of(account: Account, table: Table) -> QuerySet[Any]:
    return table.model._base_manager.filter(account=account)


def _read(table: Table, listing: Listing) -> _Read:
    """Rows that came twice, because the list moved between two pages, mean that others did not come."""
    names = [name for row in listing if (name := text(row.get("id")))]
    twice = len(names) - len(set(names))
    if len(listing) - twice < (listing.metadata.total_items or 0):
        raise Incomplete
    read = _Read()
    for row in listing:
        values = table.read(row)
        if values is None:
            read.unread.add(text(row.get("id")))
        else:
            read.values.setdefault(values[table.key], _fitting(table.model, values))
    return read


def _fitting(model: type[Model], values: Values) -> Values:
    """Texts no longer than their columns."""
    fields = {name: model._meta.get_field(name) for name in values}
    return {
        name: value[: one.max_length] if isinstance(one := fields[name], CharField) and one.max_length else value
        for name, value in values.items()
    }


def _add(account: Account, table: Table, found: list[Values]) -> int:
    """Whoever typed one in at the same moment was first: then it is there already."""
    new = [table.model(account=account, **values, **table.first(values)) for values in found]
    table.model._base_manager.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    return len(new)


def _change(table: Table, pairs: list[tuple[Model, Values]]) -> int:
    changed: list[Model] = []
    columns: set[str] = set()
    for row, values in pairs:
        news = {name: value for name, value in _news(table, row, values).items() if getattr(row, name) != value}
        for name, value in news.items():
            setattr(row, name, value)
        if news:
            changed.append(row)
            columns |= news.keys()
    if changed:
        table.model._base_manager.bulk_update(changed, sorted(columns), batch_size=_BATCH)
    return len(changed)


def _news(table: Table, row: Model, values: Values) -> Values:
    """What the provider says of a row that we have; one that was gone is back."""
    news = {name: value for name, value in values.items() if not (name in table.kept and getattr(row, name))}
    return news | {"gone_at": None}


def _mark_gone(table: Table, missing: list[Any], read: _Read) -> int:
    """A row that could not be read is not gone; one that does not even say which it is could be any of them."""
    if not read.proves_absence:
        return 0
    gone = [row.pk for row in missing if row.gone_at is None and row.provider_id not in read.unread]
    moment: datetime = now()
    for keys in _batches(gone):
        table.model._base_manager.filter(pk__in=keys).update(gone_at=moment)
    return len(gone)


def _batches(keys: Iterable[int]) -> Iterable[list[int]]:
    rest = iter(keys)
    while batch := list(islice(rest, _BATCH)):
        yield batch
