"""Creates or updates accounts from a declarative file."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from clickcall.management.database import prepare
from clickcall.management.exact_command import ExactCommand
from clickcall.management.provisioning.apply import provision
from clickcall.management.provisioning.entries import BadFile


class Command(ExactCommand):
    """`provision FILE.toml`: prints {created, updated, unchanged} as JSON; ends with 2 for a file that is no good."""

    help = "Creates or updates accounts, people, numbers and contacts from a TOML file"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.toml")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        prepare()  # it may be the first command on an empty database
        try:
            run = provision(file, os.environ)
        except BadFile as error:
            self.stderr.write(f"{file}: {error}")
            sys.exit(2)
        for line in run.notices:
            self.stderr.write(line)
        tally = run.tally
        counted = {"created": tally.created, "updated": tally.updated, "unchanged": tally.unchanged}
        self.stdout.write(json.dumps(counted))
