"""Indexes go that others begin with, or that nobody asks by: each press, notification and imported contact wrote them.

By their names, because an altered field would have SQLite write the whole table of calls anew, five times.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

UNUSED = {
    "clickcall_call": ("account_id", "contact_id", "member_id", "preset_id", "token_id"),
    "clickcall_callevent": ("account_id",),
    "clickcall_contactphone": ("account_id", "contact_id"),
    "clickcall_hookdelivery": ("account_id",),
}


def drop(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    for table, columns in UNUSED.items():
        with connection.cursor() as cursor:
            known = connection.introspection.get_constraints(cursor, table)
        single = [[column] for column in columns]
        for name, about in known.items():
            is_plain = about["index"] and not about["unique"] and about["columns"] in single
            if is_plain and not _is_partial(connection, name):
                schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


def make(apps: Any, schema_editor: Any) -> None:
    for table, columns in UNUSED.items():
        for column in columns:
            schema_editor.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")


def _is_partial(connection: Any, name: str) -> bool:
    """An index of our own for a part of the rows, which stays."""
    from_catalogue = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE name = %s",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE indexname = %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(from_catalogue[connection.vendor], [name])
        return " WHERE " in cursor.fetchone()[0]


class Migration(migrations.Migration):
    dependencies = [("clickcall", "0010_never_called")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, make)],
            state_operations=[
                migrations.AlterField(
                    model_name="call",
                    name="account",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="clickcall.account",
                    ),
                ),
                migrations.AlterField(
                    model_name="call",
                    name="contact",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="calls",
                        to="clickcall.contact",
                    ),
                ),
                migrations.AlterField(
                    model_name="call",
                    name="member",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="clickcall.member",
                    ),
                ),
                migrations.AlterField(
                    model_name="call",
                    name="preset",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="clickcall.preset",
                    ),
                ),
                migrations.AlterField(
                    model_name="call",
                    name="token",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clickcall.token",
                    ),
                ),
                migrations.AlterField(
                    model_name="callevent",
                    name="account",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clickcall.account",
                    ),
                ),
                migrations.AlterField(
                    model_name="contactphone",
                    name="account",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clickcall.account",
                    ),
                ),
                migrations.AlterField(
                    model_name="contactphone",
                    name="contact",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phones",
                        to="clickcall.contact",
                    ),
                ),
                migrations.AlterField(
                    model_name="hookdelivery",
                    name="account",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hook_deliveries",
                        to="clickcall.account",
                    ),
                ),
            ],
        ),
    ]
