"""Where a walk through a list may begin, remembered for the next one: a million worked contacts are looked at once.

What is remembered holds only as long as nobody comes back before that place: from another owner, another list or the
archive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.utils.timezone import now

from ...models import ContactList, Member

_FORGETS = 3600  # seconds
# A change may be seen by others so long after its moment: transactions end later, and clocks differ.
_SLACK = timedelta(minutes=1)


@dataclass(frozen=True)
class Places:
    """One member's places in one list, each with the moment at which it was looked for."""

    member: Member
    row: ContactList
    at: datetime

    def recall(self, *tiers: str) -> list[Any]:
        """The place of each tier; None where none is known, or not any more."""
        keys = [self._key(tier) for tier in tiers]
        known = cache.get_many([*keys, _changed(self.row.pk)])
        found = [known.get(key) for key in keys]
        since = min((at for _place, at in filter(None, found)), default=None)
        if since is None or self._has_changed(known.get(_changed(self.row.pk)), since - _SLACK):
            return [None for _key in keys]
        return [one[0] if one else None for one in found]

    def keep(self, tier: str, place: object, seconds: int = _FORGETS) -> None:
        cache.set(self._key(tier), (place, self.at), min(seconds, _FORGETS))

    def _has_changed(self, changed: datetime | None, since: datetime) -> bool:
        """Also by somebody who has left: their contacts are everybody's."""
        if changed is not None and changed >= since:
            return True
        return Member.objects.filter(account_id=self.row.account_id, archived_at__gte=since).exists()

    def _key(self, tier: str) -> str:
        return f"queue-{tier}-{self.row.pk}-{self.member.pk}"


def forget(lists: Iterable[int]) -> None:
    """Somebody came (back) to these lists, or to another owner there."""
    moment = now()
    cache.set_many({_changed(key): moment for key in lists}, 2 * _FORGETS)


def _changed(list_id: int) -> str:
    return f"queue-changed-{list_id}"
