"""Searching, sorting and leafing through a million contacts, on SQLite and on PostgreSQL in one run: prints a table.

Run from the checkout: `.venv/bin/python tests/benchmarks/bench_search.py [contacts] [every n-th term is scanned]`.
A mix of 200 searches; each is a request as htmx sends it while one types. Beside its time stands that of the search
alone and of the same three-tier order done by a plain scan, whose rows have to be the same.

To reach: 30 ms in the 95th percentile, phones 15 ms, the list at any depth 20 ms; selective terms 20 times (SQLite) and
50 times (PostgreSQL) faster than the scan.
"""

# ruff: noqa: S608, T201 - the SQL is our own; it prints

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]
DATABASES = ("sqlite", "postgresql")
ROUNDS = 3
ORDERS = {"by name": "", "by last call": "last", "by callback": "callback"}


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


def searches(chance: random.Random) -> list[tuple[str, str]]:
    """200 searches as (class, term); whether a name is rare or common follows from how the crowd was made."""
    from crowd import FIRMS, FIRST, LAST

    names = [name for name in FIRST if len(name) > 3]
    rare = chance.sample(LAST[-600:], 25)
    mixed = [chance.choice([str.upper, str.lower, str.title])(name) for name in names[:20]]
    phones = [f"9{chance.randrange(10**9):09}" for _ in range(60)]
    made: list[tuple[str, list[str]]] = [
        ("common name", [*mixed, *LAST[:5]]),
        ("its first three letters", [name[:3] for name in names[:15]]),
        ("rare name", rare),
        ("middle of a name", [name[1:-1] for name in chance.sample(LAST, 15)]),
        ("middle of a first name", [name[1:] for name in names[3:10]]),
        ("company", [firm[: chance.randrange(4, 9)] for firm in FIRMS[:13]]),
        ("absent", [f"{chance.choice('бвгджз')}ъ{name[:5]}" for name in rare[:15]]),
        ("one letter", [*"аоеиюящэйwt7"]),
        ("two letters", [name[:2] for name in chance.sample(LAST, 13)]),
        ("rare and common word", [f"{one} {two}" for one, two in zip(rare, names, strict=False)][:12]),
        ("two common words", [f"{one} {chance.choice(FIRMS[:10])}" for one in names[:8]]),
        (
            "phone, beginning",
            [f"+7 {one[:3]} {one[3:5]}" if n % 2 else one[: 3 + n % 5] for n, one in enumerate(phones[:14])],
        ),
        ("phone, whole", [f"8 ({one[:3]}) {one[3:6]}-{one[6:8]}-{one[8:]}" for one in phones[14:24]]),
        ("phone, end", [one[-4:] for one in phones[24:36]]),
        ("phone, middle", [one[3:8] for one in phones[36:40]]),
    ]
    return [(kind, term) for kind, terms in made for term in terms]


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median in milliseconds, after one round to warm up."""
    took = []
    for _ in range(rounds + 1):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took[1:])


def scan(account: int, term: str) -> list[int]:
    """The first page by a plain scan in the three-tier order, without an index and the searched text's trick."""
    from django.db import connection

    from clickcall.models.searching import read_term

    find = "instr" if connection.vendor == "sqlite" else "strpos"
    text, wanted, params = "'  ' || substr(s.name_key, 1, 1) || s.search_text", read_term(term), []
    fits = []
    for ways in wanted.words:
        fits.append(" OR ".join([f"{find}({text}, %s) > 0"] * len(ways)))
        params += [way.needle for way in ways]
    phone = "EXISTS (SELECT 1 FROM clickcall_contactphone p WHERE p.contact_id = s.id AND ({}))"
    exact = phone.format(" OR ".join(["p.digits = %s"] * len(wanted.phones))) if wanted.phones else "1 = 0"
    begun = phone.format(" OR ".join(["p.digits LIKE %s"] * len(wanted.phones))) if wanted.phones else "1 = 0"
    order = [*wanted.phones, *(f"{digits}%" for digits in wanted.phones)]
    unindexed = "NOT INDEXED" if connection.vendor == "sqlite" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.id FROM clickcall_contact s {unindexed} WHERE s.account_id = %s AND s.archived_at IS NULL"
            f" AND ({') AND ('.join(fits) or '1 = 0'})"
            f" ORDER BY CASE WHEN {exact} THEN 0 WHEN {begun} THEN 1 ELSE 2 END, s.name_key, s.id LIMIT 25",
            [account, *params, *order],
        )
        return [key for (key,) in cursor.fetchall()]


