"""What happened, for tests and for the curious: one line per request received and per call placed and ended."""

import json
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

SECRETS = frozenset({"access_token", "password"})
LONGEST = 200_000


class Journal:
    """The last `LONGEST` lines. Times are ISO 8601 in UTC; secrets are masked before they are kept."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lines: deque[tuple[float, dict[str, Any]]] = deque(maxlen=LONGEST)

    def clear(self) -> None:
        """Forget everything."""
        self._lines.clear()

    def write(self, kind: str, at: float, **what: Any) -> None:
        """Add a line of the type `kind` that happened at the Unix time `at`."""
        self._lines.append((at, {"type": kind, "at": _iso(at), **what}))

    def lines(self) -> list[dict[str, Any]]:
        """All lines in the order of their times, a request before what it caused."""
        return [line for _, line in sorted(self._lines, key=lambda pair: (pair[0], pair[1]["type"] != "request"))]

    def text(self) -> bytes:
        """All lines as JSON, one a line, in UTF-8."""
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines()).encode()


def mask(value: Any) -> Any:
    """A copy of `value` in which the secrets show four characters at most."""
    if isinstance(value, dict):
        return {key: _masked(item) if key in SECRETS else mask(item) for key, item in value.items()}
    return [mask(item) for item in value] if isinstance(value, list) else value


def _masked(secret: Any) -> str:
    return f"…{secret[-4:]}" if isinstance(secret, str) and len(secret) >= 12 else "•••"


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
