"""A press and its outcome for programs: the JSON object of `dial`, a public interface."""

from typing import Any

from ..models import Call, Dispatch
from .params import WIRE_NAMES
from .services import Placement

EXIT_CODES = {
    Dispatch.ACCEPTED: 0,
    "invalid": 2,
    Dispatch.REFUSED: 3,
    Dispatch.NOT_SENT: 3,
    Dispatch.NOT_PLACED: 3,
    Dispatch.UNKNOWN: 4,
}


def placed(placement: Placement) -> dict[str, Any]:
    """A call that was stored. One that another process is still sending after all the time it may take is *unknown*."""
    call = placement.call
    if call is None:
        raise ValueError("nothing was stored")
    dispatch = Dispatch.UNKNOWN if call.is_pending else call.dispatch
    return {
        "external_id": call.external_id,
        "dispatch": str(dispatch),
        "call_session_id": _number(call.call_session_id),
        "duplicate": placement.duplicate,
        "warnings": list(placement.warnings),
        "error": _error(call) if dispatch != Dispatch.ACCEPTED else None,
        "errors": None,
    }


def invalid(external_id: str, errors: dict[str, list[str]], warnings: list[str] | None = None) -> dict[str, Any]:
    """Nothing was sent and no call stored; keys of `errors` are names on the wire."""
    return {
        "external_id": external_id or None,
        "dispatch": "invalid",
        "call_session_id": None,
        "duplicate": False,
        "warnings": warnings or [],
        "error": None,
        "errors": {WIRE_NAMES.get(name, name): texts for name, texts in errors.items()},
    }


def exit_code(result: dict[str, Any]) -> int:
    return EXIT_CODES[result["dispatch"]]


def _number(session_id: str) -> int | None:
    """Printed as a number, however long."""
    return int(session_id) if session_id.isdecimal() else None


def _error(call: Call) -> dict[str, Any]:
    said: dict[str, Any] = call.error or {}
    return {"mnemonic": said.get("mnemonic"), "message": _message(call, said), "field": said.get("field")}


def _message(call: Call, said: dict[str, Any]) -> str:
    """What keeps the call from being accepted now: a lost answer says nothing any more once it was looked up."""
    if call.is_pending:
        return "not_answered_yet"
    is_looked_up = call.dispatch == Dispatch.NOT_PLACED
    return call.cause if is_looked_up else said.get("message") or call.cause
