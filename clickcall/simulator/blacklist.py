"""The blacklists: phones that are not rung and cannot ring. Configured, then changed by those who ask for it."""

from collections.abc import Set
from dataclasses import dataclass
from itertools import count
from typing import Any

from clickcall.simulator.config import Account, Blocked, Config


@dataclass(frozen=True, slots=True)
class Entry:
    """A phone with its id."""

    id: int
    phone: str
    comment: str


class Blacklists:
    """The blacklist of every account."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._ids = count(7_000_001)
        self.reset()

    def reset(self) -> None:
        """Go back to what was configured. Identifiers go on."""
        self._entries = {
            account.slug: list(map(self._entry, _configured(account))) for account in self._config.accounts
        }

    def entries(self, account: Account) -> list[Entry]:
        """The account's entries, the oldest first."""
        return self._entries[account.slug]

    def phones(self, account: Account) -> Set[str]:
        """The phones alone."""
        return {entry.phone for entry in self.entries(account)}

    def add(self, account: Account, phone: str, comment: str) -> Entry | None:
        """A new entry; None for a phone that has one."""
        if phone in self.phones(account):
            return None
        entry = self._entry(Blocked(phone, comment))
        self.entries(account).append(entry)
        return entry

    def remove(self, account: Account, identifier: Any) -> bool:
        """Take an entry away; whether there was one."""
        left = [entry for entry in self.entries(account) if entry.id != identifier]
        found = len(left) < len(self.entries(account))
        self._entries[account.slug] = left
        return found

    def _entry(self, blocked: Blocked) -> Entry:
        return Entry(next(self._ids), blocked.phone, blocked.comment)


def _configured(account: Account) -> list[Blocked]:
    return [*map(Blocked, account.blacklist), *account.blocked]
