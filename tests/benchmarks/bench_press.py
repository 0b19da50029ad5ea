"""What the press costs beside the provider's own time: prints a table.

Run from the checkout: `.venv/bin/python tests/benchmarks/bench_press.py [rounds]`. It starts the simulator and the web
server as processes of their own on a new SQLite file, and presses Call as 16 members do: session, CSRF, form, two
commits, the fragment for the page. Beside it, in the same rounds, a bare `requests.Session.post` of the same request to
the same simulator, and a bare Django view (`bare_view.py`) that makes the same request between two commits. Presses are
posted with `http.client`, since what a browser costs is no part of the server.

To reach: at most 6 ms more than the bare post in the median at concurrency 1; at 16 at least 120 presses a second; no
error; exactly one call each; at most one new connection to the provider per worker thread.
"""
# ruff: noqa: E402 (the settings are chosen before Django is imported)

import atexit
import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
DATA = tempfile.mkdtemp(prefix="clickcall-bench-")
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ |= {"CLICKCALL_DATA_DIR": DATA, "DJANGO_SETTINGS_MODULE": "tests.settings", "LOG_LEVEL": "WARNING"}

import django

django.setup()

import requests
from django.conf import settings
from django.db import connections
from django.test import Client
from support import people

from clickcall.management.database import prepare
from clickcall.models import Call, CallRules, Contact, ContactPhone, Member

MEMBERS = 16
AT_ONE, AT_ALL = 160, 800  # presses a round at concurrency 1 and 16: ten a tab, and long enough to go evenly
KEY = "bench-key-0123456789abcdef"
NUMBERS = [f"7495104{n:04}" for n in range(MEMBERS)]
CSRF = "x" * 32
CONFIRMED = "in_call,number_busy,just_called,time_unknown"  # all that a press of these may be asked


@dataclass
class Times:
    """Seconds of each press, and of the rounds as a whole."""

    each: list[float] = field(default_factory=list)
    wall: float = 0.0

    def row(self, name: str) -> str:
        """A line of the table, in milliseconds."""
        median, p95 = statistics.median(self.each), statistics.quantiles(self.each, n=20)[-1]
        return f"{name:<24}{median * 1000:>10.2f}{p95 * 1000:>10.2f}{len(self.each) / self.wall:>12.0f}"

    @property
    def median(self) -> float:
        return statistics.median(self.each)


class Pressing:
    """A browser tab of one member, on a connection that is kept."""

    def __init__(self, site: str, member: Member) -> None:
        client = Client()
        client.force_login(member.user)
        self.connection = http.client.HTTPConnection(site, timeout=30)
        self.headers = {
            "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": CSRF,
            "HX-Request": "true",
        }

    def press(self, contact: Contact, phone: str) -> None:
        """One press; the questions that a page might ask are answered with yes."""
        told = {"external_id": f"press-{uuid4()}", "contact": f"+{phone}", "contact_id": contact.pk}
        body = urlencode(told | {"name": contact.name, "place": "row", "confirm": CONFIRMED})
        self.connection.request("POST", "/calls/", body, self.headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if answer.status != 200 or "Call is on its way" not in text:
            raise SystemExit(f"HTTP {answer.status}: {text[:500]}")


class BareView:
    """The same request from a view that does nothing else but two commits, in a server like ours."""

    def __init__(self, site: str) -> None:
        self.connection = http.client.HTTPConnection(site, timeout=30)

    def press(self, number: str, phone: str) -> None:
        body = urlencode({"external_id": f"bare-{uuid4()}", "key": KEY, "number": number, "contact": phone})
        self.connection.request("POST", "/", body, {"Content-Type": "application/x-www-form-urlencoded"})
        int(self.connection.getresponse().read())


class Bare:
    """The request alone, from one pooled session."""

    def __init__(self, provider: str) -> None:
        self.url, self.http = f"{provider}/v4.0", requests.Session()
        self.http.trust_env = False
        self.http.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=MEMBERS))

    def press(self, number: str, phone: str) -> None:
        """One request as the product sends it."""
        name = f"bare-{uuid4()}"
        params = {"access_token": KEY, "virtual_phone_number": number, "contact": phone, "external_id": name}
        more = {"first_call": "employee", "switch_at_once": True, "early_switching": True, "direction": "out"}
        call = {"jsonrpc": "2.0", "id": name, "method": "start.vnumber_call", "params": params | more}
        self.http.post(self.url, json=call, timeout=30).json()["result"]["data"]["call_session_id"]


@contextmanager
def running(*command: str, begins: str) -> Iterator[str]:
    """A process that says where it listens; its address without the slash."""
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = next((line for line in process.stdout if begins in line), "")
        yield line[line.index("http://") :].split()[0].rstrip("/")
    finally:
        process.terminate()
        process.wait(timeout=60)


def provider_config() -> str:
    """An account with a number for each member."""
    lines = ["[[account]]", 'slug = "bench"', "minute_limit = 1000000", "[[account.token]]", f'value = "{KEY}"']
    for number in NUMBERS:
        lines += ["[[account.number]]", f'number = "{number}"']
    (path := Path(DATA) / "provider.toml").write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


