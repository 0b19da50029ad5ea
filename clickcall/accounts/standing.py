"""Whether an account can call now and tomorrow: its access keys and its points, asked for once a page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils.timezone import localdate, now

from .. import points
from ..models import Account, Member, Points, Token
from ..models.columns import attnames, loaded
from ..models.prepared import Prepared
from ..web.frame import TOKEN, frame
from .key_troubles import KeyTrouble, in_words
from .session_keys import UNREADABLE
from .tokens import KEY_REFUSALS

SOON_DAYS = 14  # before its end a key is shown to admins
STOP_DAYS = 3  # before the end of the last key that works everybody is told
_POINTS = attnames(Points)
_ROWS = Prepared(
    int,
    ask=lambda account: (
        Token.objects.usable()
        .filter(account_id=account)
        .values_list(*TOKEN, *(f"account__points__{name}" for name in _POINTS))
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
        """Of a row with its secret: whether that can be read is seen, not remembered."""
        state = cls.on(localdate(timezone=token.account.tz), token)
        if token.is_readable:
            return replace(state, last_error="") if state.last_error == UNREADABLE else state
        return replace(state, last_error=UNREADABLE)

    @classmethod
    def on(cls, today: date, token: Token) -> "KeyState":
        ends = token.expires_on
        days = (ends - today).days if ends else None
        return cls(token.pk, token.name, token.kind, token.last_error, ends, days)

    @property
    def is_over(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def is_dead(self) -> bool:
        """No call can be placed with it: the key itself was refused or cannot be read, or its last day is over."""
        return self.is_over or self.last_error in KEY_REFUSALS or self.last_error == UNREADABLE

    @property
    def ends_soon(self) -> bool:
        return self.days is not None and 0 <= self.days <= SOON_DAYS

    @property
    def trouble(self) -> KeyTrouble | None:
        """The newest refusal in words."""
        return in_words(self.last_error)


class Standing:
    """An account's keys in their order of use, and its points."""

    def __init__(self, account: Account, tokens: Iterable[Token], meter: Points | None) -> None:
        today = localdate(timezone=account.tz)
        self.keys, self._meter = [KeyState.on(today, token) for token in tokens], meter

    @classmethod
    def of(cls, account: Account) -> "Standing":
        """As it is now, in one question."""
        rows = _ROWS.rows(account.pk)
        tokens = [loaded(Token, TOKEN, row) for row in rows]
        known = rows[0][len(TOKEN) :] if rows else [None]
        return cls(account, tokens, loaded(Points, _POINTS, known) if known[0] else None)

    @cached_property
    def pause(self) -> points.Pause | None:
        """While no press can work for want of points. An account without keys has none to spend."""
        return points.pause(self._meter if self.keys else None, now())

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
    known = member.__dict__
    if "_standing" not in known:
        known["_standing"] = Standing(member.account, (seen := frame(member)).tokens, seen.points)
    found: Standing = known["_standing"]
    return found


def ask_apart(member: Member) -> None:
    """Before an answer that shows nothing else of a page's frame: the small question is enough for `standing`."""
    member.__dict__["_standing"] = Standing.of(member.account)
