"""Other processes of the product, on the database of the running test."""

import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
WAITS = "tests/support/dial_when_told.py"
START_SECONDS = 60.0


def environment(**more: str) -> dict[str, str]:
    """What a process needs to work on this test's database with this test's time-outs."""
    return {
        **{
            name: value
            for name, value in os.environ.items()
            if name in ("PATH", "HOME", "LANG", "COVERAGE_PROCESS_START")
        },
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": _database_url(),
        "CLICKCALL_DATA_DIR": tempfile.gettempdir(),
        "CLICKCALL_CONNECT_TIMEOUT": str(settings.CLICKCALL_CONNECT_TIMEOUT),
        "CLICKCALL_READ_TIMEOUT": str(settings.CLICKCALL_READ_TIMEOUT),
        **more,
    }


def _database_url() -> str:
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    return f"postgres://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}/{said['NAME']}"


def python(*arguments: str, **more: str) -> "subprocess.Popen[str]":
    """A Python process in the checkout, its input and output at our hands.

    `-P`: a helper's name beside a script must not hide the library's module of that name.
    """
    return subprocess.Popen(
        [sys.executable, "-P", *arguments],
        cwd=ROOT,
        env=environment(**more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def manage(*arguments: str) -> "subprocess.Popen[str]":
    return python("manage.py", *arguments)


def dial(*arguments: str) -> "subprocess.Popen[str]":
    """A `dial` that has started up and waits for `go`."""
    process = python(WAITS, *arguments)
    assert line_of(process) == "ready"
    return process


def go(process: "subprocess.Popen[str]") -> None:
    """Lets a waiting process begin."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def line_of(process: "subprocess.Popen[str]", seconds: float = START_SECONDS) -> str:
    """The next line that the process prints."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    assert ready, "the process says nothing"
    return process.stdout.readline().strip()


def result(process: "subprocess.Popen[str]") -> dict[str, Any]:
    """The JSON object that a process prints before it ends, with its exit code beside."""
    out, err = process.communicate(timeout=START_SECONDS)
    assert out, err
    printed: dict[str, Any] = json.loads(out)
    return printed | {"exit": process.returncode}


@contextmanager
def serving() -> Iterator[str]:
    """The web server; the address of its pages."""
    process = manage("serve", "--port", "0")
    try:
        line = line_of(process)
        assert line.startswith("ClickCall http://"), line
        yield line.removeprefix("ClickCall ").rstrip("/")
    finally:
        process.terminate()
        process.communicate(timeout=START_SECONDS)
