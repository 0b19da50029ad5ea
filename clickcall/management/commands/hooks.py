"""`manage.py hooks --account SLUG [--json]`: what to paste into the provider's cabinet so that it tells us of calls."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from ...calls.webhooks import addresses, pasting
from ...models.fields import is_readable
from ..account_command import AccountCommand

LOCAL = "http://127.0.0.1:8000"


class Command(AccountCommand):
    """Makes the address at the first use. Ends with 2 for an unknown account."""

    help = "Prints the address for notifications of an account, secret included, and the template for each event."

    def handle(self, *args: Any, account: str, as_json: bool, **options: Any) -> None:
        found = self.account_of(account)
        addresses.make_secret(found)
        if not settings.CLICKCALL_PUBLIC_URL:
            self.stderr.write(f"CLICKCALL_PUBLIC_URL is not set: the address begins with {LOCAL}.")
        if not is_readable(found.hook_secret):
            raise CommandError("The address cannot be read: put the key before back into CLICKCALL_TOKEN_KEYS.")
        url = addresses.address(found, settings.CLICKCALL_PUBLIC_URL or LOCAL)
        self.stdout.write((in_json if as_json else in_text)(url, pasting.templates()))


def in_json(url: str, templates: dict[str, str]) -> str:
    """A public interface."""
    return json.dumps({"url": url, "templates": templates}, ensure_ascii=False)


def in_text(url: str, templates: dict[str, str]) -> str:
    parts = [f"POST {url}", *(f"{pasting.TITLES[event]} ({event})\n{body}" for event, body in templates.items())]
    return "\n\n".join(parts)
