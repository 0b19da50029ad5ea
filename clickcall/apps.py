from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _


class ClickCallConfig(AppConfig):
    name = "clickcall"
    verbose_name = _("ClickCall")

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers the system checks
        from .contacts.queue import going_home  # noqa: F401 - hears of sign-outs

        database = settings.DATABASES["default"]
        if connection.vendor == "sqlite":
            # SQLite makes its file but not the folder; any command may be the first one on a machine.
            Path(str(database["NAME"])).parent.mkdir(parents=True, exist_ok=True)
