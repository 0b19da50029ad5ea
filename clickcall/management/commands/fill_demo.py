"""The demo's data, in a process that sees the demo's own database."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from clickcall.management.database import prepare
from clickcall.management.demo.fill import fill
from clickcall.management.demo.folder import MARKER
from clickcall.management.demo.provider import connect
from clickcall.management.exact_command import ExactCommand


class Command(ExactCommand):
    """`fill_demo --provider-port N --port N`: run by `demo`; refuses any database that is not a demo's."""

    help = "Migrates and fills the database of a demo (run by `demo`)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--provider-port", type=int, required=True, help="where the simulator listens")
        parser.add_argument("--port", type=int, required=True, help="where the pages will be")

    def handle(self, *args: Any, provider_port: int, port: int, **options: Any) -> None:
        if not (settings.DATA_DIR / MARKER).is_file():
            raise CommandError(f"{settings.DATA_DIR} is not the folder of a demo.")
        prepare()
        is_new = fill(settings.DATA_DIR, provider_port)
        connect(f"http://127.0.0.1:{provider_port}", f"http://127.0.0.1:{port}", is_new=is_new)
