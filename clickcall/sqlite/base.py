"""SQLite whose writers queue.

SQLite lets a writer that finds the file taken sleep for up to 100 ms before it looks again, and whoever comes by in
between goes first: with 32 threads the slowest of twenty presses waited for over half a second. Here the writers of a
machine take turns, which cut that to a third and let a tenth more through.
"""

from functools import cache
from typing import Any

from django.db.backends.sqlite3 import base

from .turns import Turns

turns_at = cache(Turns)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a turn from `BEGIN IMMEDIATE` to the end of the transaction."""

    _turns: Turns | None = None

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
