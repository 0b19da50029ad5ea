"""`manage.py export_calls --account SLUG FILE [--since DAY] [--till DAY] [--language ru|en]`"""

from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser

from ...reports.exports.calls import call_rows
from .. import exporting
from ..exact_command import ExactCommand


class Command(ExactCommand):
    """Days are calendar days of the account, both included. Ends with 0, or with 2 as `export_contacts` does."""

    help = "Writes the call log to a CSV or XLSX file."

    def add_arguments(self, parser: CommandParser) -> None:
        exporting.add_arguments(parser)
        parser.add_argument("--since", metavar="YYYY-MM-DD")
        parser.add_argument("--till", metavar="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        account = exporting.the_account(options["account"])
        wishes = {name: _day(options[name]) for name in ("since", "till") if options[name]}
        with exporting.spoken(account, options["language"]):
            count = exporting.save(call_rows(exporting.whole_account(account), wishes), options["file"])
        self.stdout.write(f"{count} calls")


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise CommandError("A day is written like 2026-11-23.", returncode=exporting.WRONG) from None
