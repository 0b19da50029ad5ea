"""On SQLite the index of last calls leaves out whoever was never called.

SQLite takes every value for equally common. Once the figures are counted it took "no last call" for a call of its own,
which twenty contacts have, read nearly a million by this index and sorted them for one page. For those who were never
called there is an index in the order of names.
"""

from typing import Any

from django.db import migrations

INDEX = "clickcall_contact_last_call_id_6604ff2a"  # as Django names it
REMOVE, MAKE = f"DROP INDEX {INDEX}", f"CREATE INDEX {INDEX} ON clickcall_contact (last_call_id)"


def make_partial(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(REMOVE)
        schema_editor.execute(f"{MAKE} WHERE last_call_id IS NOT NULL")


def make_whole(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(REMOVE)
        schema_editor.execute(MAKE)


class Migration(migrations.Migration):
    dependencies = [("clickcall", "0009_words")]
    operations = [migrations.RunPython(make_partial, make_whole)]
