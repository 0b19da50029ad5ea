"""`manage.py hooks --account SLUG [--json]`: what to paste into the provider's cabinet so that it tells us of calls."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...calls.webhooks import addresses, pasting
from ...models import Account
from ..database import require_ready

LOCAL = "http://127.0.0.1:8000"


class Command(BaseCommand):
    """Makes the address at the first use. Ends with 2 for an unknown account."""

    help = "Prints the address for notifications of an account, secret included, and the template for each event."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--account", required=True, metavar="SLUG")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, account: str, json: bool, **options: Any) -> None:
        require_ready()
        found = Account.objects.filter(slug=account).first()
        if found is None:
            raise CommandError(f"There is no account {account!r}.", returncode=2)
        addresses.make_secret(found)
        if not settings.CLICKCALL_PUBLIC_URL:
            self.stderr.write(f"CLICKCALL_PUBLIC_URL is not set: the address begins with {LOCAL}.")
        url = addresses.address(found, settings.CLICKCALL_PUBLIC_URL or LOCAL)
        self.stdout.write((as_json if json else as_text)(url, pasting.templates()))


def as_json(url: str, templates: dict[str, str]) -> str:
    """A public interface."""
    return json.dumps({"url": url, "templates": templates}, ensure_ascii=False)


def as_text(url: str, templates: dict[str, str]) -> str:
    parts = [f"POST {url}", *(f"{pasting.TITLES[event]} ({event})\n{body}" for event, body in templates.items())]
    return "\n\n".join(parts)
