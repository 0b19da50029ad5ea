"""A whole list from the provider and our table become equal."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import CharField, Model, QuerySet
from django.utils.timezone import now

from ...models import Account
from ...models.lots import lots
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
    """Values by key, and the IDs of rows that could not be read, "" for one without."""

    values: dict[str, Values] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


def apply(account: Account, table: Table, listing: Listing, *, still_mine: Callable[[], None]) -> Counts:
    """Adds, changes and marks gone, in one transaction. Raises `Incomplete`, and what `still_mine` raises in it.

    Whether there is anything to write is found out before: mostly there is not, and whoever writes to SQLite holds up
    presses.
    """
    read = _read(table, listing)
    ours = _of(account, table)
    idle = _plan(table, read, ours).is_empty
    with transaction.atomic():
        still_mine()
        # Keys of rows stay as they are: a press, whose call names its number, need not wait for this.
        plan = _Plan() if idle else _plan(table, read, ours.select_for_update(no_key=True))
        _carry_out(account, table, plan)
        if table.stamp:
            ours.filter(gone_at=None).update(**{table.stamp: now()})
    return Counts(len(plan.new), len(plan.changed), len(plan.gone))


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


@dataclass(slots=True)
class _Plan:
    """What is to be written: new rows, rows with their new values and the columns that differ, keys of the gone."""

    new: list[Values] = field(default_factory=list)
    changed: list[Model] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    gone: list[int] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.gone)


def _plan(table: Table, read: _Read, ours: QuerySet[Any]) -> _Plan:
    rows = {str(getattr(row, table.key)): row for row in ours}
    plan = _Plan()
    for key, values in read.values.items():
        if key not in rows:
            plan.new.append(values)
        elif news := _news(table, rows[key], values):
            for name, value in news.items():
                setattr(rows[key], name, value)
            plan.changed.append(rows[key])
            plan.columns |= news.keys()
    # A row that could not be read is not gone; one that does not even say which it is could be any of them.
    if "" not in read.unread:
        there = [row for key, row in rows.items() if key not in read.values and row.gone_at is None]
        plan.gone = [row.pk for row in there if row.provider_id not in read.unread]
    return plan


def _carry_out(account: Account, table: Table, plan: _Plan) -> None:
    """Whoever typed a new row in at the same moment was first: then it is there already."""
    rows = table.model._base_manager
    new = [table.model(account=account, **values, **table.first(values)) for values in plan.new]
    rows.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    if plan.changed:
        rows.bulk_update(plan.changed, sorted(plan.columns), batch_size=_BATCH)
    for keys in lots(plan.gone, _BATCH):
        rows.filter(pk__in=keys).update(gone_at=now())


def _news(table: Table, row: Model, values: Values) -> Values:
    """What the provider says anew of a row that we have; one that was gone is back."""
    told = {name: value for name, value in values.items() if not (name in table.kept and getattr(row, name))}
    return {name: value for name, value in (told | {"gone_at": None}).items() if getattr(row, name) != value}
