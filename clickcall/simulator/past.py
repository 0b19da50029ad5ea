"""Calls of before the simulator was started: rows of the report, as whoever remembers them tells it."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from clickcall.simulator.config import Account
from clickcall.simulator.regions import region_of

Row = dict[str, Any]
Dated = tuple[float, Row]


def _when(dated: Dated) -> float:
    return dated[0]


class Past:
    """The rows of every account with their starts as Unix times, the oldest first. A call is kept once."""

    def __init__(self) -> None:
        self._rows: defaultdict[str, list[Dated]] = defaultdict(list)
        self._known: set[tuple[str, Any]] = set()
        self._talks: dict[tuple[Any, str], int] = {}
        self._communications: dict[tuple[str, Any], Row] = {}

    def add(self, account: Account, rows: Iterable[Dated]) -> None:
        """Remember calls of the account."""
        for dated in rows:
            name = account.slug, dated[1]["id"]
            if name not in self._known:
                dated[1].setdefault("cpn_region_name", region_of(dated[1].get("contact_phone_number", "")))
                self._known.add(name)
                insort(self._rows[account.slug], dated, key=_when)
                self._communications[account.slug, dated[1]["communication_id"]] = dated[1]
                self._keep_records(dated[1])

    def talk(self, communication_id: int, record: str) -> int | None:
        """How many seconds a recording lasts; None if there is none."""
        return self._talks.get((communication_id, record))

    def communication(self, account: Account, communication_id: float) -> Row | None:
        """The account's call of that communication, to be read and marked."""
        return self._communications.get((account.slug, communication_id))

    def between(self, account: Account, first: float, last: float) -> Iterator[Row]:
        """The account's calls that began from `first` on and before `last`, Unix times."""
        rows = self._rows[account.slug]
        for position in range(bisect_left(rows, first, key=_when), len(rows)):
            if rows[position][0] >= last:
                return
            yield rows[position][1]

    def _keep_records(self, row: Row) -> None:
        for record in row["call_records"]:
            self._talks[row["communication_id"], record] = row["talk_duration"]
