"""How many notifications a second are taken in, stored and applied, on SQLite and on PostgreSQL: prints a table.

Run from the checkout: `.venv/bin/python tests/benchmarks/bench_hooks.py [calls]`. For each database it starts the web
server as a process of its own and sends the five notifications of each of so many calls, a call's one after the other,
16 calls at once, over connections that are kept. Each is answered when it is committed and applied. The senders use the
same processors, and are not taken off the figure.

To reach on two cores: at least 300 a second; every answer 200; nothing lost: each is a row, none is left to apply, each
call has its end, its talk and its recording.
"""
# ruff: noqa: E402 (the settings are chosen before Django is imported)

import atexit
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATA = tempfile.mkdtemp(prefix="clickcall-bench-")
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ |= {"CLICKCALL_DATA_DIR": DATA, "DJANGO_SETTINGS_MODULE": "tests.settings", "LOG_LEVEL": "WARNING"}

import django

django.setup()

from django.db import connection, connections
from django.utils.timezone import now
from support import people, postgres
from support.calls import build_call
from support.hooks import body, path_of

from clickcall.management.database import prepare
from clickcall.models import Account, Call, HookDelivery, HookState, VirtualNumber

AT_ONCE = 16
RATE = 300  # a second
CALLS = 400
STORY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("waiting", {}),
    ("talk_started", {}),
    ("talk_finished", {"talk_time_duration": 34}),
    ("call_finished", {"talk_time_duration": 34, "wait_time_duration": 9, "total_time_duration": 43}),
    ("recording_ready", {"file_link": "https://app.example/system/media/talk/1/2/"}),
)


def fill(calls: int) -> Account:
    """An account with so many presses that the provider has accepted."""
    account = people.make_account()
    number = people.make_number(account)
    caller = people.make_member(account, "anna")
    rows = [
        build_call(
            caller, number=number, external_id=f"press-{place}", call_session_id=session_of(place), accepted_at=now()
        )
        for place in range(calls)
    ]
    Call.objects.bulk_create(rows)
    return account


def session_of(place: int) -> str:
    return str(2**45 + place)


def notifications(place: int, number: str) -> Iterator[bytes]:
    """Those of one call, in order."""
    common = {"call_session_id": session_of(place), "external_id": f"press-{place}", "virtual_phone_number": number}
    for event, more in STORY:
        stamp = {"notification_timestamp": time.time()}
        yield json.dumps(body(event, **common, **more, **stamp)).encode()


class Sender:
    """The provider's side of one connection; `took` is in seconds."""

    def __init__(self, site: str, path: str) -> None:
        self.connection, self.path = http.client.HTTPConnection(site, timeout=30), path
        self.took: list[float] = []

    def send(self, raw: bytes) -> None:
        began = time.perf_counter()
        self.connection.request("POST", self.path, raw, {"Content-Type": "application/json; charset=UTF-8"})
        answer = self.connection.getresponse()
        text = answer.read()
        if (answer.status, text) != (200, b"{}"):
            raise SystemExit(f"HTTP {answer.status}: {text[:300]!r}")
        self.took.append(time.perf_counter() - began)


def pour(site: str, path: str, places: range) -> tuple[list[float], float]:
    """Sends the notifications of these calls; how long each took, and all of them together."""
    number = VirtualNumber.objects.get().digits
    senders = [Sender(site, path) for _ in range(AT_ONCE)]

    def work(one: int) -> None:
        for place in places[one::AT_ONCE]:
            for raw in notifications(place, number):
                senders[one].send(raw)

    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(work, range(AT_ONCE)))
    return [seconds for sender in senders for seconds in sender.took], time.perf_counter() - began


@contextmanager
def serving() -> Iterator[str]:
    """The web server; host and port."""
    command = [sys.executable, "manage.py", "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = next((line for line in process.stdout if "ClickCall http" in line), "")
        yield line[line.index("http://") + 7 :].split()[0].rstrip("/")
    finally:
        process.terminate()
        process.wait(timeout=60)


def lost(calls: int) -> list[str]:
    """What is missing in the tables."""
    sent, stored = calls * len(STORY), HookDelivery.objects.count()
    unapplied = HookDelivery.objects.exclude(state=HookState.APPLIED).count()
    told = Call.objects.exclude(finished_at=None).filter(talk_duration=34, record_link__startswith="https").count()
    figures = {
        "stored": (stored, sent),
        "applied": (stored - unapplied, sent),
        "calls told to their end": (told, calls),
    }
    return [f"{have} of {whole} {what}" for what, (have, whole) in figures.items() if have != whole]


def measure(calls: int) -> None:
    """One database; ends with 1 if a promise was not kept."""
    prepare()
    warm = min(calls, 2 * AT_ONCE)
    path = path_of(fill(warm + calls))
    connections.close_all()
    with serving() as site:
        pour(site, path, range(warm))
        took, wall = pour(site, path, range(warm, warm + calls))
    rate, missing = len(took) / wall, lost(warm + calls)
    median, p95 = statistics.median(took) * 1000, statistics.quantiles(took, n=20)[-1] * 1000
    sys.stdout.write(f"{connection.vendor:<14}{median:>10.2f}{p95:>10.2f}{rate:>12.0f}\n")
    sys.stdout.writelines(
        f"NO   {line}\n" for line in [*missing, *([f"at least {RATE} a second"] if rate < RATE else [])]
    )
    connections.close_all()
    sys.exit(bool(missing) or rate < RATE)


def on(database: str, calls: str) -> int:
    """This file once more, in a process that is given a database."""
    sys.stdout.flush()
    environment = os.environ | {"DATABASE_URL": database}
    return subprocess.run([sys.executable, __file__, calls, "here"], env=environment, check=False).returncode


def main() -> None:
    calls = sys.argv[1] if len(sys.argv) > 1 else str(CALLS)
    if sys.argv[2:]:
        measure(int(calls))
    sys.stdout.write(f"{'':<14}{'median ms':>10}{'95 % ms':>10}{'a second':>12}\n")
    failed = on("", calls)
    if programs := postgres.programs():
        with postgres.cluster(programs) as url:
            failed |= on(url, calls)
    else:
        sys.stdout.write(f"{postgres.HINT}\n")
    sys.exit(failed)


if __name__ == "__main__":
    main()