def late(figures: Sequence[float]) -> float:
    return statistics.quantiles(figures, n=20, method="inclusive")[-1] if len(figures) > 1 else figures[0]


def measure(every: int) -> None:
    from django.db import connection
    from django.test import Client

    from clickcall.contacts.finding import page_of_keys
    from clickcall.models import Contact, Member

    maria = Member.objects.select_related("user", "account").get(user__username="maria")
    rows, client = Contact.objects.visible_to(maria).active(), Client(headers={"HX-Request": "true"})
    client.force_login(maria.user)
    table: dict[str, list[tuple[float, float, float]]] = {}
    slow = []
    for number, (kind, term) in enumerate(searches(random.Random(4))):
        page = page_of_keys(rows, maria, term=term, size=25)
        alone = timed(lambda term=term: page_of_keys(rows, maria, term=term, size=25))  # type: ignore[misc]
        whole = timed(lambda term=term: client.get("/contacts/", {"q": term}))  # type: ignore[misc]
        scanned = 0.0
        if number % every == 0:
            begun = time.perf_counter()
            assert [key for _name, key in page.rows] == scan(maria.account_id, term), f"other rows for {term}"
            scanned = (time.perf_counter() - begun) * 1000
        table.setdefault(kind, []).append((whole, alone, scanned))
        slow.append((whole, term))
    print(f"\n{connection.vendor}, {Contact.objects.count()} contacts, load {os.getloadavg()[0]:.0f}")
    print(f"{'searches, ms':26}{'n':>4}{'p50':>8}{'p95':>8}{'alone p50':>11}{'p95':>8}{'scan':>8}{'ratio':>8}")
    everything = [one for ones in table.values() for one in ones]
    for kind, ones in [*table.items(), ("all", everything)]:
        whole_times, alone_times, scans = zip(*ones, strict=True)
        known = [one for one in scans if one]
        plain = statistics.median(known) if known else 0.0
        middle = statistics.median(alone_times)
        print(
            f"{kind:26}{len(ones):4}{statistics.median(whole_times):8.1f}{late(whole_times):8.1f}{middle:11.1f}"
            f"{late(alone_times):8.1f}{plain:8.0f}{plain / middle:8.0f}"
        )
    print("slowest:", ", ".join(f"{term} {took:.0f}" for took, term in sorted(slow, reverse=True)[:12]))
    leaf(client)


def leaf(client: object) -> None:
    """The list itself, at its beginning and in its middle."""
    from clickcall.models import Contact
    from clickcall.web.paging import encode

    middle = (
        Contact.objects.active().order_by("name_key", "pk").values_list("name_key", "pk")[Contact.objects.count() // 2]
    )
    print(f"{'list pages, ms':26}{'median':>8}")
    for name, order in ORDERS.items():
        print(f"{name:26}{timed(lambda o=order: client.get('/contacts/', {'sort': o}), 15):8.1f}")  # type: ignore[misc]
    deep = {"after": encode([0, *middle])}
    print(f"{'by name, in the middle':26}{timed(lambda: client.get('/contacts/', deep), 15):8.1f}")  # type: ignore[misc]


def main(count: int = 1_000_000, every: int = 1) -> None:
    import django

    django.setup()

    import crowd
    from django.core.management import call_command
    from support import people

    from clickcall.models import Account

    if os.environ.get("BENCH_FILLED") != "1":
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        account = people.make_account()
        anna, _maria, lists = crowd.people_of(account)
        crowd.fill(account, anna, lists, count)
    assert Account.objects.exists()
    measure(every)


if __name__ == "__main__":
    if sys.argv[1:2] == ["here"]:
        main(*map(int, sys.argv[2:4]))
    else:
        run_all(sys.argv[1:])
