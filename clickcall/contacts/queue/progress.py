"""How far a list has been worked. Counted at most once a minute, and the more seldom the longer the counting takes."""

import time
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.utils.timezone import now

from ...models import Call, CallRules, Contact, ContactList, Effect, QueueEntry, QueueState
from ..rules.caps import ATTEMPT
from ..rules.company import rules_of

_FRESH = 60  # seconds
_SHARE = 100  # counting takes no more than a hundredth of the time
_KEPT = 86_400  # seconds for which an old figure is better than none
_COUNTING = 30  # seconds for which nobody else begins to count


@dataclass(frozen=True, slots=True)
class Progress:
    """`called`: there was at least one attempt. `reached`: of these, a talk that was long enough. `left`: to call."""

    total: int = 0
    called: int = 0
    reached: int = 0
    left: int = 0


def of_list(row: ContactList) -> Progress:
    """The list's figures, at most a minute old as long as counting is quick."""
    return of_lists([row])[row.pk]


def of_lists(rows: list[ContactList]) -> dict[int, Progress]:
    """By list; those whose figures are old are counted anew, each by one request at a time."""
    known = cache.get_many([_key(row.pk) for row in rows])
    found: dict[int, Progress] = {}
    rules: CallRules | None = None
    for row in rows:
        until, figures = known.get(_key(row.pk), (0.0, None))
        if figures is None or (until < time.time() and cache.add(f"{_key(row.pk)}-now", 1, _COUNTING)):
            rules = rules or rules_of(row.account_id)
            figures = _counted(row, rules)
        found[row.pk] = Progress(**figures)
    return found


def _counted(row: ContactList, rules: CallRules) -> dict[str, int]:
    began = time.monotonic()
    figures = asdict(count(row, rules))
    lasts = max(_FRESH, _SHARE * (time.monotonic() - began))
    cache.set(_key(row.pk), (time.time() + lasts, figures), _KEPT)
    cache.delete(f"{_key(row.pk)}-now")
    return figures


def count(row: ContactList, rules: CallRules) -> Progress:
    """Counts the list's contacts; the archived ones are not on it."""
    people = Contact.objects.active().filter(list=row).order_by()
    total = people.count()
    calls = Call.objects.filter(contact=OuterRef("pk"))
    called = people.filter(Exists(calls.filter(ATTEMPT)), last_call__isnull=False)  # the latter has an index
    talks = calls.filter(talk_duration__gte=rules.reached_from_seconds)
    talks = talks.exclude(wrap_up__outcome__effect=Effect.MACHINE)
    worked = QueueEntry.objects.filter(contact__archived_at=None, contact__list=row).exclude(state=QueueState.OPEN)
    return Progress(total, called.count(), called.filter(Exists(talks)).count(), total - worked.count())


def next_at(row: ContactList, at: datetime | None = None) -> datetime | None:
    """When the next attempt by the plan is due in the list; None where no one waits for a time."""
    moment = at or now()
    later = QueueEntry.objects.open().filter(list=row, next_attempt_at__gt=moment).order_by("next_attempt_at")
    return later.values_list("next_attempt_at", flat=True).first()


def _key(list_id: int) -> str:
    return f"queue-progress-{list_id}"
