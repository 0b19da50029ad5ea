"""What an import would do, counted before it begins. Nothing is written."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ...models import Consent, ConsentState, ImportRun, Member
from ..zones import zone_by
from .consents import Withdrawals
from .known import Known, known_phones, meant, newest_consents, not_to_call, sharers
from .plan import digits_of
from .rows import Row

MOST_OWNERS = 20
MOST_LINES = 20


class Findings:
    """Counts rows: `new`, `twice` (the phone stands in a row before), `on_list`, `elsewhere` (ours, on another list),
    `shared` (of the last two: several of ours have the phones), `refused`; of those that are not refused `do_not_call`,
    `without_consent` and `time_unknown`, and `stays_withdrawn` where a phone's consent was withdrawn and what the row
    says does not undo that.

    `lines_withdrawn` names the first of the latter, by their lines in the file.
    `owners` counts the rows that are ours already by whose they are: [name, count], an empty name for nobody.
    """

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._counts: Counter[str] = Counter(dict.fromkeys(NAMES, 0))
        self._owners: Counter[int | None] = Counter()
        self._seen: set[int] = set()
        self._withdrawals, self._withdrawn = Withdrawals(run.account), list[int]()

    def take(self, rows: Sequence[Row]) -> None:
        """Counts the rows of a batch."""
        good = [row for row in rows if not row.wrong]
        self._counts["refused"] += len(rows) - len(good)
        digits = digits_of(good)
        account = self._run.account_id
        known = known_phones(account, digits, self._run.list_id)
        forbidden, newest = not_to_call(account, digits), newest_consents(account, digits)
        self._withdrawals.know(newest.values())
        for row in good:
            self._counts[self._kind(row, known)] += 1
            if row.do_not_call or any(phone.digits in forbidden for phone in row.phones):
                self._counts["do_not_call"] += 1
            self._take_consent(row, newest.get(row.phones[0].digits))
            if not zone_by(row.timezone, row.city, row.region, row.phones[0].digits).name:
                self._counts["time_unknown"] += 1

    def _take_consent(self, row: Row, newest: Consent | None) -> None:
        """`newest` is what holds for the main phone before the import."""
        state = row.consent or (newest.state if newest else None)
        if row.consent:
            told = [self._withdrawals.counts(phone.digits, row.consent, row.consent_date) for phone in row.phones]
            if not all(told):
                self._counts["stays_withdrawn"] += 1
                self._withdrawn += [row.line] if len(self._withdrawn) < MOST_LINES else []
            if not told[0]:
                state = ConsentState.WITHDRAWN
        self._counts["without_consent"] += state != ConsentState.GIVEN

    def _kind(self, row: Row, known: Known) -> str:
        digits = {int(phone.digits) for phone in row.phones}
        twice = not digits.isdisjoint(self._seen)
        self._seen |= digits
        if twice:
            return "twice"
        ours = meant(row, known)
        if ours is None:
            return "new"
        self._counts["shared"] += len(sharers(row, known)) > 1
        self._owners[ours.owner_id] += 1
        return "elsewhere" if ours.elsewhere else "on_list"

    def as_json(self) -> dict[str, Any]:
        most = self._owners.most_common(MOST_OWNERS)
        names = dict(Member.objects.filter(pk__in=[pk for pk, _count in most if pk]).values_list("pk", "name"))
        owners = [[names.get(pk, "") if pk else "", count] for pk, count in most]
        return {**self._counts, "owners": owners, "lines_withdrawn": self._withdrawn}


NAMES = (
    *("new", "twice", "on_list", "elsewhere", "shared", "refused"),
    *("do_not_call", "without_consent", "stays_withdrawn", "time_unknown"),
)
