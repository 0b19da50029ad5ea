"""Where the provider says that a contact's phone is from."""

from typing import Any

from django.db import migrations, models


# Added as it stands, like the columns of 0004: Django would make SQLite copy the table, a million rows.
TABLE, COLUMN = "clickcall_contactphone", "region varchar(100) NOT NULL DEFAULT ''"


def add_column(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"ALTER TABLE {TABLE} ADD COLUMN {COLUMN}")


def remove_column(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN region")


class Migration(migrations.Migration):

    dependencies = [
        ("clickcall", "0006_search"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_column, remove_column)],
            state_operations=[
                migrations.AddField(
                    model_name="contactphone",
                    name="region",
                    field=models.CharField(blank=True, editable=False, max_length=100),
                ),
            ],
        ),
    ]
