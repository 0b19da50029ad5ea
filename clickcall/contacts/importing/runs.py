"""The life of an import as people see it: uploaded, its columns named, checked, started, cancelled."""

import shutil
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from ...models import Account, ContactList, ImportChoice, ImportRun, ImportState, Member
from .. import services
from . import formats, headings, staging
from .head import Head, read_head
from .troubles import FileError

FINISHED = (ImportState.DONE, ImportState.FAILED, ImportState.CANCELLED)


def folder_of(run: ImportRun) -> Path:
    """Where the run's files are. Web server and worker have to see the same `CLICKCALL_DATA_DIR`."""
    return Path(settings.DATA_DIR, "imports", str(run.public_id))


def create(
    *,
    account: Account,
    list: ContactList | None,  # noqa: A002
    new_list: str = "",
    member: Member | None,
    file_name: str,
    chunks: Iterable[bytes],
) -> ImportRun:
    """A run for an upload, its columns named as far as they are known; onto a list of a new name when `list` is None.

    Raises `FileError`, and `ValidationError` (`name`) for the name; nothing is left or changed then.

    A file with the headings of an earlier import, such as the corrected rows of that one, is read as that one was.
    """
    name = Path(file_name).name[:200]
    run = ImportRun(account=account, member=member, public_id=uuid.uuid4(), file_name=name)
    folder = folder_of(run)
    folder.mkdir(parents=True, mode=0o700)
    try:
        _save(folder / staging.UPLOAD, chunks)
        _look(run, "")
        with transaction.atomic():
            run.list = list or services.create_list(account=account, name=new_list)
            run.save()
    except BaseException:
        shutil.rmtree(folder)
        raise
    return run


def _save(path: Path, chunks: Iterable[bytes]) -> None:
    size = 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > formats.LARGEST:
                raise FileError("too_large")
            file.write(chunk)


def _look(run: ImportRun, sheet: str) -> None:
    """Makes the upload ready and names its columns."""
    staged = staging.stage(folder_of(run), sheet)
    head = read_head(folder_of(run))
    run.format, run.encoding, run.separator = staged.format, staged.encoding, staged.separator
    run.sheet, run.sheets = staged.sheet, staged.sheets
    run.total = staged.rows - head.above
    run.position, run.offset = 0, head.offset
    if run.total == 0:
        raise FileError("headings_only")
    run.columns = head.headings
    run.mapping = headings.guess(head.headings, [texts for _line, texts in head.samples], run.account.country)
    _remember(run)


def _remember(run: ImportRun) -> None:
    """Takes the mapping and the choice over from the newest import with the same headings."""
    mine = _own(run.columns)
    for before in ImportRun.objects.filter(account=run.account).exclude(mapping=[])[:50]:
        known = dict(zip(before.columns, before.mapping, strict=True))
        if _own(before.columns) == mine and len(known) == len(before.columns):
            run.mapping = [known.get(heading, headings.IGNORED) for heading in run.columns]
            run.choice = before.choice
            return


def _own(columns: Sequence[str]) -> list[str]:
    return [heading for heading in columns if not headings.is_reason(heading)]


def read_sheet(run: ImportRun, sheet: str) -> None:
    """Reads another sheet of the same upload. Raises `FileError`; the run is as it was then."""
    before = run.sheet
    try:
        _look(run, sheet)
    except FileError:
        run.refresh_from_db()
        staging.stage(folder_of(run), before)
        raise
    run.state, run.findings = ImportState.UPLOADED, {}
    run.save()


def look(run: ImportRun) -> Head:
    """The top of the file, for the page. Raises `FileError` when it is gone."""
    return read_head(folder_of(run))


def set_columns(run: ImportRun, *, mapping: Sequence[str], choice: str) -> None:
    """Says what the columns are and what is done with people who are ours. Raises `FileError` for a bad mapping."""
    if "phone" not in mapping:
        raise FileError("no_phones")
    for field in headings.FIELDS.keys() - headings.SEVERAL:
        if [*mapping].count(field) > 1:
            raise FileError("twice", field=headings.FIELDS[field])
    run.mapping, run.choice = [*mapping], ImportChoice(choice)
    run.state, run.findings = ImportState.UPLOADED, {}
    run.save(update_fields=["mapping", "choice", "state", "findings"])


def check(run: ImportRun) -> bool:
    """Lets the worker count what would happen. False when the run is past that."""
    return _to(run, ImportState.CHECKING, (ImportState.UPLOADED, ImportState.READY))


def start(run: ImportRun) -> bool:
    """Lets the worker write the rows. False when the run was not ready: a second press starts nothing."""
    return _to(run, ImportState.RUNNING, (ImportState.READY,))


def start_unchecked(run: ImportRun) -> bool:
    """For a command line, which has decided."""
    return _to(run, ImportState.RUNNING, (ImportState.UPLOADED,))


def cancel(run: ImportRun) -> bool:
    """Stops the run behind the batch that is being written. False when it had ended already."""
    live = [state for state in ImportState if state not in FINISHED]
    if not ImportRun.objects.filter(pk=run.pk, state__in=live).update(
        state=ImportState.CANCELLED, lease_until=None, finished_at=now()
    ):
        return False
    run.refresh_from_db()
    tidy(run)
    return True


def _to(run: ImportRun, state: ImportState, before: Sequence[ImportState]) -> bool:
    """One update decides, so that two presses do not begin two imports."""
    head = read_head(folder_of(run))
    changed = ImportRun.objects.filter(pk=run.pk, state__in=before).update(
        state=state, position=0, offset=head.offset, lease_until=None, started_at=now()
    )
    run.refresh_from_db()
    return bool(changed)


def tidy(run: ImportRun) -> None:
    """Takes away the files of a run that has ended, all but the rows that were refused."""
    folder = folder_of(run)
    lines = {*run.refusals.order_by().values_list("line", flat=True)}
    if lines and (folder / staging.ROWS).exists():
        staging.keep_rows(folder, lines)
        (folder / staging.UPLOAD).unlink(missing_ok=True)
    else:
        shutil.rmtree(folder, ignore_errors=True)
