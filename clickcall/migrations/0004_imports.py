"""Imports, whom not to call, consents; and the search index is told of a batch of contacts at once."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


# Columns are added as they stand. Django would make SQLite copy both tables, a million rows each, and lose the triggers
# of 0002 and the planner's figures on the way.
COLUMNS = [
    ("clickcall_contact", "region varchar(100) NOT NULL DEFAULT ''"),
    ("clickcall_contactphone", "keys varchar(64) NOT NULL DEFAULT ''"),
]

# FTS5 writes its pending terms out at every statement, so that a trigger costs several times the row that it follows.
# Who writes thousands of rows puts a row into this table, writes, tells the index with one `INSERT … SELECT`, and takes
# the row away, all in one transaction. SQLite has one writer at a time and shows nobody what is not committed: no other
# writer ever meets the row, and a writer that dies takes it along.
BATCH = "CREATE TABLE clickcall_contact_batch (id integer PRIMARY KEY)"
LEARN = "INSERT INTO clickcall_contact_search(rowid, search_text) VALUES (new.id, new.search_text)"
ADDED = f"CREATE TRIGGER contact_search_added AFTER INSERT ON clickcall_contact BEGIN {LEARN}; END"
ADDED_UNLESS_BATCH = ADDED.replace("BEGIN", "WHEN NOT EXISTS (SELECT 1 FROM clickcall_contact_batch) BEGIN")
FORGET_TRIGGER = "DROP TRIGGER contact_search_added"


def add_columns(apps, schema_editor):
    for table, column in COLUMNS:
        schema_editor.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def remove_columns(apps, schema_editor):
    for table, column in COLUMNS:
        schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")


def let_batches_pass(apps, schema_editor):
    _run(schema_editor, BATCH, FORGET_TRIGGER, ADDED_UNLESS_BATCH)


def let_no_batches_pass(apps, schema_editor):
    _run(schema_editor, FORGET_TRIGGER, ADDED, "DROP TABLE clickcall_contact_batch")


def _run(schema_editor, *statements):
    """SQLite only: PostgreSQL has a plain index."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('clickcall', '0003_provider_truth'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_columns, remove_columns)],
            state_operations=[
                migrations.AddField(
                    model_name='contact',
                    name='region',
                    field=models.CharField(blank=True, max_length=100, verbose_name='Region'),
                ),
                migrations.AddField(
                    model_name='contactphone',
                    name='keys',
                    field=models.CharField(blank=True, max_length=64, verbose_name='Keys to press after the answer'),
                ),
            ],
        ),
        migrations.RunPython(let_batches_pass, let_no_batches_pass),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('file_name', models.CharField(max_length=200)),
                ('format', models.CharField(max_length=4)),
                ('encoding', models.CharField(blank=True, max_length=20)),
                ('separator', models.CharField(blank=True, max_length=1)),
                ('sheet', models.CharField(blank=True, max_length=200)),
                ('sheets', models.JSONField(blank=True, default=list)),
                ('columns', models.JSONField(blank=True, default=list)),
                ('mapping', models.JSONField(blank=True, default=list)),
                ('choice', models.CharField(choices=[('skip', 'Leave them as they are'), ('update', 'Update them from the file'), ('add', 'Add them once more')], default='skip', max_length=6)),
                ('state', models.CharField(choices=[('uploaded', 'Waiting for its columns'), ('checking', 'Being checked'), ('ready', 'Checked'), ('running', 'Running'), ('done', 'Finished'), ('failed', 'Stopped by a problem'), ('cancelled', 'Cancelled')], default='uploaded', max_length=9)),
                ('total', models.PositiveIntegerField(default=0)),
                ('position', models.PositiveIntegerField(default=0)),
                ('offset', models.PositiveBigIntegerField(default=0)),
                ('added', models.PositiveIntegerField(default=0)),
                ('updated', models.PositiveIntegerField(default=0)),
                ('skipped', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('findings', models.JSONField(blank=True, default=dict)),
                ('problem', models.CharField(blank=True, max_length=40)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='clickcall.account')),
                ('list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='clickcall.contactlist', verbose_name='List')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='clickcall.member')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ImportRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('column', models.CharField(blank=True, max_length=200)),
                ('value', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(max_length=40)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='clickcall.importrun')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digits', models.CharField(max_length=20, verbose_name='Phone')),
                ('state', models.CharField(choices=[('given', 'Given'), ('withdrawn', 'Withdrawn')], max_length=9)),
                ('date', models.DateField(blank=True, null=True, verbose_name='Date of the consent')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='Where it comes from')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='Text or reference')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='clickcall.account')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clickcall.member')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(models.F('account'), models.F('digits'), models.OrderBy(models.F('at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='consent_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['given', 'withdrawn'])), name='consent_state_known')],
            },
        ),
        migrations.CreateModel(
            name='DoNotCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digits', models.CharField(max_length=20, verbose_name='Phone')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('why', models.CharField(blank=True, max_length=500, verbose_name='Why')),
                ('source', models.CharField(blank=True, max_length=200)),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='do_not_call', to='clickcall.account')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clickcall.member')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clickcall.member')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(models.F('account'), models.OrderBy(models.F('at'), descending=True), name='do_not_call_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('account', 'digits'), name='do_not_call_once')],
            },
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(models.F('account'), models.OrderBy(models.F('created_at'), descending=True), name='import_newest'),
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(models.F('id'), condition=models.Q(('state__in', ('checking', 'running'))), name='import_worked_on'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'checking', 'ready', 'running', 'done', 'failed', 'cancelled'])), name='import_state_known'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('choice__in', ['skip', 'update', 'add'])), name='import_choice_known'),
        ),
        migrations.AddIndex(
            model_name='importrefusal',
            index=models.Index(models.F('run'), models.F('id'), name='import_refusals'),
        ),
    ]
