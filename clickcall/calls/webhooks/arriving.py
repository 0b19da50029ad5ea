"""Notifications that come at the same time are stored by one statement in one commit, and applied in a second one.

Commits are a good part of what a notification costs, and writers stand in a queue for each. When something goes wrong
with one of them, or it would have to wait, each is stored, or applied, by itself in the thread that brought it: none
suffers by another.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from ...models import Account, HookDelivery, HookState
from ...models.writing import PreparedInsert
from . import applying
from .reading import Read
from .together import Together

log = logging.getLogger("clickcall.hooks")
AT_ONCE = 32
_INSERT = PreparedInsert(HookDelivery)


@dataclass(slots=True)
class Coming:
    """A notification on its way in: `row` when it is stored, `is_applied` when nothing is left to do."""

    account: Account
    read: Read
    at: datetime
    row: HookDelivery | None = None
    is_applied: bool = False


def take(account: Account, read: Read, at: datetime) -> None:
    """Stores what came in, committed, then does what it says. Raises only when it could not be stored."""
    coming = Coming(account, read, at)
    _TOGETHER.do(coming)
    if coming.row is None:
        with transaction.atomic():
            (row,) = _written([coming])
    else:
        row = coming.row
    if not read.problem and not coming.is_applied and not applying.apply(row, account):
        applying.leave(row)


def _work(lot: list[Coming]) -> None:
    """All at once; what this leaves undone each does for itself. Never raises."""
    try:
        with _impatient():
            rows = _written(lot)
        for coming, row in zip(lot, rows, strict=True):
            coming.row = row
        stored = [(row, coming.account) for row, coming in zip(rows, lot, strict=True) if not coming.read.problem]
        told = [applying.told(row, account) for row, account in stored]
        with _impatient():
            applying.do(told)
        for coming in lot:
            coming.is_applied = True
    except Exception as error:  # noqa: BLE001 - it is about one of them, and comes again where that is by itself
        log.info("of %d notifications each is taken in by itself: %s", len(lot), error)


@contextmanager
def _impatient() -> Iterator[None]:
    """A transaction in which many rows are locked. It waits for nobody's lock for long: no notification is held up by
    another one's, and it gives way before it could be half of a deadlock (noticed after a second).
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '250ms'")
        yield


def _written(lot: list[Coming]) -> list[HookDelivery]:
    return _INSERT.write_all([_row(coming) for coming in lot])


def _row(coming: Coming) -> HookDelivery:
    read, is_broken = coming.read, bool(coming.read.problem)
    return HookDelivery(
        account=coming.account,
        received_at=coming.at,
        event=read.event,
        call_session_id=read.call_session_id,
        body=read.stored,
        state=HookState.BROKEN if is_broken else HookState.NEW,
        problem=read.problem[:200],
        applied_at=None if is_broken else coming.at,
    )


_TOGETHER = Together(_work, AT_ONCE)
