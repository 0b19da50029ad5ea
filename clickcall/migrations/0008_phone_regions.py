"""Where the provider says that a contact's phone is from, and whose client a contact was before."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
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
        migrations.CreateModel(
            name="OwnerChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clickcall.account")),
                ("after", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clickcall.member")),
                ("before", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clickcall.member")),
                ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clickcall.member")),
                ("contact", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="owner_changes", to="clickcall.contact")),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(models.F("contact"), models.OrderBy(models.F("at"), descending=True), name="owner_change_of_contact"),
                ],
            },
        ),
    ]
