from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class ClickCallConfig(AppConfig):
    name = "clickcall"
    verbose_name = _("ClickCall")

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers the system checks
        from .contacts.queue import going_home  # noqa: F401 - hears of sign-outs

        connection_created.connect(without_compiling)
        database = settings.DATABASES["default"]
        if connection.vendor == "sqlite":
            # SQLite makes its file but not the folder; any command may be the first one on a machine.
            Path(str(database["NAME"])).parent.mkdir(parents=True, exist_ok=True)


def without_compiling(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Turns PostgreSQL's `jit` off. It takes tables that nobody has counted yet for large ones, and compiled the long
    statement behind every page of an empty account for seconds, where it is answered in milliseconds.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")
