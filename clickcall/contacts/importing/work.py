"""The background's share: checks and writes rows in batches, a little at a time, and can be killed between any two.

A run belongs to whoever holds its lease, which ends by itself. What a batch writes and how far the run has come are one
transaction, and that transaction is refused to whoever lost the run meanwhile: no row is written twice or by half. A
check writes nothing; when its process dies it begins again.
"""

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.timezone import now

from ...models import ImportRun, ImportState
from ...models.imports import WORKED_ON, ImportRunQuerySet
from . import head, runs
from .checking import Findings
from .known import known_phones
from .people import owner_finder
from .plan import digits_of, make_plan
from .rows import Row, RowReader
from .staging import Rows, open_rows
from .troubles import FileError
from .writing import write

log = logging.getLogger("clickcall.imports")
BATCH = 2000  # rows
SLICE = 1.0  # seconds; the worker has other jobs as well
LEASE = timedelta(seconds=30)  # longer than a batch may take


class LostError(Exception):
    """Somebody else has the run, or it was cancelled."""


@dataclass(slots=True)
class Held:
    """What this process remembers of a run between two slices."""

    lease: datetime
    reader: RowReader
    findings: Findings | None


_held: dict[int, Held] = {}


def import_job() -> bool:
    """Goes on with one import for about a second. False when there was nothing to do."""
    rows = ImportRun.objects.select_related("account", "list")
    run = (_remembered(rows) if _held else None) or rows.due().first()
    return run is not None and work(run, seconds=SLICE)


def _remembered(rows: ImportRunQuerySet) -> ImportRun | None:
    """The run that this process is at, if it was not cancelled."""
    found = rows.filter(pk__in=_held, state__in=WORKED_ON).first()
    if found is None:
        _held.clear()
    return found


def work(run: ImportRun, *, seconds: float | None = None) -> bool:
    """Goes on with the run until it is done, or for about so many seconds. False when somebody else has it."""
    held = _claim(run)
    if held is None:
        return False
    until = None if seconds is None else time.monotonic() + seconds
    try:
        _go_on(run, held, until)
    except LostError:
        _held.pop(run.pk, None)
    except FileError as error:
        _fail(run, error.code)
    except DatabaseError:
        raise  # the lease ends, and somebody tries again
    except Exception:
        log.exception("the import %s stopped behind row %s", run.pk, run.position)
        _fail(run, "bug")
    return True


def _claim(run: ImportRun) -> Held | None:
    """The run is ours until the lease ends. A check that this process does not remember begins again."""
    moment, held = now(), _held.get(run.pk)
    free = Q(lease_until=None) | Q(lease_until__lt=moment)
    if held:
        free |= Q(lease_until=held.lease)
    rows = ImportRun.objects.filter(free, pk=run.pk, state=run.state)
    if not run.is_worked_on or not rows.update(lease_until=moment + LEASE):
        _held.pop(run.pk, None)
        return None
    run.refresh_from_db(fields=["position", "offset", "lease_until", "mapping", "columns"])
    if held is None or (held.findings is None) != (run.state == ImportState.RUNNING):
        checking = run.state == ImportState.CHECKING
        if checking:
            run.position, run.offset = 0, head.read_head(runs.folder_of(run)).offset
        held = Held(run.lease_until or moment, reader_of(run), Findings(run) if checking else None)
    held.lease = run.lease_until or moment
    _held[run.pk] = held
    return held


def reader_of(run: ImportRun) -> RowReader:
    return RowReader(
        run.columns,
        run.mapping,
        country=run.account.country,
        owner=owner_finder(run.account),
        today=timezone.localdate(timezone=run.account.tz),
    )


def _go_on(run: ImportRun, held: Held, until: float | None) -> None:
    with open_rows(runs.folder_of(run)) as file:
        rows = Rows(file, run.offset)
        while True:
            records = rows.take(BATCH)
            if not records:
                _finish(run, held)
                return
            read = [held.reader.read(record) for record in records]
            if held.findings:
                held.findings.take(read)
                lease = _move(run, held, len(records), rows.offset)
            else:
                lease = _write(run, held, read, rows.offset)
            run.position, run.offset, held.lease = run.position + len(records), rows.offset, lease
            if until is not None and time.monotonic() > until:
                return


def _write(run: ImportRun, held: Held, rows: list[Row], offset: int) -> datetime:
    good = [row for row in rows if not row.wrong]
    plan = make_plan(rows, known_phones(run.account_id, digits_of(good), run.list_id), run.choice)
    counts = {
        "added": len(plan.added),
        "updated": len(plan.updates) + plan.joined,
        "skipped": len(plan.skipped),
        "refused": len(plan.refused),
    }
    with transaction.atomic():
        lease = _move(run, held, len(rows), offset, **{name: F(name) + count for name, count in counts.items()})
        write(run, plan)
    return lease


def _move(run: ImportRun, held: Held, count: int, offset: int, **changes: object) -> datetime:
    """Says how far the run has come; gives the new end of the lease. Raises `LostError` when it is not ours."""
    lease = now() + LEASE
    changes |= {"position": run.position + count, "offset": offset, "lease_until": lease}
    if not _ours(run, held).update(**changes):
        raise LostError
    return lease


def _finish(run: ImportRun, held: Held) -> None:
    changes: dict[str, object] = {"lease_until": None}
    if held.findings:
        changes |= {"state": ImportState.READY, "findings": held.findings.as_json(), "position": 0}
    else:
        changes |= {"state": ImportState.DONE, "finished_at": now()}
    if not _ours(run, held).update(**changes):
        raise LostError
    _held.pop(run.pk, None)
    if not held.findings:
        runs.tidy(run)


def _ours(run: ImportRun, held: Held) -> ImportRunQuerySet:
    return ImportRun.objects.filter(pk=run.pk, state=run.state, lease_until=held.lease)


def _fail(run: ImportRun, problem: str) -> None:
    _held.pop(run.pk, None)
    ImportRun.objects.filter(pk=run.pk, state=run.state).update(
        state=ImportState.FAILED, problem=problem, lease_until=None, finished_at=now()
    )
    runs.tidy(run)
