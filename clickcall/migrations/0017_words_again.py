"""On PostgreSQL: the words of contacts that were written while the migration 0009 filled its tables.

It used to let others write meanwhile: what they did before it made its triggers, nobody learnt of. Their contacts were
not found by name for ever. On SQLite nobody can write while a migration runs.
"""

# ruff: noqa: S608 - the SQL is our own; there is no value in it

from typing import Any

from django.db import migrations

KEY = "account_id, contact_id, word, name_key"
RIGHT = """
    SELECT c.account_id, c.id AS contact_id, w.word COLLATE "C" AS word, c.name_key COLLATE "C" AS name_key
    FROM clickcall_contact c, unnest(clickcall_words_of(c.search_text)) w (word)
"""
# Asked without a lock: one statement sees contacts and words at the same moment.
DIFFER = f"""SELECT EXISTS (
    SELECT 1 FROM (SELECT {KEY}, 1 AS is_right FROM ({RIGHT}) c) c
    FULL JOIN (SELECT {KEY}, 1 AS is_there FROM clickcall_contact_word) k USING ({KEY})
    WHERE is_right IS NULL OR is_there IS NULL
)"""
MEND = [
    "LOCK TABLE clickcall_contact IN SHARE ROW EXCLUSIVE MODE",
    f"DELETE FROM clickcall_contact_word WHERE ({KEY}) IN (SELECT {KEY} FROM clickcall_contact_word EXCEPT {RIGHT})",
    f"INSERT INTO clickcall_contact_word ({KEY}) {RIGHT} EXCEPT SELECT {KEY} FROM clickcall_contact_word",
    """INSERT INTO clickcall_word (account_id, word)
        SELECT account_id, word FROM clickcall_contact_word EXCEPT SELECT account_id, word FROM clickcall_word""",
]


def mend(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(DIFFER)
        if cursor.fetchone()[0]:
            for statement in MEND:
                cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("clickcall", "0016_typed_urls")]
    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]
