"""The background process."""

import signal
import sys
import threading
from contextlib import ExitStack
from typing import Any

from django.core.management.base import CommandParser

from clickcall.calls.sweep import sweep_round
from clickcall.management import jobs, worker_loop
from clickcall.management.database import require_ready
from clickcall.management.exact_command import ExactCommand

NOT_ASKED = 3
SWEEPERS = 3  # accounts whose providers may be slow at the same time before calls of others wait for them


class Command(ExactCommand):
    """`worker [--once]`: looks after calls that have not ended, and does what is to be done now and then (`jobs`),
    until SIGTERM or SIGINT.

    `--once` does one round for every such call whatever its turn, and ends with 3 if a provider could not be asked.
    """

    help = "Looks up calls that have not ended yet; runs beside `serve`"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round for every call, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        require_ready()
        if once:
            self._once()
            return
        ended = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        with ExitStack() as stack:
            stack.enter_context(worker_loop.beating(ended))
            stack.enter_context(worker_loop.beside(jobs.round_of_jobs, ended))
            for _other in range(SWEEPERS - 1):
                stack.enter_context(worker_loop.beside(sweep_round, ended))
            worker_loop.loop(sweep_round, ended)

    def _once(self) -> None:
        result = sweep_round(everything=True)
        for account in result.failed_accounts:
            self.stderr.write(f"The provider of {account} could not be asked.")
        if result.failed_accounts:
            sys.exit(NOT_ASKED)
