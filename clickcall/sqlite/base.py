"""SQLite whose writers queue.

SQLite lets a writer that finds the file taken sleep for up to 100 ms before it looks again, and whoever comes by in
between goes first: with 32 threads the slowest of twenty presses waited for over half a second. Here the writers of a
machine take turns, which cut that to a third and let a tenth more through.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

from .turns import Turns

turns_at = cache(Turns)
_LONG = 20_000  # characters: such a statement has very many parameters, and comes in this form but once


@lru_cache(maxsize=1000)
def _with_marks(query: str) -> str:
    """The statement with SQLite's marks for parameters. A press runs thirty statements, always the same ones."""
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Cursor(base.SQLiteCursorWrapper):
    """Django's own, which would translate each statement anew each time it is run."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        if param_names is None and len(query) < _LONG:
            return _with_marks(query)
        return str(super().convert_query(query, param_names=param_names))


class PlannedCursor:
    """For one small question: the driver's own cursor, whose errors are Django's."""

    def __init__(self, database: "DatabaseWrapper") -> None:
        self.database = database
        self.cursor: Any = None

    def __enter__(self) -> "PlannedCursor":
        return self

    def __exit__(self, *error: object) -> None:
        if self.cursor is not None:
            self.cursor.close()

    def execute(self, statement: str, values: Sequence[Any]) -> None:
        with self.database.wrap_database_errors:
            self.cursor = self.database.connection.execute(_with_marks(statement), values)

    def fetchall(self) -> list[tuple[Any, ...]]:
        with self.database.wrap_database_errors:
            rows: list[tuple[Any, ...]] = self.cursor.fetchall()
        return rows


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a turn from `BEGIN IMMEDIATE` to the end of the transaction, and a second kind of cursor."""

    _turns: Turns | None = None

    def planned_cursor(self) -> Any:
        """For a statement whose text stays the same; one of Django's where somebody looks at all statements."""
        if self.execute_wrappers or self.queries_logged or self.connection is None:
            return self.cursor()
        self.validate_thread_sharing()
        self.validate_no_broken_transaction()
        return PlannedCursor(self)

    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        turns = turns_at(f"{self.settings_dict['NAME']}.turn")
        if turns.take():
            self._turns = turns
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give()
            raise

    def _give(self) -> None:
        turns, self._turns = self._turns, None
        if turns:
            turns.give()

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._give()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._give()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._give()
