"""Providers whose lists are what a test writes down."""

import socket
from collections.abc import Callable
from typing import Any

from clickcall.models import Account, Synchronisation
from clickcall.simulator import Simulator

from .sweeps import refuses
from .wire_server import Script, Seen, WireServer, success

Provider = Callable[..., Simulator]
Scripted = Callable[..., WireServer]

ACCOUNT = {"app_id": 4861, "name": "Северный ветер", "timezone": "Asia/Kamchatka"}
EMPTY: dict[str, list[Any]] = {
    "get.account": [ACCOUNT],
    "get.virtual_numbers": [],
    "get.media_files": [],
    "get.employees": [],
    "get.tags": [],
    "get.blacklist_phone_numbers": [],
}


def lists(total: int | None = None, no: dict[str, str] | None = None, **rows: list[dict[str, Any]]) -> Script:
    """Answers each list with its rows, nothing unless given (`virtual_numbers=[…]`); `total` is what it promises.

    `no` names methods that are refused, each with its mnemonic.
    """
    known = EMPTY | {f"get.{name}": found for name, found in rows.items()}

    def script(seen: Seen, sock: socket.socket) -> None:
        method, params = seen.call["method"], seen.call["params"]
        if mnemonic := (no or {}).get(method):
            return refuses(mnemonic)(seen, sock)
        page = known[method][params.get("offset", 0) :][: params.get("limit", 1000)]
        sock.sendall(success(seen, page, {"total_items": len(known[method]) if total is None else total}))
        return None

    return script


def number_row(digits: str = "74993720692", **fields: Any) -> dict[str, Any]:
    """A number as the provider lists it."""
    scenario = {"scenario_id": 1, "scenario_name": "Anna", "is_active": True}
    return {
        "id": int(digits) % 100_000,
        "virtual_phone_number": digits,
        "name": "Moscow",
        "status": "active",
        "type": "va",
        "category": "usual",
        "scenarios": [scenario],
        **fields,
    }


def asked(simulator: Simulator) -> list[str]:
    """The methods of all requests, in their order."""
    return [line["method"] for line in simulator.journal() if line["type"] == "request"]


def row_of(account: Account) -> Synchronisation:
    """What is remembered of the account's runs."""
    return Synchronisation.objects.get(account=account)
