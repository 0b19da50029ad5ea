"""An import with full phone validation beside a bare loop that writes the same tables and indexes: prints both.

Run from the checkout: `.venv/bin/python tests/benchmarks/bench_import.py [rows]`. It uses an empty database at
`DATABASE_URL`, else a new SQLite file. To reach at 100,000 rows: 1.25 times the bare loop, and 300 MB at the peak.

The bare loop has its rows ready in memory, valid and in order. It writes them with `executemany` in batches of the same
size, draws no report of what it did and could not be resumed. What `search_text` and `name_key` hold it has to make as
well, for they are part of the tables.
"""

# ruff: noqa: E402, T201 - Django is set up before its models are imported

import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ["CLICKCALL_DATA_DIR"] = tempfile.mkdtemp(prefix="clickcall-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from support import people

from clickcall.contacts.importing import bulk, runs, work
from clickcall.models import Contact, ContactList, ContactPhone
from clickcall.models.searching import fold, searchable

Line = tuple[str, str, str, str, str]  # name, company, digits, city, note
ROUNDS = 3


def lines(count: int, seed: int) -> list[Line]:
    chance = random.Random(seed)
    return [
        (f"Щукин Пётр {n}", f"Ёлки-{n % 900}", f"7926{seed}{phone:06}", "Самара", f"заявка {n}")
        for n, phone in enumerate(chance.sample(range(1_000_000), count))
    ]


def as_file(rows: list[Line]) -> bytes:
    text = ["ФИО;Компания;Моб. телефон;Город;Комментарий"]
    text += [
        f"{name};{firm};8 ({d[1:4]}) {d[4:7]}-{d[7:9]}-{d[9:]};{city};{note}" for name, firm, d, city, note in rows
    ]
    return "\r\n".join(text).encode("cp1251")


def bare(on: ContactList, rows: list[Line]) -> None:
    for start in range(0, len(rows), work.BATCH):
        batch = rows[start : start + work.BATCH]
        with transaction.atomic():
            keys = bulk.draw_keys(Contact, len(batch))
            bulk.insert_contacts(
                [
                    (
                        key,
                        on.account_id,
                        on.pk,
                        name,
                        firm,
                        city,
                        "",
                        "",
                        note,
                        None,
                        fold(name),
                        searchable(name, firm, [d]),
                    )
                    for key, (name, firm, d, city, note) in zip(keys, batch, strict=True)
                ]
            )
            bulk.insert_phones(
                (key, on.account_id, row[2], "phone", "", "", 0) for key, row in zip(keys, batch, strict=True)
            )


def imported(on: ContactList, data: bytes) -> None:
    """From the upload to the last row, as `manage.py import_contacts` does it."""
    run = runs.create(account=on.account, list=on, member=None, file_name="bench.csv", chunks=[data])
    runs.start_unchecked(run)
    work.work(run)
    run.refresh_from_db()
    assert run.added == run.total, (run.added, run.skipped, run.refused, run.problem)


def emptied() -> None:
    ContactPhone.objects.all()._raw_delete("default")
    Contact.objects.all()._raw_delete("default")


def main(count: int = 100_000) -> None:
    call_command("migrate", verbosity=0)
    on = people.make_list(people.make_account())
    took: dict[str, list[float]] = {"bare": [], "import": []}
    peak = 0.0  # at the end of the first import, which comes before all else; the rows of the loop are in it
    for turn in range(ROUNDS):
        rows = lines(count, turn)
        data = as_file(rows)
        for name in ("bare", "import") if turn % 2 else ("import", "bare"):
            begun = time.perf_counter()
            bare(on, rows) if name == "bare" else imported(on, data)
            took[name].append(time.perf_counter() - begun)
            peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            emptied()
    best = {name: min(times) for name, times in took.items()}
    print(f"{connection.vendor}, {count} rows, best of {ROUNDS}")
    for name, times in took.items():
        print(f"{name:8}{best[name]:8.2f} s   ({', '.join(f'{one:.2f}' for one in times)})")
    print(f"import / bare: {best['import'] / best['bare']:.2f}; peak of an import {peak:.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
