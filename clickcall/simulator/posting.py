"""One POST of a notification."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from clickcall.simulator.config import ConfigError

SECONDS = 3.0
HEADERS = {"Content-Type": "application/json; charset=UTF-8", "User-Agent": "Simulator", "Connection": "close"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where an account's notifications go; `templates`: event -> body, where an admin typed one. Raises ConfigError."""

    url: str
    templates: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            parts = self.parts
            usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 80)
        except ValueError:
            usable = False
        if not usable or not self.url.isascii() or not self.url.isprintable() or " " in self.url:
            raise ConfigError(f"{self.url!r} is no http or https URL")

    @property
    def parts(self) -> SplitResult:
        """The URL taken apart."""
        return urlsplit(self.url)


def post(target: Target, body: str) -> int | None:
    """The status that the receiver answers; None when nobody answers in time."""
    parts = target.parts
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    try:
        connection.request("POST", path, body.encode(), HEADERS)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return answer.status
