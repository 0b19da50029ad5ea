"""The whole product on one machine, with a simulated provider."""

import os
import signal
import threading
import urllib.error
import urllib.request
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from clickcall.management.commands.serve import port_number
from clickcall.management.demo.children import WAIT_SECONDS, ChildEnded, Children
from clickcall.management.demo.environment import child_environment
from clickcall.management.demo.folder import Folder, FolderError, open_folder
from clickcall.management.demo.people import logins
from clickcall.management.exact_command import ExactCommand
from clickcall.management.web_server import PortTaken, listen

HOST = "127.0.0.1"


class Command(ExactCommand):
    """`demo [--port] [--provider-port] [--data-dir] [--reset]`: prints the address and three logins, and runs until
    SIGINT or SIGTERM."""

    help = "Runs simulator, web server and worker with demo data; needs no settings"
    requires_system_checks: list[str] = []  # they would judge an environment that the demo does not use

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000, help="of the pages (default %(default)s)")
        parser.add_argument("--provider-port", type=port_number, default=9000, help="of the simulator (%(default)s)")
        parser.add_argument("--data-dir", type=Path, default=settings.BASE_DIR / "var" / "demo", help="its own folder")
        parser.add_argument("--reset", action="store_true", help="begin anew: deletes the demo's own folder")

    def handle(self, *args: Any, **options: Any) -> None:
        ports = _free_ports(options["port"], options["provider_port"])
        ended = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: ended.set())
        try:
            with open_folder(options["data_dir"], reset=options["reset"]) as folder:
                self._run(folder, ended, *ports)
        except (ChildEnded, FolderError) as error:
            raise CommandError(str(error)) from error

    def _run(self, folder: Folder, ended: threading.Event, port: int, provider_port: int) -> None:
        children = Children(child_environment(os.environ, folder.path, folder.keys()))
        try:
            self._start(children, folder, ended, port, provider_port)
            while not ended.wait(WAIT_SECONDS):
                children.check()
        finally:
            children.end()

    def _start(self, children: Children, folder: Folder, ended: threading.Event, port: int, provider_port: int) -> None:
        children.start("simulator", folder.log_of("simulator"), "simulator", "--port", str(provider_port))
        fill = ("fill_demo", "--provider-port", str(provider_port), "--port", str(port))
        children.run(ended, "filling of the database", folder.log_of("fill"), *fill)
        if ended.is_set():
            return
        children.start("web server", folder.log_of("web"), "serve", "--port", str(port))
        children.start("worker", folder.log_of("worker"), "worker")
        address = f"http://{HOST}:{port}/"
        while not ended.is_set() and not _answers(address):
            children.check()
            ended.wait(WAIT_SECONDS)
        if not ended.is_set():
            self._greet(address)

    def _greet(self, address: str) -> None:
        self.stdout.write(f"ClickCall {address}")
        for login in logins():
            self.stdout.write(f"{login.role} {login.username} {login.password}")
        self.stdout.flush()


def _free_ports(port: int, provider_port: int) -> tuple[int, int]:
    """Both ports, found free (0 = any); an error names the flag of the one that is taken."""
    with ExitStack() as held:
        found = [_held(held, "--port", port), _held(held, "--provider-port", provider_port)]
    return found[0], found[1]


def _held(held: ExitStack, flag: str, port: int) -> int:
    try:
        listener = held.enter_context(listen(HOST, port))
    except PortTaken as error:
        raise CommandError(f"Port {port} cannot be used ({error.strerror}). Choose another: {flag}") from error
    found: int = listener.getsockname()[1]
    return found


def _answers(address: str) -> bool:
    """Whether the first page comes; asked past any proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=5) as response:
            return bool(response.status == HTTPStatus.OK)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
