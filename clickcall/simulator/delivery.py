"""How an answer travels: what the fates on the wire make of it."""

from dataclasses import dataclass
from typing import Any

from clickcall.simulator import envelope
from clickcall.simulator.fates import Fate
from clickcall.simulator.refusals import Refusal

JSON = "application/json; charset=UTF-8"
TEXT = "text/plain; charset=UTF-8"
BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server does: answer after `delay` seconds, or reset the connection, or never answer."""

    body: bytes = b""
    status: int = 200
    content_type: str = JSON
    delay: float = 0.0
    headers: tuple[tuple[str, str], ...] = ()
    reset: bool = False
    hang: bool = False


def plain(status: int, text: str) -> Reply:
    """A sentence for people."""
    return Reply(f"{text}\n".encode(), status, TEXT)


def deliver(fate: Fate | None, request_id: Any, body: bytes, slow_seconds: float) -> Reply:
    """The reply that carries `body`, the success, as `fate` will have it."""
    match fate:
        case Fate.LOST_TIMEOUT | Fate.LOST_NEVER:
            return Reply(hang=True)
        case Fate.LOST_RESET:
            return Reply(reset=True)
        case Fate.LOST_BROKEN_JSON:
            return Reply(body[: len(body) // 2])
        case Fate.LOST_WRONG_ID:
            return Reply(envelope.success("another-request", {"call_session_id": 1}, {}))
        case Fate.HTTP_502 | Fate.HTTP_502_PLACED:
            return Reply(BAD_GATEWAY, 502, "text/html")
        case Fate.INTERNAL_ERROR_PLACED:
            return Reply(envelope.failure(request_id, Refusal("internal_error")))
        case Fate.SLOW:
            return Reply(body, delay=slow_seconds)
        case _:
            return Reply(body)
