"""PostgreSQL that keeps the plans of statements that are run often.

Django writes the values into each statement, and PostgreSQL plans it anew: for the small questions of a page that takes
two to five times as long as to answer them. What `models.prepared` asks has always the same text. Here its values
travel beside it, and after a few runs PostgreSQL keeps the plan, where one plan is good for all values.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations

_RUNS = 3  # of a statement, before its plan is kept
_PLANS = 400  # of a connection


class Operations(DatabaseOperations):
    """Django's own, which know no text of a statement that was not sent again because its plan was kept."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a second way to ask."""

    ops_class = Operations

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "prepare_threshold": _RUNS}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = _PLANS
        return connection

    def ask(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows that a statement answers whose text stays the same, by a plan that is kept.

        Past Django's layers, which cost as much as a small question, unless somebody looks on. Give whole numbers as
        text: their types would change with size.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        if self.execute_wrappers or self.queries_logged:
            with self._prepare_cursor(self._binding()) as watched:  # type: ignore[attr-defined]
                watched.execute(statement, values)
                return list(watched.fetchall())
        self.validate_no_broken_transaction()
        with self.wrap_database_errors, self._binding() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())

    def _binding(self) -> Any:
        """A cursor that sends the values beside the statement."""
        return base.ServerBindingCursor(self.connection)  # type: ignore[call-arg]

    def write(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """What a statement that writes returns. Its values are part of it, as Django's are: there is little to plan."""
        with self.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall()) if cursor.description else []

    def insert(self, statement: str, values: Sequence[Any], *, key: str, rows: int) -> list[int]:
        """The keys of new rows."""
        return [found for (found,) in self.write(f'{statement} RETURNING "{key}"', values)]
