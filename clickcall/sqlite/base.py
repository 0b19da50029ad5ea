"""SQLite whose writers queue.

SQLite lets a writer that finds the file taken sleep for up to 100 ms before it looks again, and whoever comes by in
between goes first: with 32 threads the slowest of twenty presses waited for over half a second. Here the writers of a
machine take turns, which cut that to a third and let a tenth more through.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from operator import attrgetter, methodcaller
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations

from .turns import Turns

turns_at = cache(Turns)
_ROWS, _KEY = methodcaller("fetchall"), attrgetter("lastrowid")
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


class Operations(DatabaseOperations):
    """Django's own, which look up twice for each time how times are kept: a press has a dozen of them."""

    def adapt_datetimefield_value(self, value: Any) -> Any:
        """UTC, as nearly every time is that we write, without its zone."""
        if type(value) is datetime and value.tzinfo is UTC and self.connection.timezone is UTC:
            return str(value.replace(tzinfo=None))
        return super().adapt_datetimefield_value(value)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a turn from `BEGIN IMMEDIATE` to the end of the transaction, and a short way to ask."""

    ops_class = Operations
    _turns: Turns | None = None

    def ask(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows that a statement answers whose text stays the same."""
        return list(self._run(statement, values, _ROWS))

    write = ask

    def insert(self, statement: str, values: Sequence[Any], *, key: str, rows: int) -> list[int]:
        """The keys of new rows.

        That of a single one SQLite knows without RETURNING. With it each page that the row touches, in every index of
        its table, is copied first, and from sixteen pages on to a file.
        """
        if rows == 1:
            return [self._run(statement, values, _KEY)]
        return [found for (found,) in self.ask(f'{statement} RETURNING "{key}"', values)]

    def _run(self, statement: str, values: Sequence[Any], taken: Callable[[Any], Any]) -> Any:
        """What is taken from the cursor that ran it: the driver's, or Django's where somebody looks on.

        Django's layers cost more than a small question. What they check cannot be: `models.prepared` takes the
        connection of its own thread.
        """
        if self.execute_wrappers or self.queries_logged or self.connection is None:
            with self.cursor() as cursor:
                cursor.execute(statement, values)
                return taken(cursor)
        self.validate_no_broken_transaction()
        with self.wrap_database_errors:
            return taken(self.connection.execute(_with_marks(statement), values))

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
