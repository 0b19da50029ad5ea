"""`manage.py export_contacts --account SLUG --list NAME FILE [--language ru|en]`"""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from ...reports.exports.people import contact_rows
from .. import exporting
from ..exact_command import ExactCommand


class Command(ExactCommand):
    """Ends with 0, or with 2 for wrong arguments or a file that cannot be written."""

    help = "Writes a list's contacts to a CSV or XLSX file that can be imported again."

    def add_arguments(self, parser: CommandParser) -> None:
        exporting.add_arguments(parser)
        parser.add_argument("--list", required=True, dest="list_name", metavar="NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        account = exporting.the_account(options["account"])
        found = account.lists.filter(name=options["list_name"], archived_at=None).first()
        if found is None:
            raise CommandError(f"There is no list {options['list_name']!r}.", returncode=exporting.WRONG)
        with exporting.spoken(account, options["language"]):
            count = exporting.save(contact_rows(found, exporting.whole_account(account)), options["file"])
        self.stdout.write(f"{count} rows")
