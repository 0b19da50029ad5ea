"""Searching, sorting and leafing through a million contacts, on SQLite and on PostgreSQL in one run: prints tables.

Run from the checkout: `.venv/bin/python tests/benchmarks/bench_search.py [contacts] [every n-th term is scanned]`.
A database is filled anew, in two minutes or three. To keep one: with `DATABASE_URL` or `CLICKCALL_DATA_DIR` in the
environment the database there is measured alone, and filled only if it is empty.

A mix of 200 searches; each is a request as htmx sends it while one types. Beside its time stands our own process's CPU
time (on SQLite with the database in it), that of the search alone and that of the same three-tier order done by a plain
scan, whose rows have to be the same. A short loop between the searches tells how busy the machine was with other work.

To reach: 30 ms in the 95th percentile, phones 15 ms, the list at any depth 20 ms; selective terms 20 times (SQLite) and
50 times (PostgreSQL) faster than the scan.
"""

# ruff: noqa: T201 - it prints

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.test import Client

    from clickcall.models import Member

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]
ROUNDS = 3
Took = tuple[float, float, float, float, float, str]  # request, its CPU time, search alone, scan (0 = none), loop; term


def run_all(arguments: Sequence[str]) -> None:
    """One database after the other, each in a process of its own."""
    from support.postgres import HINT, cluster, programs

    _run("", arguments)
    if (found := programs()) is None:
        sys.exit(HINT)
    with cluster(found) as url:
        _run(url, arguments)


