"""The state of the database that the commands begin with."""

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError


def prepare() -> None:
    """Makes the data folders, all tables and the cache's table; changes nothing that is there already."""
    for folder in (settings.DATA_DIR, settings.STATIC_ROOT):  # WhiteNoise warns where the second one is missing
        folder.mkdir(parents=True, exist_ok=True)
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    except OperationalError as error:
        raise CommandError(f"The database cannot be opened: {error}") from error


def require_ready() -> None:
    """Raises `CommandError` for a database that cannot be reached or that waits for its migrations."""
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        raise CommandError(f"The database cannot be opened: {error}") from error
    if missing:
        raise CommandError("The database has no tables of this version yet: run `manage.py migrate` first.")
