"""A page that was opened before somebody else went on with the same import."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from support import spreadsheets as office

from clickcall.contacts import services
from clickcall.contacts.importing import runs, staging, work
from clickcall.contacts.importing.troubles import FileError
from clickcall.models import Contact, ContactList, ImportRun, ImportState, Member

pytestmark = pytest.mark.django_db
Upload = Callable[..., ImportRun]
FILE = "ФИО;Тел\nИван;89260000000\n"


def checked(run: ImportRun) -> ImportRun:
    runs.check(run)
    work.work(run)
    run.refresh_from_db()
    return run


@pytest.fixture
def book(upload: Upload, tmp_path: Path) -> ImportRun:
    """Two sheets, the first of which was read and checked."""
    people = office.sheet([["ФИО", "Тел"], ["Иван", 79260000000]]), office.sheet([["Клиент", "Тел"], ["Пётр", 1]])
    file = office.xlsx(tmp_path / "clients.xlsx", {"a": people[0], "b": people[1]})
    return checked(upload(file.read_bytes(), file_name=file.name))


@pytest.mark.parametrize("state", [ImportState.RUNNING, ImportState.CHECKING, ImportState.CANCELLED])
def test_columns_named_too_late_leave_the_run_as_it_goes(upload: Upload, state: ImportState) -> None:
    stale = checked(upload(FILE))
    ImportRun.objects.update(state=state)
    assert not runs.set_columns(stale, mapping=["notes", "phone"], choice="add")
    run = ImportRun.objects.get()
    assert (run.state, run.mapping, run.choice) == (state, ["name", "phone"], "skip")
    assert stale.state == state


def test_columns_of_another_sheet_are_not_taken_for_those_of_this_one(book: ImportRun) -> None:
    stale = ImportRun.objects.get()
    assert runs.read_sheet(book, "b")
    assert not runs.set_columns(stale, mapping=["notes", "phone"], choice="add")
    assert ImportRun.objects.get().mapping == ["name", "phone"]


def test_another_sheet_is_read_and_has_to_be_checked(book: ImportRun) -> None:
    assert runs.read_sheet(book, "b")
    run = ImportRun.objects.get()
    assert (run.state, run.sheet, run.columns, run.findings) == (ImportState.UPLOADED, "b", ["Клиент", "Тел"], {})
    assert [row for _line, row in runs.look(run).samples] == [["Пётр", "1"]]


def test_a_sheet_read_while_the_run_is_started_leaves_run_and_rows_as_they_are(
    book: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = staging.stage

    def started_meanwhile(folder: Path, sheet: str) -> staging.Staged:
        assert runs.start(ImportRun.objects.get())
        return stage(folder, sheet)

    monkeypatch.setattr(staging, "stage", started_meanwhile)
    assert not runs.read_sheet(book, "b")
    assert (book.state, book.sheet) == (ImportState.RUNNING, "a")
    assert work.import_job()
    assert Contact.objects.get().name == "Иван"


def test_a_sheet_that_is_no_good_changes_nothing_and_leaves_no_files(book: ImportRun) -> None:
    with pytest.raises(FileError, match="no_sheet"):
        runs.read_sheet(book, "c")
    assert (book.state, book.sheet) == (ImportState.READY, "a")
    assert [row for _line, row in runs.look(book).samples] == [["Иван", "79260000000"]]
    assert [*runs.folder_of(book).parent.iterdir()] == [runs.folder_of(book)]


def test_nothing_is_imported_onto_a_list_that_was_put_away_meanwhile(
    upload: Upload, leads: ContactList, maria: Member, as_: Callable[[Member], Client]
) -> None:
    run = checked(upload(FILE))
    services.archive_list(leads)
    with pytest.raises(ValidationError):
        runs.start(run)
    response = as_(maria).post(f"/contacts/imports/{run.pk}/start/", follow=True)
    assert "nothing was imported" in response.content.decode()
    assert ImportRun.objects.get().state == ImportState.READY
    services.restore_list(leads)
    assert runs.start(run)
