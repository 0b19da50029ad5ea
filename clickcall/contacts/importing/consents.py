"""What a file says of consents to advertising, and which of it counts."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.timezone import localdate

from ...models import Account, Consent, ConsentState
from .rows import Row


class Said(NamedTuple):
    """A row's consent, and the phones in that row: another row may join it later with phones of its own."""

    digits: Sequence[str]
    state: ConsentState
    date: date | None
    source: str


def said_in(row: Row, state: ConsentState) -> Said:
    return Said([phone.digits for phone in row.phones], state, row.consent_date, row.consent_source)


class Withdrawals:
    """Phones whose consent was withdrawn, to the account's knowledge and by the rows of the file so far.

    A file may be older than a withdrawal. So a consent in it only counts where it is surely later: it has a day, and
    the day is after that of the withdrawal, which is at the latest the one on which it was noted.
    """

    def __init__(self, account: Account) -> None:
        self._tz = account.tz
        self._today = localdate(timezone=account.tz)
        self._days: dict[str, date | None] = {}  # None for a phone whose later consent the file has told

    def know(self, entries: Iterable[Consent]) -> None:
        """What holds for phones by the account's history; what the file said of them before goes first."""
        for entry in entries:
            if entry.state == ConsentState.WITHDRAWN:
                self._days.setdefault(entry.digits, entry.date or localdate(entry.at, timezone=self._tz))

    def counts(self, digits: str, state: ConsentState, day: date | None) -> bool:
        """Whether what the next row says of a phone holds; it is remembered then."""
        if state == ConsentState.WITHDRAWN:
            self._days[digits] = day or self._today
        elif withdrawn := self._days.get(digits):
            if day is None or day <= withdrawn:
                return False
            self._days[digits] = None
        return True
