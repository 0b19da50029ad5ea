"""The index that contacts are searched by: FTS5 with triggers on SQLite, trigrams on PostgreSQL."""

from importlib.util import find_spec
from typing import Any

from django.db import migrations

# "External content": the texts stay in the contacts' table alone. The texts are folded before they are stored, so the
# index need not fold them. The triggers hang on that table: a migration that makes SQLite rebuild it must run
# `SQLITE_TRIGGERS` again (a test looks for them).
SQLITE_TABLE = """
    CREATE VIRTUAL TABLE clickcall_contact_search USING fts5(
        search_text, content='clickcall_contact', content_rowid='id', tokenize='trigram case_sensitive 1'
    )
"""
FORGET = "INSERT INTO clickcall_contact_search(clickcall_contact_search, rowid, search_text) VALUES ('delete', old.id, old.search_text)"
LEARN = "INSERT INTO clickcall_contact_search(rowid, search_text) VALUES (new.id, new.search_text)"
SQLITE_TRIGGERS = [
    f"CREATE TRIGGER contact_search_added AFTER INSERT ON clickcall_contact BEGIN {LEARN}; END",
    f"CREATE TRIGGER contact_search_removed AFTER DELETE ON clickcall_contact BEGIN {FORGET}; END",
    f"""CREATE TRIGGER contact_search_changed AFTER UPDATE OF search_text ON clickcall_contact
        WHEN old.search_text <> new.search_text BEGIN {FORGET}; {LEARN}; END""",
]
STATEMENTS = {
    "sqlite": [
        SQLITE_TABLE,
        "INSERT INTO clickcall_contact_search(clickcall_contact_search) VALUES ('rebuild')",
        *SQLITE_TRIGGERS,
    ],
    "postgresql": ["CREATE INDEX contact_search ON clickcall_contact USING gin (search_text gin_trgm_ops)"],
}
BACK = {
    "sqlite": [
        "DROP TRIGGER contact_search_added",
        "DROP TRIGGER contact_search_removed",
        "DROP TRIGGER contact_search_changed",
        "DROP TABLE clickcall_contact_search",
    ],
    "postgresql": ["DROP INDEX contact_search"],
}


# Rows that one value stands for in a large account. Without statistics SQLite takes ten rows for an account, and walks
# through all of its contacts to find the two that a search is about. `ANALYZE` replaces these figures by counted ones.
ROWS_OF_ONE = {"account_id": 1_000_000, "list_id": 100_000, "owner_id": 10_000, "name_key": 2, "id": 1}


def build(apps: Any, schema_editor: Any) -> None:
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            foresee_many_contacts(cursor)


def foresee_many_contacts(cursor: Any) -> None:
    """Gives SQLite's planner a large account's figures for an empty table; figures of a table with rows are counted."""
    cursor.execute("ANALYZE clickcall_contact")
    cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'clickcall_contact'")
    if cursor.fetchone()[0]:
        return
    cursor.execute("SELECT name FROM pragma_index_list('clickcall_contact')")
    for (index,) in cursor.fetchall():
        cursor.execute("SELECT name FROM pragma_index_info(%s)", [index])
        figures = [1_000_000, *(ROWS_OF_ONE.get(column, 1_000_000) for (column,) in cursor.fetchall())]
        cursor.execute(
            "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('clickcall_contact', %s, %s)",
            [index, " ".join(map(str, figures))],
        )
    cursor.execute("ANALYZE sqlite_master")  # counts nothing there: it makes this connection read the figures


def remove(apps: Any, schema_editor: Any) -> None:
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("clickcall", "0001_initial")]
    operations = [migrations.RunPython(build, remove)]

    # The operation needs PostgreSQL's driver to be imported, though it does nothing elsewhere; without the driver there
    # is no PostgreSQL to extend.
    if find_spec("psycopg"):
        from django.contrib.postgres.operations import TrigramExtension

        operations.insert(0, TrigramExtension())
