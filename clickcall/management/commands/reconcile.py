"""`manage.py reconcile --account SLUG --day D [--json] [--repair]`: is the log of a day what the provider has?"""

import json
import sys
from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import now

from ...calls.reconcile import NotAsked, reconcile
from ...models import Account
from ..account_command import WRONG, AccountCommand

DIFFERENT, NOT_ASKED = 1, 3


class Command(AccountCommand):
    """Ends with 0 when both sides are equal, 1 when not, 3 when the provider was not asked, 2 for wrong arguments.

    With `--repair` what is printed is how things stand after it.
    """

    help = "Compares a day's calls with the provider's report, both ways."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--day", required=True, metavar="YYYY-MM-DD", help="a calendar day of the account")
        parser.add_argument("--repair", action="store_true", help="take in what only the provider has")

    def handle(self, *args: Any, account: str, day: str, as_json: bool, repair: bool, **options: Any) -> None:
        found = self.account_of(account)
        try:
            kept = reconcile(found, _day(found, day), repair=repair)
        except NotAsked as error:
            self.stderr.write(f"The provider of {account} could not be asked: {error}.")
            sys.exit(NOT_ASKED)
        self.stdout.write((in_json if as_json else in_text)(kept.result))
        if not kept.is_equal:
            sys.exit(DIFFERENT)


def _day(account: Account, written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise CommandError("The day is written like 2026-11-23.", returncode=WRONG) from None
    if day > now().astimezone(account.tz).date():
        raise CommandError("This day has not begun yet.", returncode=WRONG)
    return day


def in_json(result: dict[str, Any]) -> str:
    """A public interface."""
    return json.dumps(result, ensure_ascii=False)


def in_text(result: dict[str, Any]) -> str:
    summary = (
        f"{result['account']}, {result['day']}: the provider has {result['provider']} of our calls, we have "
        f"{result['ours']}; {len(result['only_provider'])} missing, {len(result['only_ours'])} extra, "
        f"{len(result['different'])} different; {result['others']} of other programs"
    )
    lines = [summary]
    lines += [f"only ours: {_name(one)}" for one in result["only_ours"]]
    lines += [f"only at the provider: {_name(one)}" for one in result["only_provider"]]
    for one in result["different"]:
        said = ", ".join(f"{name} {ours!r} / {theirs!r}" for name, (ours, theirs) in one["fields"].items())
        lines.append(f"different: {_name(one)}: {said}")
    return "\n".join(lines)


def _name(one: dict[str, Any]) -> str:
    return f"session {one['call_session_id'] or '-'}, press {one['external_id'] or '-'}"
