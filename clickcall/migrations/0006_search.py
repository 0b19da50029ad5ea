"""Contacts found and sorted at a million: the order of names the same everywhere, what a name begins with out of the
searched text (see `models.searching`), indexes by last call and for callbacks.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import F, OrderBy, Q

CALLED = Q(("archived_at", None), ("last_call__isnull", False))
BY_LAST_CALL = {"account": "contact_by_last_call", "list": "contact_list_last_call", "owner": "contact_owner_last_call"}

# Names are folded, so their order by code is that of the alphabet, and what begins alike stands together. An order by
# a language's rules has neither the one nor the other. Few of a million texts tell how common a term is.
POSTGRESQL = [
    'ALTER TABLE clickcall_contact ALTER COLUMN name_key TYPE varchar(200) COLLATE "C"',
    "ALTER TABLE clickcall_contact ALTER COLUMN search_text SET STATISTICS 1000",
]
POSTGRESQL_BACK = [
    'ALTER TABLE clickcall_contact ALTER COLUMN name_key TYPE varchar(200) COLLATE "default"',
    "ALTER TABLE clickcall_contact ALTER COLUMN search_text SET STATISTICS -1",
]
SHORTEN = "UPDATE clickcall_contact SET search_text = substr(ltrim(search_text, ' '), 2) WHERE name_key <> ''"
LENGTHEN = "UPDATE clickcall_contact SET search_text = '  ' || substr(name_key, 1, 1) || search_text WHERE name_key <> ''"

# A walk for a common term reads along the names. SQLite would have to look up every contact on another page of its file:
# twenty times slower. PostgreSQL cannot hold texts of any length in such an index, and walks well enough without.
SQLITE_WALK = """
    CREATE INDEX contact_walk ON clickcall_contact (account_id, name_key, id, list_id, owner_id, search_text)
    WHERE archived_at IS NULL
"""

# What SQLite's planner takes for rows per value in a large account (see the migration 0002).
FIGURES = {name: "500000 50000 1 1" for name in BY_LAST_CALL.values()} | {"contact_archived": "10000 10000 2"}
FIGURES["contact_walk"] = "1000000 1000000 2 1 1 1 1"


def build(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)
    schema_editor.execute(SHORTEN)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE_WALK)


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP INDEX contact_walk")
    schema_editor.execute(LENGTHEN)
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL_BACK:
            schema_editor.execute(statement)


def foresee_many_contacts(apps: Any, schema_editor: Any) -> None:
    """Figures for an empty table; those of a table with rows are counted."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM clickcall_contact LIMIT 1)")
        if cursor.fetchone()[0]:
            cursor.execute("ANALYZE clickcall_contact")
            return
        for index, figures in FIGURES.items():
            cursor.execute("DELETE FROM sqlite_stat1 WHERE idx = %s", [index])
            cursor.execute(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('clickcall_contact', %s, %s)", [index, figures]
            )
        cursor.execute("ANALYZE sqlite_master")  # counts nothing there: it makes this connection read the figures


class Migration(migrations.Migration):
    dependencies = [("clickcall", "0005_sales_work")]
    operations = [
        migrations.RunPython(build, remove),
        migrations.AddIndex(
            "callback",
            models.Index(
                F("account"), F("due_at"), F("contact"), condition=Q(("done_at", None)), name="callback_by_time"
            ),
        ),
        migrations.AddIndex(
            "contact",
            models.Index(
                F("account"), F("name_key"), condition=Q(("archived_at__isnull", False)), name="contact_archived"
            ),
        ),
        *(
            migrations.AddIndex(
                "contact",
                models.Index(
                    F(whose),
                    OrderBy(F("last_call"), descending=True),
                    OrderBy(F("id"), descending=True),
                    condition=CALLED,
                    name=name,
                ),
            )
            for whose, name in BY_LAST_CALL.items()
        ),
        migrations.RunPython(foresee_many_contacts, migrations.RunPython.noop),
    ]
