"""A file of the size that companies have."""

import random
from collections.abc import Callable

import pytest
from django.db import connection

from clickcall.models import Contact, ContactPhone, ImportRun, ImportState

pytestmark = [pytest.mark.full, pytest.mark.django_db]
ROWS = 100_000
NAMED = "77777"  # in one name, and in no phone


def test_a_hundred_thousand_rows_as_excel_saves_them(imported: Callable[..., ImportRun]) -> None:
    drawn = random.Random(5).sample(range(10**7), ROWS + 1000)
    phones = [number for number in drawn if NAMED not in f"7926{number:07}"][:ROWS]
    lines = ["ФИО;Компания;Моб. телефон;Город"]
    lines += [
        f"Щукин Пётр {n};Ёлки-{n % 900};8 (926) {p // 10000:03}-{p % 10000:04};Самара" for n, p in enumerate(phones)
    ]
    lines[50_000] = "Никто;;7,926E+10;"
    run = imported("\r\n".join(lines).encode("cp1251"))
    assert (run.state, run.encoding, run.separator) == (ImportState.DONE, "cp1251", ";")
    assert (run.added, run.refused, run.skipped) == (ROWS - 1, 1, 0)
    assert Contact.objects.count() == ContactPhone.objects.count() == ROWS - 1
    assert [*run.refusals.values_list("line", "reason")] == [(50_001, "phone_scientific")]
    for written in (f"пётр {NAMED}", f"ПЕТР {NAMED} елки"):
        assert [found.name for found in Contact.objects.search(written)] == [f"Щукин Пётр {NAMED}"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO clickcall_contact_search(clickcall_contact_search, rank) VALUES ('integrity-check', 1)"
            )
