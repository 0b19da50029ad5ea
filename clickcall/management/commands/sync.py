"""`manage.py sync --account SLUG [--json]`: fetches what the provider keeps for an account, now."""

import json
import sys
from typing import Any

from ...models import Account
from ...numbers.sync import Counts, SyncResult, synchronise
from ...numbers.sync.words import in_words, step_words
from ..account_command import AccountCommand

NOT_ASKED = 3
LISTS = ("numbers", "media", "employees", "tags", "blacklist")


class Command(AccountCommand):
    """Ends with 0, with 3 when the provider was not asked for everything completely, with 2 for an unknown account."""

    help = "Fetches numbers, files, employees, tags and the blacklist of an account from the provider."

    def handle(self, *args: Any, account: str, as_json: bool, **options: Any) -> None:
        found = self.account_of(account)
        result = synchronise(found, progress=None if as_json else self._say)
        self.stdout.write(in_json(found, result) if as_json else in_text(result))
        for line in complaints(result):
            self.stderr.write(line)
        if not result.is_whole:
            sys.exit(NOT_ASKED)

    def _say(self, step: str, done: int, total: int) -> None:
        self.stdout.write(f"{done + 1}/{total} {step_words(step)} …")


def in_json(account: Account, result: SyncResult) -> str:
    """A public interface. A list that was not asked for changed nothing."""
    counts = {name: result.counts.get(name, Counts()) for name in LISTS}
    lists = {name: {"added": one.added, "changed": one.changed, "gone": one.gone} for name, one in counts.items()}
    return json.dumps({"account": account.slug, **lists}, ensure_ascii=False)


def in_text(result: SyncResult) -> str:
    lines = [
        f"{step_words(name)}: {one.added} added, {one.changed} changed, {one.gone} gone"
        for name, one in result.counts.items()
        if not one.problem
    ]
    return "\n".join(lines) or "Nothing was fetched."


def complaints(result: SyncResult) -> list[str]:
    """What was not fetched and why, one line each."""
    codes = {"": result.problem} | {name: one.problem for name, one in result.counts.items()}
    return [
        f"{f'{step_words(name)}: ' if name else ''}{trouble.what} ({codes[name]}). {trouble.remedy}"
        for name in codes
        if (trouble := in_words(codes[name]))
    ]
