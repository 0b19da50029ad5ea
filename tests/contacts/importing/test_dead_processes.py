"""`kill -9` in the middle of a batch, and two workers at once: every row is there once, and whole."""

import signal
from collections.abc import Callable
from subprocess import Popen

import pytest
from django.conf import settings
from django.db import connection
from support import processes

from clickcall.contacts.importing import runs
from clickcall.models import Contact, ContactPhone, ImportRun, ImportState

pytestmark = [pytest.mark.full, pytest.mark.django_db(transaction=True)]
WORKER = "tests/support/import_when_told.py"
ROWS = 60
FILE = "ФИО;Тел\n" + "".join(f"Имя{n};8926000{n:04}\n" if n % 5 else f"Имя{n};123\n" for n in range(ROWS))


@pytest.fixture
def running(upload: Callable[..., ImportRun]) -> ImportRun:
    run = upload(FILE)
    runs.start_unchecked(run)
    return run


def worker(*where: str) -> "Popen[str]":
    process = processes.python(WORKER, *where, CLICKCALL_DATA_DIR=str(settings.DATA_DIR))
    assert processes.line_of(process) == "ready"
    return process


def ended(*workers: "Popen[str]") -> list[int]:
    """Lets them begin and waits for them; their exit codes."""
    for process in workers:
        processes.go(process)
    for process in workers:
        process.wait(processes.START_SECONDS)
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe:
                pipe.close()
    return [process.returncode for process in workers]


def whole_so_far(run: ImportRun) -> None:
    """What is there is what the run says: the first rows of the file, each with its phone, found by a search."""
    run.refresh_from_db()
    names = [f"Имя{n}" for n in range(run.position) if n % 5]
    assert [*Contact.objects.order_by("pk").values_list("name", flat=True)] == names
    assert [*ContactPhone.objects.order_by("contact_id").values_list("contact__name", flat=True)] == names
    assert (run.added, run.refused) == (len(names), run.refusals.count())
    assert Contact.objects.search("имя").count() == len(names)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO clickcall_contact_search(clickcall_contact_search) VALUES ('integrity-check')")


@pytest.mark.parametrize(
    ("place", "turn", "batches"),
    [("_move", 1, 0), ("insert_contacts", 2, 1), ("insert_phones", 4, 3), ("write", 15, 14)],
)
def test_a_killed_worker_leaves_whole_batches_and_the_next_one_goes_on(
    running: ImportRun, place: str, turn: int, batches: int
) -> None:
    assert ended(worker(place, str(turn))) == [-signal.SIGKILL]
    running.refresh_from_db()
    assert (running.state, running.position) == (ImportState.RUNNING, batches * 4)
    whole_so_far(running)
    assert ended(worker()) == [0]
    whole_so_far(running)
    assert (running.state, running.position) == (ImportState.DONE, ROWS)


def test_two_workers_that_take_the_run_from_each_other_import_no_row_twice(running: ImportRun) -> None:
    assert ended(worker(), worker()) == [0, 0]
    whole_so_far(running)
    assert (running.state, running.position) == (ImportState.DONE, ROWS)
