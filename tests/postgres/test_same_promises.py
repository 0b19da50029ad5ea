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
PROMISES = {
    "constraints and services": ["models", "accounts", "numbers", "contacts"],
    "one press is one call": ["calls/test_at_most_once.py", "calls/test_place_call.py", "calls/test_tokens.py"],
    "no call without an end": ["calls/test_sweep.py", "calls/test_dead_processes.py", "calls/test_learning.py"],
    "what pages show": ["calls/test_press_views.py", "calls/test_events.py", "reports", "test_every_url.py"],
    "commands": ["calls/test_dial.py", "management/test_provision.py"],
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
    tests = [path for path in (ROOT / "tests" / name for name in PROMISES[promise]) if path.exists()]
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-n0",
            "-q",
            "--no-header",
            "-m",
            "not browser and not postgres",
            *map(str, tests),
        ],
        env=_environment(database_url, tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr[-2000:]


def test_the_migrations_make_all_tables_and_nothing_is_left_to_make(database_url: str, tmp_path: Path) -> None:
    environment = _environment(database_url, tmp_path) | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    for command in (["migrate", "--verbosity", "0"], ["makemigrations", "--check"], ["check", "--database", "default"]):
        subprocess.run([sys.executable, "manage.py", *command], env=environment, cwd=ROOT, check=True, timeout=120)


def _environment(database_url: str, folder: Path) -> dict[str, str]:
    """Tests that are about SQLite alone may be skipped there, in CI as well."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CLICKCALL_CI"))}
    return inherited | {"DATABASE_URL": database_url, "CLICKCALL_DATA_DIR": str(folder)}
