"""Whether an account can call now and tomorrow: its access keys and its points, asked for once a page."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.timezone import localdate, now

from .. import points
from ..models import Account, Member, Points, Token
from ..models.prepared import Prepared
from .key_troubles import KeyTrouble, in_words
from .tokens import KEY_REFUSALS

SOON_DAYS = 14  # before its end a key is shown to admins
STOP_DAYS = 3  # before the end of the last key that works everybody is told
_KEY = ("pk", "name", "kind", "last_error", "expires_on")
_POINTS = ("minute_remaining", "minute_resets_at", "day_remaining", "day_resets_at")
_ROWS = Prepared(
    int,
    ask=lambda account: (
        Token.objects.usable()
        .filter(account_id=account)
        .values_list(*_KEY, "account__points__id", *(f"account__points__{name}" for name in _POINTS))
    ),
)


@dataclass(frozen=True, slots=True)
class KeyState:
    """A key in use as a page needs it, without its secret. `days` until its last day; None for a key without one."""

    pk: int
    name: str
    kind: str
    last_error: str
    expires_on: date | None
    days: int | None

    @classmethod
    def of(cls, token: Token) -> "KeyState":
        today = localdate(timezone=token.account.tz)
        return _key(today, token.pk, token.name, token.kind, token.last_error, token.expires_on)

    @property
    def is_over(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def is_dead(self) -> bool:
        """No call can be placed with it: the provider has refused the key itself, or its last day is over."""
        return self.is_over or self.last_error in KEY_REFUSALS

    @property
    def ends_soon(self) -> bool:
        return self.days is not None and 0 <= self.days <= SOON_DAYS

    @property
    def trouble(self) -> KeyTrouble | None:
        """The newest refusal in words."""
        return in_words(self.last_error)


def _key(today: date, pk: int, name: str, kind: str, last_error: str, expires_on: date | None) -> KeyState:
    return KeyState(pk, name, kind, last_error, expires_on, (expires_on - today).days if expires_on else None)


class Standing:
    """An account's keys in their order of use, and its points."""

    def __init__(self, account: Account) -> None:
        today = localdate(timezone=account.tz)
        self._rows = _ROWS.rows(account.pk)
        self.keys = [_key(today, *row[: len(_KEY)]) for row in self._rows]

    @cached_property
    def pause(self) -> points.Pause | None:
        """While no press can work for want of points. An account without keys has none to spend."""
        row = self._rows[0][len(_KEY) :] if self._rows else [None]
        meter = Points(**dict(zip(_POINTS, row[1:], strict=True))) if row[0] is not None else None
        return points.pause(meter, now())

    @property
    def has_stopped(self) -> bool:
        """There are keys, and none of them works."""
        return bool(self.keys) and all(key.is_dead for key in self.keys)

    @property
    def stops_on(self) -> date | None:
        """The day on which the last working key ends, from three days before it."""
        working = [key for key in self.keys if not key.is_dead]
        ends = [key.expires_on for key in working if key.expires_on and key.days is not None and key.days <= STOP_DAYS]
        return max(ends) if working and len(ends) == len(working) else None

    @property
    def ailing(self) -> list[KeyState]:
        """Keys that an admin has to do something about, the dead ones first."""
        found = [key for key in self.keys if key.is_dead or key.ends_soon]
        return sorted(found, key=lambda key: not key.is_dead)


def standing(member: Member) -> Standing:
    """The same one for a whole page: the member lives as long as the request."""
    found: Standing | None = member.__dict__.get("_standing")
    if found is None:
        found = member.__dict__["_standing"] = Standing(member.account)
    return found
