"""Who has told the admins that the day's points are used up. It is forgotten when they renew, so no table keeps it."""

from django.core.cache import cache

from ..models import Member
from ..points import Pause

_MOST = 20


def tell(member: Member, pause: Pause) -> None:
    """Puts the member's name on the list that admins read, until the points renew."""
    names = told(member.account_id)
    if member.name not in names:
        cache.set(_key(member.account_id), [*names, member.name][:_MOST], timeout=pause.seconds_left + 1)


def told(account_id: int) -> list[str]:
    """The names, in the order in which they told."""
    return list(cache.get(_key(account_id)) or [])


def _key(account_id: int) -> str:
    return f"limit-told-{account_id}"
