"""The worker's share: batches, leases, killed processes, cancelling."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.utils.timezone import now

from clickcall.contacts import services
from clickcall.contacts.importing import runs, work, writing
from clickcall.contacts.services import NewPhone
from clickcall.models import Contact, ContactList, ContactPhone, ImportRefusal, ImportRun, ImportState

pytestmark = pytest.mark.django_db(transaction=True)
Upload = Callable[..., ImportRun]
FILE = "ФИО;Тел\n" + "".join(f"Имя{n};8926000{n:04}\n" if n % 5 else f"Имя{n};123\n" for n in range(25))
ADDED, REFUSED = 20, 5


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BATCH", 4)


@pytest.fixture
def running(upload: Upload) -> ImportRun:
    run = upload(FILE)
    runs.start_unchecked(run)
    return run


def whole(run: ImportRun) -> None:
    """Every row is there, once."""
    run.refresh_from_db()
    assert (run.state, run.position) == (ImportState.DONE, 25)
    assert (run.added, run.refused) == (ADDED, REFUSED)
    names = [*Contact.objects.order_by("pk").values_list("name", flat=True)]
    assert names == [f"Имя{n}" for n in range(25) if n % 5]
    assert ContactPhone.objects.count() == ADDED
    assert [*run.refusals.values_list("line", flat=True)] == [2, 7, 12, 17, 22]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO clickcall_contact_search(clickcall_contact_search) VALUES ('integrity-check')")


def kill_at(monkeypatch: pytest.MonkeyPatch, batch: int, error: type[BaseException]) -> None:
    """The process dies in the middle of this batch: its contacts are written, its refusals are not."""
    write, calls = writing.write, []

    def dying(run: ImportRun, plan: Any) -> None:
        calls.append(plan)
        if len(calls) == batch:
            refused, plan.refused = plan.refused, []
            write(run, plan)
            plan.refused = refused
            raise error
        write(run, plan)

    monkeypatch.setattr(work, "write", dying)


def test_a_run_is_done_slice_by_slice(running: ImportRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "SLICE", 0.0)
    positions = []
    while work.import_job():
        running.refresh_from_db()
        positions.append(running.position)
    assert positions == [4, 8, 12, 16, 20, 24, 25, 25]
    whole(running)
    assert not runs.folder_of(running).joinpath("upload").exists()


@pytest.mark.parametrize("batch", [1, 2, 7])
def test_a_killed_worker_leaves_whole_batches_and_another_one_goes_on(
    running: ImportRun, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    kill_at(monkeypatch, batch, SystemExit)
    with pytest.raises(SystemExit):
        work.import_job()
    running.refresh_from_db()
    assert running.position == (batch - 1) * 4
    assert Contact.objects.count() == running.added
    assert ImportRefusal.objects.count() == running.refused
    monkeypatch.undo()
    work._held.clear()  # what the dead process knew
    assert not work.import_job()  # its lease is not over
    ImportRun.objects.update(lease_until=now() - timedelta(seconds=1))
    assert work.import_job()
    whole(running)


def test_a_database_that_is_away_is_no_end(running: ImportRun, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_at(monkeypatch, 3, DatabaseError)
    with pytest.raises(DatabaseError):
        work.import_job()
    monkeypatch.undo()
    assert work.import_job()  # it is our own lease
    whole(running)


def test_two_workers_do_not_take_the_same_run(running: ImportRun) -> None:
    other = ImportRun.objects.get(pk=running.pk)
    ImportRun.objects.update(lease_until=now() + timedelta(seconds=20))
    assert not work.work(other)
    assert Contact.objects.count() == 0


def test_whoever_lost_the_run_meanwhile_writes_nothing(running: ImportRun, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stalled for longer than the lease, and another worker has the run."""
    plan = work.make_plan

    def stalled(*given: Any) -> Any:
        ImportRun.objects.update(lease_until=now() + timedelta(seconds=50))
        return plan(*given)

    monkeypatch.setattr(work, "make_plan", stalled)
    assert work.import_job()
    assert Contact.objects.count() == ContactPhone.objects.count() == 0
    running.refresh_from_db()
    assert (running.state, running.position) == (ImportState.RUNNING, 0)


def test_a_cancelled_run_stops_behind_the_batch_that_is_being_written(
    running: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = writing.write

    def cancelled(run: ImportRun, plan: Any) -> None:
        write(run, plan)
        ImportRun.objects.update(state=ImportState.CANCELLED)

    monkeypatch.setattr(work, "write", cancelled)
    assert work.import_job()
    running.refresh_from_db()
    assert (running.state, running.position, running.added) == (ImportState.CANCELLED, 4, 3)
    assert Contact.objects.count() == 3
    assert not work.import_job()


def test_our_own_mistake_ends_the_run_and_says_so(running: ImportRun, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_at(monkeypatch, 2, ZeroDivisionError)
    assert work.import_job()
    running.refresh_from_db()
    assert (running.state, running.problem, running.position) == (ImportState.FAILED, "bug", 4)
    assert Contact.objects.count() == running.added == 3


def test_a_file_that_is_gone_ends_the_run_and_says_so(running: ImportRun) -> None:
    (runs.folder_of(running) / "rows.csv").unlink()
    assert work.import_job()
    running.refresh_from_db()
    assert (running.state, running.problem) == (ImportState.FAILED, "gone")


def test_without_a_run_there_is_nothing_to_do(upload: Upload) -> None:
    upload(FILE)  # nobody has started it
    assert not work.import_job()


def test_somebody_typed_in_between_two_batches_is_found(
    running: ImportRun, leads: ContactList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "SLICE", 0.0)
    work.import_job()
    services.add_contact(list=leads, name="Между делом", phones=[NewPhone("79269999999")])
    while work.import_job():
        pass
    assert Contact.objects.search("между").count() == 1
    assert Contact.objects.search("имя24").count() == 1


@pytest.mark.only_on("sqlite")
def test_a_batch_that_is_rolled_back_leaves_the_search_of_others_as_it_was(
    running: ImportRun, leads: ContactList, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_at(monkeypatch, 1, SystemExit)
    with pytest.raises(SystemExit):
        work.import_job()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clickcall_contact_batch")
        assert cursor.fetchone() == (0,)
    services.add_contact(list=leads, name="Сразу потом", phones=[NewPhone("79269999999")])
    assert Contact.objects.search("сразу").count() == 1