def _run(url: str, arguments: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="clickcall-bench-") as folder:
        (Path(folder) / "staticfiles").mkdir()
        environment = os.environ | {"CLICKCALL_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        environment |= {"DATABASE_URL": url} if url else {}
        subprocess.run([sys.executable, __file__, "here", *arguments], env=environment, check=True)


def timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """The median of the times."""
    return statistics.median(every_time(work, ROUNDS, clock))


def every_time(work: Callable[[], object], rounds: int, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """All of the times in milliseconds, after one round to warm up."""
    took = []
    for _ in range(rounds + 1):
        begun = clock()
        work()
        took.append((clock() - begun) * 1000)
    return took[1:]


def busy() -> float:
    """A loop of the same work each time, in milliseconds."""
    return every_time(lambda: sum(range(100_000)), 1)[0]


def late(figures: Sequence[float]) -> float:
    return statistics.quantiles(figures, n=20, method="inclusive")[-1] if len(figures) > 1 else figures[0]


def measure(every: int) -> None:
    from django.db import connection
    from django.test import Client

    from clickcall.models import Contact, Member

    members = [Member.objects.select_related("user", "account").get(user__username=name) for name in ("maria", "anna")]
    print(f"\n{connection.vendor}, {Contact.objects.count()} contacts, load {os.getloadavg()[0]:.1f}")
    heads = ["p50", "p95", "CPU p50", "p95", "alone p50", "p95", "scan", "ratio"]
    print(f"{'searches, ms':26}{'n':>4}" + "".join(f"{head:>10}" for head in heads))
    for member in members:
        client = Client(headers={"HX-Request": "true"})
        client.force_login(member.user)
        # Salespeople do not see one of the ten lists; all else was compared for the manager.
        table = searched(member, client, every if member.is_manager else 0)
        everything = [one for ones in table.values() for one in ones]
        if member.is_manager:
            for kind, ones in table.items():
                row(kind, ones)
            row("phones", [one for kind, ones in table.items() if kind.startswith("phone") for one in ones])
        row(f"all, by {member.role}", everything)
        print("slowest:", ", ".join(f"{one[-1]} {one[0]:.0f}" for one in sorted(everything, reverse=True)[:8]))
        loops = [one[-2] for one in everything]
        print(f"loop: quickest {min(loops):.1f}, p50 {statistics.median(loops):.1f}, p95 {late(loops):.1f}")
        leaf(client, member.role)
    print(f"load {os.getloadavg()[0]:.1f} at the end")


def searched(member: "Member", client: "Client", every: int) -> "dict[str, list[Took]]":
    """By class, what each term took."""
    from mix import scan, searches

    from clickcall.contacts.finding import page_of_keys
    from clickcall.models import Contact

    rows, table = Contact.objects.visible_to(member).active(), {}
    for number, (kind, term) in enumerate(searches(random.Random(4))):
        search = partial(page_of_keys, rows, member, term=term, size=25)
        ask, scanned = partial(client.get, "/contacts/", {"q": term}), 0.0
        took = timed(ask), timed(ask, time.process_time), timed(search)
        if every and number % every == 0:
            begun = time.perf_counter()
            assert [key for _name, key in search().rows] == scan(member.account_id, term), f"other rows for {term}"
            scanned = (time.perf_counter() - begun) * 1000
        table.setdefault(kind, []).append((*took, scanned, busy(), term))
    return table


def row(name: str, ones: "Sequence[Took]") -> None:
    *times, scans, _loops, _terms = zip(*ones, strict=True)
    figures = [figure for one in times for figure in (statistics.median(one), late(one))]
    plain = statistics.median(one for one in scans if one) if any(scans) else 0.0
    figures += [plain, plain / figures[4]]
    print(f"{name:26}{len(ones):4}" + "".join(f"{figure:10.1f}" for figure in figures))


def leaf(client: "Client", role: str) -> None:
    """The list itself in each order: its beginning, its middle, and the middle of those who come after all others."""
    print(f"{f'list pages, ms, by {role}':30}{'p50':>10}{'p95':>10}{'CPU p50':>10}")
    for name, order, after in depths():
        ask = partial(client.get, "/contacts/", {"sort": order} | ({"after": after} if after else {}))
        times = every_time(ask, 20)
        print(f"{name:30}{statistics.median(times):10.1f}{late(times):10.1f}{timed(ask, time.process_time):10.1f}")


def depths() -> list[tuple[str, str, str]]:
    """Name, order and cursor."""
    from clickcall.models import Callback, Contact
    from clickcall.web.paging import encode

    def middle(rows: "QuerySet[Any, Any]", *names: str) -> list[Any]:
        return [*rows.order_by(*names).values_list(*(name.strip("-") for name in names))[rows.count() // 2]]

    people = Contact.objects.active()
    by_name = middle(people, "name_key", "pk")
    called = middle(people.filter(last_call__isnull=False), "-last_call_id", "-pk")
    due, promised = middle(Callback.objects.filter(done_at=None), "due_at", "contact_id")
    return [
        ("by name", "", ""),
        ("by name, in the middle", "", encode([0, *by_name])),
        ("by last call", "last", ""),
        ("by last call, in the middle", "last", encode([0, *called])),
        ("by last call, never called", "last", encode([1, *by_name])),
        ("by callback", "callback", ""),
        ("by callback, in the middle", "callback", encode([0, due.isoformat(), promised])),
        ("by callback, promised none", "callback", encode([1, *by_name])),
    ]


def main(count: int = 1_000_000, every: int = 5) -> None:
    import django

    django.setup()

    import crowd
    from django.core.management import call_command
    from support import people

    from clickcall.models import Account, Call

    begun = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not Account.objects.exists():
        account = people.make_account()
        anna, _maria, lists = crowd.people_of(account)
        crowd.fill(account, anna, lists, count)
        crowd.work(account, anna, count)
        print(f"filled in {time.perf_counter() - begun:.0f} s")
    assert Call.objects.exists(), "half filled"
    measure(every)


if __name__ == "__main__":
    if sys.argv[1:2] == ["here"]:
        main(*map(int, sys.argv[2:4]))
    elif {"DATABASE_URL", "CLICKCALL_DATA_DIR"} & set(os.environ):
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        main(*map(int, sys.argv[1:3]))
    else:
        run_all(sys.argv[1:])
