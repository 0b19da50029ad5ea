"""Points: every successful request costs one; so many a minute and a day for each account."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from clickcall.simulator.config import Account
from clickcall.simulator.refusals import Refusal


class Points:
    """What the accounts have used up in the current minute and the current day of their zone."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._used: Counter[tuple[str, str, int]] = Counter()

    def reset(self) -> None:
        """Forget what was used."""
        self._used.clear()

    def admit(self, account: Account) -> None:
        """Raise `limit_exceeded` when the account has no point left."""
        limits = self.limits(account)
        for kind in ("minute", "day"):
            if limits[f"{kind}_remaining"] <= 0:
                raise Refusal("limit_exceeded", limit_type=kind, limit_max_value=limits[f"{kind}_limit"])

    def charge(self, account: Account) -> None:
        """Take one point, for a success."""
        for kind, (window, _) in self._windows(account).items():
            self._used[account.slug, kind, window] += 1

    def limits(self, account: Account) -> dict[str, int]:
        """`metadata.limits`: points and seconds."""
        allowed = {"day": account.day_limit, "minute": account.minute_limit}
        limits: dict[str, int] = {}
        for kind, (window, left) in self._windows(account).items():
            used = self._used[account.slug, kind, window]
            limits[f"{kind}_limit"] = allowed[kind]
            limits[f"{kind}_remaining"] = max(0, allowed[kind] - used)
            limits[f"{kind}_reset"] = left
        return limits

    def _windows(self, account: Account) -> dict[str, tuple[int, int]]:
        """The current day and minute: a number that names the window, and the whole seconds until it ends."""
        now = self._clock()
        local = datetime.fromtimestamp(now, ZoneInfo(account.timezone))
        tomorrow = datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), local.tzinfo)
        day_left = int(tomorrow.timestamp() - now) + 1
        return {"day": (local.toordinal(), day_left), "minute": (int(now // 60), 60 - int(now) % 60)}
