"""Rows that are written by statements that are put together once, as `prepared` asks its questions."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Model

from .prepared import database_in_use

M = TypeVar("M", bound=Model)

# What these fields hand to the driver as it is, which is most of a row.
_PLAIN: dict[type[Any], type[Any]] = {
    models.CharField: str,
    models.TextField: str,
    models.BooleanField: bool,
    models.PositiveIntegerField: int,
    models.ForeignKey: int,
}


class PreparedInsert(Generic[M]):
    """Writes new rows of one table with a statement that is put together once. Sets the key of what it writes.

    For models whose key the database gives, and none of whose fields fills itself when it is written.
    """

    def __init__(self, model: type[M]) -> None:
        self.fields: list[Any] = [field for field in model._meta.concrete_fields if not field.primary_key]
        self.table, self.key = model._meta.db_table, str(model._meta.pk.column)
        self._plain = [_PLAIN.get(type(field)) for field in self.fields]
        self._values = attrgetter(*(field.attname for field in self.fields))
        self._statements: dict[int, str] = {}

    def _statement(self, rows: int) -> str:
        """For so many rows."""
        if rows not in self._statements:
            quote = connection.ops.quote_name
            columns = ", ".join(quote(field.column) for field in self.fields)
            places = f"({', '.join(['%s'] * len(self.fields))})"
            values = ", ".join([places] * rows)
            self._statements[rows] = f"INSERT INTO {quote(self.table)} ({columns}) VALUES {values}"  # noqa: S608
        return self._statements[rows]

    def write(self, row: M) -> M:
        """Raises IntegrityError as `save` would."""
        return self.write_all([row])[0]

    def write_all(self, rows: list[M]) -> list[M]:
        """All by one statement, as `bulk_create` would. Raises IntegrityError."""
        database = database_in_use()
        values = [
            value if value is None or type(value) is plain else _stored(field, value, database)
            for row in rows
            for field, plain, value in zip(self.fields, self._plain, self._values(row), strict=True)
        ]
        keys = database.insert(self._statement(len(rows)), values, key=self.key, rows=len(rows))
        for row, key in zip(rows, keys, strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return rows


class PreparedUpdate:
    """Changes rows by their keys; each set of columns is put into a statement once."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self._statements: dict[tuple[int, tuple[str, ...]], tuple[str, list[Any]]] = {}

    def write(self, key: int, changes: dict[str, Any]) -> None:
        """Sets the columns that `changes` names, as `update(**changes)` would."""
        self.write_all([key], changes)

    def write_all(self, keys: Sequence[int], changes: dict[str, Any]) -> None:
        """The same for each of these rows."""
        names = tuple(changes)
        if (len(keys), names) not in self._statements:
            self._statements[len(keys), names] = self._compiled(len(keys), names)
        statement, fields = self._statements[len(keys), names]
        database, given = database_in_use(), [getattr(value, "pk", value) for value in changes.values()]
        values = [_stored(field, value, database) for field, value in zip(fields, given, strict=True)]
        database.write(statement, [*values, *keys])

    def _compiled(self, rows: int, names: tuple[str, ...]) -> tuple[str, list[Any]]:
        meta: Any = self.model._meta
        quote = connection.ops.quote_name
        fields: list[Any] = [meta.get_field(name) for name in names]
        columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
        which = f"{quote(meta.pk.column)} IN ({', '.join(['%s'] * rows)})"
        return f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {which}", fields  # noqa: S608


def _stored(field: Any, value: Any, database: Any) -> Any:
    """As `save` would hand it to the driver."""
    if value is None or _PLAIN.get(type(field)) is type(value):
        return value
    if type(field) is models.DateTimeField and isinstance(value, datetime) and value.tzinfo:
        return database.ops.adapt_datetimefield_value(value)
    return field.get_db_prep_save(value, database)
