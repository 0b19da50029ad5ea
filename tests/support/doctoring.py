"""Providers that are well or ill, and what the doctor finds."""

import json
import socket
import time
from collections.abc import Callable
from typing import Any

from clickcall.accounts import doctor
from clickcall.models import Account

from .wire_server import Script, Seen, WireServer, http

Scripted = Callable[..., WireServer]
KEY = "test-key-0123456789abcdef"
LIMITS = {
    "day_limit": 1000,
    "day_remaining": 900,
    "day_reset": 3600,
    "minute_limit": 60,
    "minute_remaining": 60,
    "minute_reset": 30,
}


def answer(seen: Seen, *headers: str, **metadata: Any) -> bytes:
    """A good answer to either question."""
    rows = [] if seen.call["method"] == "list.calls" else [{"app_id": 1, "name": "Acme", "timezone": "Europe/Moscow"}]
    result = {"data": rows, "metadata": metadata}
    return http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "result": result}), "200 OK", *headers)


def well(*headers: str, seconds: float = 0.0, **metadata: Any) -> Script:
    def script(seen: Seen, sock: socket.socket) -> None:
        time.sleep(seconds)
        sock.sendall(answer(seen, *headers, **metadata))

    return script


def refuses(mnemonic: str, message: str = "no", **data: Any) -> Script:
    def script(seen: Seen, sock: socket.socket) -> None:
        error = {"code": -32001, "message": message, "data": {"mnemonic": mnemonic, **data}}
        sock.sendall(http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "error": error})))

    return script


def apart(call: Script, data: Script) -> Script:
    """One script for each API."""
    return lambda seen, sock: (call if seen.head.startswith("POST /v4.0") else data)(seen, sock)


def found(account: Account) -> list[tuple[str | None, str | None, str, str]]:
    return [(one.token, one.api, one.code, one.level) for one in doctor.examine(account).findings]