def fill(provider: str, contacts: int) -> tuple[list[Member], list[tuple[Contact, str]]]:
    """Members with a number of their own each, and people to call."""
    account = people.make_account(call_api_url=f"{provider}/v4.0", data_api_url=f"{provider}/v2.0")
    people.make_token(account, KEY)
    CallRules.objects.create(account=account, hours_on=False)  # the same press by day and by night
    members = []
    for position, digits in enumerate(NUMBERS):
        member = people.make_member(account, f"member{position}", name=f"Member {position}")
        member.default_number = people.make_number(account, digits, member)
        member.save()
        members.append(member)
    leads = people.make_list(account)
    phones = [f"7926{1_000_000 + position}" for position in range(contacts)]
    rows = [Contact(account=account, list=leads, name=f"Contact {phone}", name_key=phone) for phone in phones]
    made = Contact.objects.bulk_create(rows)
    ContactPhone.objects.bulk_create(
        ContactPhone(contact=contact, account=account, digits=phone)
        for contact, phone in zip(made, phones, strict=True)
    )
    return members, list(zip(made, phones, strict=True))


def measure(times: Times, workers: int, presses: int, press: Callable[[int, int], None]) -> None:
    """`press(worker, position)` so often, by so many at once; the position never repeats."""

    def work(worker: int) -> list[float]:
        took = []
        for position in range(worker, presses, workers):
            began = time.perf_counter()
            press(position % MEMBERS if workers == 1 else worker, position)
            took.append(time.perf_counter() - began)
        return took

    began = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        times.each += [took for found in pool.map(work, range(workers)) for took in found]
    times.wall += time.perf_counter() - began


def check(provider: str) -> tuple[Counter[str], int]:
    """Calls placed per press of ours, and the connections that their requests came by."""
    journal = requests.get(f"{provider}/journal", timeout=30).text.splitlines()
    lines: list[dict[str, Any]] = [json.loads(line) for line in journal]
    ours = [line for line in lines if str(line.get("id") or line.get("external_id")).startswith("press-")]
    placed = Counter(line["external_id"] for line in ours if line["type"] == "call" and line["event"] == "placed")
    return placed, len({line["connection"] for line in ours if line["type"] == "request"})


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    prepare()
    simulator = ("-m", "clickcall.simulator", "--port", free_port(), "--config", provider_config())
    with running(*simulator, begins="http") as provider:
        members, contacts = fill(provider, (rounds + 1) * (AT_ONE + AT_ALL))
        with (
            running("manage.py", "serve", "--port", "0", begins="ClickCall http") as site,
            running(str(ROOT / "tests/benchmarks/bare_view.py"), provider, begins="http") as view,
        ):
            table = run(provider, (site, view), members, contacts, rounds)
        report(table, *check(provider), len(contacts))
    connections.close_all()


def run(
    provider: str, sites: tuple[str, str], members: list[Member], contacts: list[tuple[Contact, str]], rounds: int
) -> dict[tuple[str, int], Times]:
    """All rounds, a first one to warm up; bare posts, bare views and presses take turns."""
    site, view = (address.removeprefix("http://") for address in sites)
    tabs, bare, following = [Pressing(site, member) for member in members], Bare(provider), count()
    views = [BareView(view) for _ in members]

    def pressed(worker: int, _position: int) -> None:
        tabs[worker].press(*contacts[next(following)])

    def posted(worker: int, position: int) -> None:
        bare.press(NUMBERS[worker], f"7927{1_000_000 + position}")

    def viewed(worker: int, position: int) -> None:
        views[worker].press(NUMBERS[worker], f"7928{1_000_000 + position}")

    table: dict[tuple[str, int], Times] = {}
    for position in range(rounds + 1):
        for workers, presses in ((1, AT_ONE), (MEMBERS, AT_ALL)):
            for name, press in (("bare post", posted), ("bare view", viewed), ("press", pressed)):
                for tab in [*tabs, *views]:
                    tab.connection.close()  # one that rested for longer than the server keeps it
                times = table.setdefault((name, workers), Times()) if position else Times()
                measure(times, workers, presses, press)
        Call.objects.open().update(is_final=True, status="no_answer")  # as the worker would have done by then
    return table


def report(table: dict[tuple[str, int], Times], placed: Counter[str], opened: int, presses: int) -> None:
    """The table and whether each promise was kept; ends with 1 if one was not."""
    lines = [f"{'':<24}{'median ms':>10}{'95 % ms':>10}{'a second':>12}"]
    lines += [times.row(f"{name}, {workers} at once") for (name, workers), times in table.items()]
    more = (table["press", 1].median - table["bare post", 1].median) * 1000
    rate = len(table["press", MEMBERS].each) / table["press", MEMBERS].wall
    threads = settings.CLICKCALL_WEB_PROCESSES * settings.CLICKCALL_WEB_THREADS
    kept = {
        f"{more:.2f} ms more than the bare post (at most 6)": more <= 6,
        f"{rate:.0f} presses a second at {MEMBERS} (at least 120)": rate >= 120,
        f"{len(placed)} of {presses} presses placed one call each": set(placed.values()) == {1}
        and len(placed) == presses,
        f"{opened} connections to the provider ({threads} worker threads)": opened <= threads,
    }
    lines += ["", *(f"{'yes' if true else 'NO':<5}{promise}" for promise, true in kept.items())]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(0 if all(kept.values()) else 1)


if __name__ == "__main__":
    main()
