"""Lost presses, and providers that answer the sweep as a test wants."""

import json
import socket
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.utils.timezone import now

from clickcall.models import Call, Dispatch, Member, Status

from .wire_server import Script, Seen, WireServer, http, success

MOSCOW = ZoneInfo("Europe/Moscow")
SETTLED = 700  # seconds: later than a lost press may be settled


def later(seconds: float) -> time_machine.travel:
    return time_machine.travel(now() + timedelta(seconds=seconds))


def unknown(member: Member, external_id: str = "lost", **fields: Any) -> Call:
    """A press whose answer got lost."""
    defaults: dict[str, Any] = {
        "contact_phone": "79260000000",
        "dispatch": Dispatch.UNKNOWN,
        "status": Status.UNKNOWN,
        "cause": "read_timeout",
        "params": {"first_call": "employee"},
    }
    return Call.objects.create(account=member.account, member=member, external_id=external_id, **(defaults | fields))


def row(external_id: str = "lost", session: int = 100, at: datetime | None = None, **fields: Any) -> dict[str, Any]:
    """A row of the report, in Moscow's time."""
    local = (at or now()).astimezone(MOSCOW).strftime("%Y-%m-%d %H:%M:%S")
    return {
        "id": session,
        "start_time": local,
        "finish_time": local,
        "finish_reason": "caller_busy",
        "contact_phone_number": "79260000000",
        "call_api_external_id": external_id,
        "talk_duration": 0,
        **fields,
    }


def refuses(mnemonic: str) -> Script:
    def script(seen: Seen, sock: socket.socket) -> None:
        error = {"code": -32008, "message": "no", "data": {"mnemonic": mnemonic}}
        sock.sendall(http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "error": error})))

    return script


def rows(*found: dict[str, Any], total: int | None = None) -> Script:
    def script(seen: Seen, sock: socket.socket) -> None:
        offset = seen.call["params"].get("offset", 0)
        sock.sendall(success(seen, list(found)[offset:], {"total_items": len(found) if total is None else total}))

    return script


def provider_that(live: Script | None = None, report: Script | None = None, account: Script | None = None) -> Script:
    """Answers both questions with nothing unless told otherwise, and that it is in Moscow's time."""
    told = account or rows({"timezone": MOSCOW.key})
    scripts = {"list.calls": live or rows(), "get.calls_report": report or rows(), "get.account": told}
    return lambda seen, sock: scripts[seen.call["method"]](seen, sock)


def asked(server: WireServer, method: str) -> list[dict[str, Any]]:
    return [seen.call["params"] for seen in server.requests if seen.call["method"] == method]
