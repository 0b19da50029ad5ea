"""The life of an import as people see it: uploaded, its columns named, checked, started, cancelled."""

import shutil
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from ...models import Account, ContactList, ImportChoice, ImportRun, ImportState, Member
from .. import services
from . import formats, headings, staging
from .head import Head, read_head
from .troubles import FileError

NOT_STARTED = (ImportState.UPLOADED, ImportState.READY)
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
        _look(run, folder, "")
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


_LOOKED = "format encoding separator sheet sheets total position offset columns mapping choice".split()  # noqa: SIM905


def _look(run: ImportRun, folder: Path, sheet: str) -> None:
    """Makes the upload in the folder ready and names its columns: the fields `_LOOKED`."""
    staged = staging.stage(folder, sheet)
    head = read_head(folder)
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


def read_sheet(run: ImportRun, sheet: str) -> bool:
    """Reads another sheet of the same upload. Raises `FileError`.

    False when the run went on meanwhile: reading takes seconds. It and its rows are as they were then, and after an
    error as well.
    """
    folder = folder_of(run)
    apart = folder.parent / str(uuid.uuid4())  # named as a run's: what a dead process leaves goes like other uploads
    apart.mkdir(mode=0o700)
    try:
        shutil.copyfile(folder / staging.UPLOAD, apart / staging.UPLOAD)
        _look(run, apart, sheet)
        with transaction.atomic():
            if changed := _change(run, _LOOKED):
                (apart / staging.ROWS).replace(folder / staging.ROWS)
    except FileNotFoundError as error:
        raise FileError("gone") from error
    except FileError:
        run.refresh_from_db()
        raise
    finally:
        shutil.rmtree(apart, ignore_errors=True)
    return changed


def _change(run: ImportRun, names: Sequence[str], **same: object) -> bool:
    """Saves these fields, and the run has to be checked once more. False, and nothing, when it was started meanwhile.

    One update decides: another tab may have gone on with the run that this one shows.
    """
    run.state, run.findings = ImportState.UPLOADED, {}
    fields = {name: getattr(run, name) for name in (*names, "state", "findings")}
    changed = ImportRun.objects.filter(pk=run.pk, state__in=NOT_STARTED, **same).update(**fields)
    run.refresh_from_db()
    return bool(changed)


def look(run: ImportRun) -> Head:
    """The top of the file, for the page. Raises `FileError` when it is gone."""
    return read_head(folder_of(run))


def set_columns(run: ImportRun, *, mapping: Sequence[str], choice: str) -> bool:
    """Says what the columns are and what is done with people who are ours. Raises `FileError` for a bad mapping.

    False, and all stays as it was, when the run was started or another sheet was read meanwhile.
    """
    if "phone" not in mapping:
        raise FileError("no_phones")
    for field in headings.FIELDS.keys() - headings.SEVERAL:
        if [*mapping].count(field) > 1:
            raise FileError("twice", field=headings.FIELDS[field])
    run.mapping, run.choice = [*mapping], ImportChoice(choice)
    return _change(run, ["mapping", "choice"], sheet=run.sheet)


def check(run: ImportRun) -> bool:
    """Lets the worker count what would happen. False when the run is past that."""
    return _to(run, ImportState.CHECKING, NOT_STARTED)


def start(run: ImportRun) -> bool:
    """Lets the worker write the rows. False when the run was not ready: a second press starts nothing.

    Raises `ValidationError` when the list was put away meanwhile.
    """
    if _to(run, ImportState.RUNNING, (ImportState.READY,), list__in=ContactList.objects.filter(archived_at=None)):
        return True
    if run.state == ImportState.READY:
        raise ValidationError(
            _("The list was put away meanwhile, so nothing was imported. Choose “Use again” among the lists first.")
        )
    return False


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


def _to(run: ImportRun, state: ImportState, before: Sequence[ImportState], **only: object) -> bool:
    """One update decides, so that two presses do not begin two imports."""
    head = read_head(folder_of(run))
    changed = ImportRun.objects.filter(pk=run.pk, state__in=before, **only).update(
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
