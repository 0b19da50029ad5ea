"""The provider on a real socket, for the demo, for training and for tests."""

import argparse
import sys
from typing import Any

from django.core.management.base import CommandParser

from clickcall.management.exact_command import ExactCommand
from clickcall.simulator import cli


class Command(ExactCommand):
    """`simulator [--port 9000] [--speed 1] [--config FILE.toml] [--fates]`; ends on SIGINT and SIGTERM."""

    help = "Runs the provider simulator"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The flags of `python -m clickcall.simulator`."""
        cli.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until told to end."""
        if status := cli.run(argparse.Namespace(**options), self._say):
            sys.exit(status)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
