"""Uploaded files go: when their run has ended at once but for the refused rows, and after 30 days altogether.

A job of the worker. It goes by the folders that are there, so that nothing is left behind by a process that died. The
list of what was refused and why stays with the run.
"""

import shutil
import time
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import now

from ...models import ImportRun
from . import runs, staging

DAYS = 30
_UNCLAIMED = 24 * 3600.0  # seconds after which a folder that no run names is nobody's
_REST_SECONDS = 3600.0

_rests_until = float("-inf")


def forget_files() -> None:
    """Looks at every folder, once an hour."""
    global _rests_until
    if time.monotonic() < _rests_until:
        return
    _rests_until = time.monotonic() + _REST_SECONDS
    folders = {folder.name: folder for folder in Path(settings.DATA_DIR, "imports").glob("*-*")}
    names = [name for name in folders if _is_uuid(name)]
    known = {str(run.public_id): run for run in ImportRun.objects.filter(public_id__in=names)}
    for name in names:
        if run := known.get(name):
            _forget(run, folders[name])
        elif folders[name].stat().st_mtime < time.time() - _UNCLAIMED:
            shutil.rmtree(folders[name], ignore_errors=True)


def wake() -> None:
    """Ends the rest of this process: for tests."""
    global _rests_until
    _rests_until = float("-inf")


def _forget(run: ImportRun, folder: Path) -> None:
    if run.is_worked_on:
        return
    if run.created_at < now() - timedelta(days=DAYS):
        runs.cancel(run)  # unless it has ended
        shutil.rmtree(folder, ignore_errors=True)
    elif run.state in runs.FINISHED and (folder / staging.UPLOAD).exists():  # whoever ended it died before tidying up
        runs.tidy(run)


def _is_uuid(name: str) -> bool:
    try:
        return str(uuid.UUID(name)) == name
    except ValueError:
        return False
