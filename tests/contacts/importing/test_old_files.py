"""What is on the disk of an import, and for how long."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import now

from clickcall.contacts.importing import old_files, runs
from clickcall.contacts.importing.refused import refused_rows
from clickcall.contacts.importing.staging import ROWS
from clickcall.contacts.importing.troubles import FileError
from clickcall.models import ImportRun, ImportState

pytestmark = pytest.mark.django_db
Upload = Callable[..., ImportRun]
FILE = "ФИО;Тел\nИван;89260000000\nПётр;123\nАнна;89260000001\n"


@pytest.fixture(autouse=True)
def _awake() -> None:
    old_files.wake()


def aged(run: ImportRun, days: float) -> None:
    ImportRun.objects.filter(pk=run.pk).update(created_at=now() - timedelta(days=days))


def test_of_a_run_that_has_ended_only_the_refused_rows_are_left(imported: Upload) -> None:
    run = imported(FILE)
    folder = runs.folder_of(run)
    assert [file.name for file in folder.iterdir()] == [ROWS]
    assert (folder / ROWS).read_text(encoding="utf-8") == "3,Пётр,123\n"
    assert "Пётр;123;" in "".join(refused_rows(run))


def test_nothing_is_left_when_nothing_was_refused(imported: Upload) -> None:
    assert not runs.folder_of(imported("ФИО;Тел\nИван;89260000000\n")).exists()


def test_after_thirty_days_the_refused_rows_can_be_read_and_no_longer_downloaded(imported: Upload) -> None:
    run = imported(FILE)
    aged(run, 29.9)
    old_files.forget_files()
    assert runs.folder_of(run).exists()
    aged(run, 30.1)
    old_files.wake()
    old_files.forget_files()
    assert not runs.folder_of(run).exists()
    assert run.refusals.count() == 1
    with pytest.raises(FileError, match="gone"):
        refused_rows(run)


def test_an_upload_that_nobody_went_on_with_is_called_off_after_thirty_days(upload: Upload) -> None:
    run, young = upload(FILE), upload(FILE)
    aged(run, 31)
    old_files.forget_files()
    run.refresh_from_db()
    assert run.state == ImportState.CANCELLED
    assert not runs.folder_of(run).exists()
    assert (runs.folder_of(young) / "upload").exists()


def test_a_run_that_is_worked_on_keeps_its_files_however_old(upload: Upload) -> None:
    run = upload(FILE)
    runs.start_unchecked(run)
    aged(run, 31)
    old_files.forget_files()
    assert (runs.folder_of(run) / ROWS).exists()


def test_what_a_dead_process_left_lying_is_taken_away(upload: Upload, settings: Any) -> None:
    run = upload(FILE)
    ImportRun.objects.update(state=ImportState.DONE)  # and then it died
    folders = [Path(settings.DATA_DIR, "imports", f"0b9d8f1e-0000-4000-8000-00000000000{n}") for n in range(2)]
    for folder, age in zip(folders, (3600, 90_000), strict=True):
        folder.mkdir()
        os.utime(folder, (time.time() - age,) * 2)
    old_files.forget_files()
    assert not runs.folder_of(run).exists()
    assert [folder.exists() for folder in folders] == [True, False]


def test_it_looks_once_an_hour(upload: Upload) -> None:
    old_files.forget_files()
    run = upload(FILE)
    aged(run, 31)
    old_files.forget_files()
    assert runs.folder_of(run).exists()
