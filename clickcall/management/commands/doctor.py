"""`doctor`: what keeps an account from calling, and how to mend it."""

import json
import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils import translation

from clickcall.accounts import doctor
from clickcall.management.account_command import AccountCommand

_SIGNS = {"ok": "ok  ", "warn": "warn", "fail": "FAIL"}


class Command(AccountCommand):
    """`doctor --account SLUG [--json]`: asks the provider harmless questions with every access key.

    Ends with 0 when nothing keeps anybody from calling, with 1 otherwise, with 2 when there is no such account.
    """

    help = "Checks access keys, the allow list and the connection of an account, and says how to mend what is wrong"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--language", default="en", help="of the messages: en or ru")

    def handle(self, *args: Any, account: str, as_json: bool, language: str, **options: Any) -> None:
        found = self.account_of(account)
        with translation.override(language):
            printed = doctor.examine(found).printed()
        if as_json:
            self.stdout.write(json.dumps(printed, ensure_ascii=False))
        else:
            self._tell(printed)
        if not printed["ok"]:
            sys.exit(1)

    def _tell(self, printed: dict[str, Any]) -> None:
        for check in printed["checks"]:
            what = " · ".join(part for part in (check["token"], check["api"]) if part)
            self.stdout.write(f"{_SIGNS[check['level']]} {what or printed['account']}: {check['message']}")
            if check["level"] != "ok":
                self.stdout.write(f"     {check['remedy']}")
