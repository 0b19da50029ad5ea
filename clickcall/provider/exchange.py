"""What happens to one request on the wire, told by the connection that carries it.

Connections are made and chosen deep inside urllib3's pool, so the request in hand reaches them by a context variable.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Exchange:
    """One request. Times are `time.monotonic()` seconds, time-outs are seconds.

    `cause` is what it is called if it fails now, before it left. `has_left` becomes true when the first byte of the
    request itself is handed to the socket: after connect, after a proxy's CONNECT and after the TLS handshake.
    `deadline` holds for connecting first, for the whole answer afterwards. `public_only`: no address inside a private
    network is connected to, whatever name leads there.
    """

    read_timeout: float
    deadline: float
    idle_limit: float | None = None
    public_only: bool = False
    cause: str = "unreachable"
    has_left: bool = False
    connections_opened: int = 0

    def leave(self) -> None:
        """The request leaves now; from here on its outcome can be unknown."""
        if not self.has_left:
            self.has_left = True
            self.deadline = time.monotonic() + self.read_timeout

    def remaining(self) -> float:
        """Seconds until the deadline. TimeoutError when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline for the whole exchange is over")
        return left


_current: ContextVar[Exchange] = ContextVar("clickcall_exchange")


def current() -> Exchange:
    """The exchange that this thread is carrying out."""
    return _current.get()


@contextmanager
def carrying(exchange: Exchange) -> Iterator[Exchange]:
    """Make the exchange the current one of this thread."""
    token = _current.set(exchange)
    try:
        yield exchange
    finally:
        _current.reset(token)
