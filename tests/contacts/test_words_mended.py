"""The words of contacts that came by unseen while their tables were made."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from support import people

from clickcall.models import Contact, ContactList

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("postgresql")]


def run(sql: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def words() -> list[tuple[object, ...]]:
    return run("SELECT contact_id, word, name_key FROM clickcall_contact_word ORDER BY contact_id, word")


def mend() -> None:
    import_module("clickcall.migrations.0017_words_again").mend(apps, connection.schema_editor())


def test_what_was_added_renamed_or_deleted_unseen_is_found_by_its_words(leads: ContactList) -> None:
    renamed, gone = (people.make_contact(leads, name, f"7926000000{at}") for at, name in enumerate(("Ivan", "Oleg")))
    run("SET LOCAL session_replication_role = replica")  # no trigger runs
    added = people.make_contact(leads, "Olga Shchukina", "79260000005")
    renamed.name, renamed.name_key, renamed.search_text = "Pyotr", "pyotr", "yotr "
    renamed.save()
    Contact.objects.filter(pk=gone.pk).delete()
    run("SET LOCAL session_replication_role = origin")
    before = words()
    mend()
    right = """SELECT c.id, w.word, c.name_key
        FROM clickcall_contact c, unnest(clickcall_words_of(c.search_text)) w (word)
        ORDER BY c.id, w.word COLLATE "C" """
    assert words() == run(right) != before
    assert {row[0] for row in words()} == {renamed.pk, added.pk}
    known = {word for (word,) in run("SELECT word FROM clickcall_word WHERE account_id = %s", leads.account_id)}
    assert {row[1] for row in words()} <= known


def test_where_nothing_is_missing_nobody_waits(leads: ContactList) -> None:
    people.make_contact(leads, "Ivan", "79260000000")
    before = words()
    mend()
    held = "SELECT 1 FROM pg_locks WHERE relation = 'clickcall_contact'::regclass AND mode = 'ShareRowExclusiveLock'"
    assert (words(), run(held)) == (before, [])
    assert before


def test_nobody_writes_while_the_words_are_filled() -> None:
    first = import_module("clickcall.migrations.0009_words").POSTGRESQL[0]
    assert first == "LOCK TABLE clickcall_contact IN SHARE ROW EXCLUSIVE MODE"
