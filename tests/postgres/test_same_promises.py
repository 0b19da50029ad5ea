"""The same tests on a real PostgreSQL: not written twice, but run again in a process that is given another database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.postgres import HINT, cluster, programs

pytestmark = pytest.mark.postgres
ROOT = Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 900
PROMISES = {
    "constraints and people": ["models", "accounts"],
    "numbers, and fetching them": ["numbers"],
    "contacts, and importing them": ["contacts"],
    "one press is one call": ["calls/test_at_most_once.py", "calls/test_place_call.py", "calls/test_tokens.py"],
    "no call without an end": ["calls/test_sweep.py", "calls/test_dead_processes.py", "calls/test_learning.py"],
    "looks side by side": ["calls/test_sweep_rounds.py", "calls/sweep"],
    "what the provider knows": [
        "calls/test_sightings.py",
        "calls/test_twins.py",
        "calls/test_sessions.py",
        "calls/reconcile",
    ],
    "notifications": ["calls/webhooks"],
    "what pages show": ["calls/test_press_views.py", "calls/test_events.py", "reports", "test_every_url.py"],
    "commands": ["calls/test_dial.py", "management/test_provision.py", "management/test_jobs.py"],
}
LARGE = {
    "a storm of presses": ("storm", "storms"),
    "a hundred thousand rows": ("full", "contacts/importing/test_many_rows.py"),
}


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    found = programs()
    if found is None:
        pytest.skip(HINT)
    with cluster(found) as url:
        yield url


@pytest.mark.parametrize("promise", PROMISES)
def test_what_holds_on_sqlite_holds_on_postgresql(database_url: str, tmp_path: Path, promise: str) -> None:
    _run_again(database_url, tmp_path, "not browser and not postgres and not full", *PROMISES[promise])


@pytest.mark.parametrize("promise", LARGE)
def test_it_holds_at_full_size(database_url: str, tmp_path: Path, promise: str) -> None:
    mark, path = LARGE[promise]
    _run_again(database_url, tmp_path, mark, path)


def test_the_migrations_make_all_tables_and_nothing_is_left_to_make(database_url: str, tmp_path: Path) -> None:
    environment = _environment(database_url, tmp_path) | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    for command in (["migrate", "--verbosity", "0"], ["makemigrations", "--check"], ["check", "--database", "default"]):
        subprocess.run([sys.executable, "manage.py", *command], env=environment, cwd=ROOT, check=True, timeout=120)


def _run_again(database_url: str, folder: Path, marks: str, *names: str) -> None:
    """These tests in a process of their own; the tables are made by the first one that comes to this server."""
    tests = [str(ROOT / "tests" / name) for name in names]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "-q", "--no-header", "--reuse-db", "-m", marks, *tests],
        env=_environment(database_url, folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
    )
    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr[-2000:]


def _environment(database_url: str, folder: Path) -> dict[str, str]:
    """Tests that are about SQLite alone may be skipped there, in CI as well."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CLICKCALL_CI"))}
    return inherited | {"DATABASE_URL": database_url, "CLICKCALL_DATA_DIR": str(folder)}
