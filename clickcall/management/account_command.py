"""What commands about one account have in common."""

from django.core.management.base import CommandError, CommandParser

from ..models import Account
from .database import require_ready
from .exact_command import ExactCommand

WRONG = 2  # how a command ends that was called wrongly


class AccountCommand(ExactCommand):
    """`manage.py COMMAND --account SLUG [--json]`. Ends with 2 where there is no such account."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--account", required=True, metavar="SLUG")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print one JSON object and nothing else"
        )

    @staticmethod
    def account_of(slug: str) -> Account:
        """Raises CommandError for an account that is not there, or for a database that is not ready."""
        require_ready()
        found = Account.objects.filter(slug=slug).first()
        if found is None:
            raise CommandError(f"There is no account {slug!r}.", returncode=WRONG)
        return found
