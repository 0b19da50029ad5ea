from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClickCallConfig(AppConfig):
    name = "clickcall"
    verbose_name = _("ClickCall")

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers the system checks
