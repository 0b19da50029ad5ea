"""The web server."""

from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from clickcall.accounts.invite import make_invitation
from clickcall.management.database import prepare
from clickcall.management.exact_command import ExactCommand
from clickcall.management.web_server import PortTaken, WebServer, listen
from clickcall.models import User


class Command(ExactCommand):
    """`serve [--port 8000] [--host 127.0.0.1]`: checks, migrates and serves until SIGTERM or SIGINT."""

    help = "Migrates the database and serves the pages"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000, help="default %(default)s; 0 = a free one")
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        try:
            listener = listen(host, port)
        except PortTaken as error:
            raise CommandError(f"Cannot listen on {host}:{port} ({error.strerror}). Choose another: --port") from error
        prepare()
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}"
        lines = self._welcome(address)
        WebServer(listener, ready=lambda: self._say(lines)).run()

    def _welcome(self, address: str) -> list[str]:
        lines = [f"ClickCall {address}/"]
        if not User.objects.exists():
            link = make_invitation(settings.CLICKCALL_PUBLIC_URL.rstrip("/") or address)
            lines.append(f"There is nobody yet. Make the first admin here (once, within 24 hours): {link}")
        return lines

    def _say(self, lines: list[str]) -> None:
        for line in lines:
            self.stdout.write(line)
        self.stdout.flush()


def port_number(text: str) -> int:
    """0 to 65535, else the parser's own error."""
    if not text.isdecimal() or int(text) > 65535:
        raise ArgumentTypeError(f"{text} is no port number")
    return int(text)
