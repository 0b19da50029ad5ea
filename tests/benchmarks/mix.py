"""200 searches, and what a plain scan finds for each: the measure of `bench_search.py`."""

# ruff: noqa: S608 - the SQL is our own

import random

from crowd import FIRMS, FIRST, LAST
from django.db import connection

from clickcall.models.searching import read_term


def searches(chance: random.Random) -> list[tuple[str, str]]:
    """200 searches as (class, term); whether a name is rare or common follows from how the crowd was made."""
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


def scan(account: int, term: str) -> list[int]:
    """The first page by a plain scan in the three-tier order, without an index and the searched text's trick."""
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
