"""One application of a file: what it has counted, what it has met, and the rules that every kind of entry shares."""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from ... import phones
from ...models import Account
from .entries import BadFile, Entry

Row = TypeVar("Row", bound=Model)


@dataclass(slots=True)
class Tally:
    """Numbers of rows; one entry of the file is one row, and so is a team or a blacklisted phone that it names."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def settle(self, *, new: bool, changed: bool) -> None:
        if new:
            self.created += 1
        elif changed:
            self.updated += 1
        else:
            self.unchanged += 1


@dataclass(slots=True)
class Run:
    """`environment` answers the `…_env` keys. `notices` are lines for the operator, one-time passwords among them."""

    environment: Mapping[str, str]
    tally: Tally = field(default_factory=Tally)
    notices: list[str] = field(default_factory=list)
    _seen: dict[Hashable, str] = field(default_factory=dict)
    _said: dict[Hashable, str] = field(default_factory=dict, repr=False)

    def once(self, entry: Entry, key: str, *identity: Hashable) -> None:
        """Raises `BadFile` for a second entry of the same identity: each run would change it back and forth."""
        first = self._seen.setdefault(identity, entry.path)
        if first != entry.path:
            raise entry.bad(key, f"{first} is the same one")

    def agree(self, entry: Entry, key: str, owner: Hashable, value: str) -> None:
        """Raises `BadFile` when another entry says something else about the same thing."""
        if self._said.setdefault((key, owner), value) != value:
            raise entry.bad(key, "another entry of this file says otherwise")

    def first_time(self, *identity: Hashable) -> bool:
        """True when a row that several entries name is met for the first time."""
        known = identity in self._seen
        self._seen.setdefault(identity, "")
        return not known

    def left_archived(self, entry: Entry, row: Any) -> None:
        """What an admin put away is updated like anything else, but only an admin takes it out again."""
        if row.archived_at:
            self.notices.append(f"{entry.path}: is archived, and stays so")

    def settle(self, row: Row | None, create: Callable[[], Row], update: Callable[[Row], bool]) -> Row:
        """Creates the row or updates the one that is there, and counts it."""
        if row is None:
            row = create()
            self.tally.settle(new=True, changed=True)
        else:
            self.tally.settle(new=False, changed=update(row))
        return row

    def secret(self, entry: Entry, key: str) -> str | None:
        """The value of `key`, or of the variable that `key_env` names; None with neither."""
        variable = f"{key}_env"
        if key in entry and variable in entry:
            raise entry.bad(variable, f"give either {key} or {variable}")
        if key in entry:
            return _filled(entry, key, entry[key])
        if variable not in entry:
            return None
        value = self.environment.get(entry[variable], "")
        if not value:
            raise entry.bad(variable, f"the environment has no {entry[variable] or 'variable without a name'}")
        return value


def _filled(entry: Entry, key: str, value: str) -> str:
    if not value:
        raise entry.bad(key, "is empty")
    return value


def needed(entry: Entry, *keys: str) -> None:
    """A new row cannot do without these keys; one that is there keeps what it has."""
    for key in keys:
        if not entry.get(key):
            raise entry.bad(key, "is missing")


def checked(service: Callable[..., Any], entry: Entry, names: Mapping[str, str], *args: Any, **kwargs: Any) -> Any:
    """The service's answer; what it refuses is a bad file at the key that it refuses."""
    try:
        return service(*args, **kwargs)
    except ValidationError as error:
        raise entry.refused(error, names) from error


def read_phone(entry: Entry, key: str, text: str, account: Account) -> phones.Phone:
    """A phone as people write it, national forms read in the account's country."""
    try:
        return phones.read(text, account.country)
    except phones.PhoneError as error:
        raise entry.bad(key, error.message) from error


def read_digits(entry: Entry, key: str, text: str, account: Account) -> str:
    """As `read_phone`, but the bare digits of a number of another country are taken as the provider writes them."""
    try:
        return read_phone(entry, key, text, account).digits
    except BadFile:
        if re.fullmatch(r"[1-9][0-9]{6,14}", text):
            return text
        raise
