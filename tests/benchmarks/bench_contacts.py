"""How long the server needs for a page of contacts and for a search, and how many queries: prints a table.

Run from the checkout: `.venv/bin/python tests/benchmarks/bench_contacts.py [contacts] [rounds]`. It uses an empty
database at `DATABASE_URL`, else a new SQLite file. To reach at 100,000 contacts: 20 ms in the median and 12 queries.
"""

# ruff: noqa: E402, SIM905, T201 - Django is set up before its models are imported; words read better than lists

import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ["CLICKCALL_DATA_DIR"] = tempfile.mkdtemp(prefix="clickcall-bench-")
(Path(os.environ["CLICKCALL_DATA_DIR"]) / "staticfiles").mkdir()
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import override_settings
from support import people

from clickcall.models import CallRules, Contact, ContactList, ContactPhone, Member, Role
from clickcall.models.searching import fold, searchable

if TYPE_CHECKING:
    from clickcall.models import Account

FIRST = (
    "Иван Пётр Анна Елена Мария Ольга Сергей Алексей Дмитрий Тимур Гульнара Лариса Виктор Алла Марина Олег"
).split()
STEMS = ("Куз Щук Ёл Бел Чер Вор Сад Лис Мед Шуб Голуб Рож Вяз Дуб Пет Гор Зай Кам Лес Мор").split()
ENDS = ("нецов ин кин ов овский енко ёв ышев ягин ушкин ман цев орев ачёв есов").split()
FIRMS = ("Ромашка Вектор Стройинвест Каспийгаз Янтарь Металл Север Урал Логистика Продукты Энерго Сфера").split()
PAGES = {
    "first page": "",
    "one list": "?list={list}",
    "never called": "?never=1",
    "mine": "?mine=1",
    "search, common name": "?q=иван",
    "search, two common words": "?q=иван+ромашка",
    "search, rare name": "?q=щуковский",
    "search, rare and common": "?q=щуковский+анна",
    "search, absent": "?q=константинопольская",
    "search, one letter": "?q=щ",
    "search, rare letter": "?q=ю",
    "search, two letters": "?q=ёл",
    "search, phone beginning": "?q=%2B7+926",
    "search, phone with 8": "?q=8+926+012",
    "search, last digits": "?q=4321",
    "search, whole phone": "?q={phone}",
}


def fill(count: int) -> tuple[ContactList, str]:
    """An account with `count` contacts on ten lists; the salesperson sees nine of them."""
    account = people.make_account()
    anna = people.make_member(account, "anna", Role.SALES)
    people.make_token(account)
    CallRules.objects.create(account=account, hours_on=False)  # the same pages by day and by night
    anna.default_number = people.make_number(account)
    anna.save()
    boris = people.make_member(account, "boris", Role.SALES)
    lists = [people.make_list(account, f"List {n}", *([boris] if n == 9 else [])) for n in range(10)]
    chance = random.Random(1)
    for start in range(0, count, 5000):
        made = Contact.objects.bulk_create(_contacts(account, lists, anna.pk, min(5000, count - start), chance))
        phones = [contact.search_text.split()[-1] for contact in made]
        ContactPhone.objects.bulk_create(
            ContactPhone(contact=contact, account=account, digits=digits)
            for contact, digits in zip(made, phones, strict=True)
        )
    return lists[0], phones[0]


def _contacts(
    account: "Account", lists: list[ContactList], anna: int, count: int, chance: random.Random
) -> Iterator[Contact]:
    for _ in range(count):
        name = f"{chance.choice(FIRST)} {chance.choice(STEMS)}{chance.choice(ENDS)}"
        company = f"{chance.choice(FIRMS)}-{chance.randrange(1000)}"
        digits = f"79{chance.randrange(10**9):09}"
        owner = anna if chance.random() < 0.02 else None
        yield Contact(
            account=account,
            list=chance.choice(lists),
            name=name,
            company=company,
            timezone="Europe/Samara",
            owner_id=owner,
            name_key=fold(name),
            search_text=searchable(name, company, [digits]),
        )


def measure(get: Callable[[str], int], address: str, rounds: int) -> tuple[float, float, int, int]:
    """Median and 95th percentile in milliseconds, queries, rows."""
    rows, took = get(address), []
    for _ in range(rounds):
        begun = time.perf_counter()
        get(address)
        took.append((time.perf_counter() - begun) * 1000)
    with override_settings(DEBUG=True):
        reset_queries()
        get(address)
        queries = len(connection.queries)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1], queries, rows


def deep(client: Client, pages: int) -> str:
    """The address of a page in the depths of the list."""
    address = ""
    for _ in range(pages):
        address = re.findall(r'href="([^"]+)"\s+rel="next"', client.get(f"/contacts/{address}").content.decode())[0]
    return address


def main(count: int = 100_000, rounds: int = 30) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    row, phone = fill(count)
    client = Client()
    client.force_login(Member.objects.get(user__username="anna").user)

    def get(address: str) -> int:
        """A page that somebody opens; a search is asked for as htmx does while one types."""
        typed = {"HX-Request": "true"} if address.startswith("?q=") else {}
        return client.get(f"/contacts/{address}", headers=typed).content.count(b'role="rowheader"')

    pages = {name: address.format(list=row.pk, phone=phone) for name, address in PAGES.items()}
    pages["a page in the depths"] = deep(client, 40)
    print(f"{connection.vendor}, {count} contacts, {rounds} rounds")
    print(f"{'page':28}{'median ms':>10}{'95 % ms':>10}{'queries':>9}{'rows':>6}")
    for name, address in pages.items():
        median, late, queries, found = measure(get, address, rounds)
        print(f"{name:28}{median:10.1f}{late:10.1f}{queries:9}{found:6}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
