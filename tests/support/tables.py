"""An SQLite file with all tables, made once in a run, in a process beside the collection; other databases are copies.

Thirty migrations take seconds, and would be done by each worker and for each server that a test starts.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

FOLDER = Path(settings.DATA_DIR) / "tables"
MADE, LOCK = FOLDER / "made.sqlite3", FOLDER / "lock"
MAKE = """
import os, sys, django
from django.core.management import call_command
django.setup()
call_command("migrate", verbosity=0)
django.db.connection.close()
os.rename(*sys.argv[1:])
"""
MAKER = pytest.StashKey["subprocess.Popen[bytes]"]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """The process that no other one has started begins to make them."""
    config = session.config
    if connection.vendor == "sqlite" and not hasattr(config, "workerinput") and not config.option.collectonly:
        config.stash[MAKER] = _begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if MAKER in config.stash:
        config.stash[MAKER].kill()
        config.stash[MAKER].wait()
        shutil.rmtree(FOLDER)


def _begin() -> "subprocess.Popen[bytes]":
    """The process inherits the lock, which is free as soon as it has ended, however that was."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    unfinished = FOLDER / "unfinished.sqlite3"
    with LOCK.open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return subprocess.Popen(
            [sys.executable, "-P", "-c", MAKE, str(unfinished), str(MADE)],
            cwd=settings.BASE_DIR,
            env=os.environ | {"PYTHONPATH": str(settings.BASE_DIR), "DATABASE_URL": f"sqlite:///{unfinished}"},
            pass_fds=[lock.fileno()],
        )


def copy_to(file: Path) -> bool:
    """Waits until they are made. False where they are not: then whoever needs tables migrates."""
    if not LOCK.exists():
        return False
    with LOCK.open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    if not MADE.exists():
        return False
    shutil.copyfile(MADE, file)
    return True


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool, django_db_modify_db_settings: None) -> Iterator[bool]:
    """Django finds the copy, sees that nothing is left to migrate, and does not take it away at the end: we do."""
    file = Path(connection.settings_dict["TEST"]["NAME"] or "")
    if django_db_keepdb or connection.vendor != "sqlite" or not copy_to(file):
        yield django_db_keepdb
        return
    yield True
    connection.close()
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()
