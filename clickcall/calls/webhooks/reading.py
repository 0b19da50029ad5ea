"""What came in, before anything is done with it: the text that is stored, and what is wrong with it."""

import json
import math
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from ...provider.coerce import session_id, storable, text
from ...provider.hooks import event_of
from ...provider.redact import redact
from ...web.logs import without_secrets

_DOUBLED = re.compile(r':\s*""\s*[^\s",}\]]')  # "external_id": ""abc""


@dataclass(frozen=True, slots=True)
class Read:
    """One body. `stored` is redacted; `problem` a code with its details (see `problems`), "" where all is well.

    `refused`: it is no flat JSON object, so that the sender is told so. An object that names no event or no call is
    kept and shown as well, but sending it again would not mend it.
    """

    stored: str
    event: str = ""
    call_session_id: str = ""
    problem: str = ""
    refused: bool = False


def read(raw: bytes, secret: str) -> Read:
    """Reads a body; `secret` is the one of our address. Never raises."""
    try:
        body = json.loads(raw, parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        written = raw.decode("utf-8", "replace")
        return Read(_cleaned(written, secret), problem=_unreadable(written, error), refused=True)
    if problem := _not_flat(body):
        return Read(_cleaned(raw.decode("utf-8", "replace"), secret), problem=problem, refused=True)
    stored = json.dumps(redact(body, [secret]), ensure_ascii=False)
    return Read(stored, event_of(body), session_id(body.get("call_session_id")), _incomplete(body))


def _cleaned(written: str, secret: str) -> str:
    return without_secrets(str(redact(storable(written), [secret])))


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(digits: str) -> float | str:
    """1e999 is no number to a database; its text stays."""
    number = float(digits)
    return number if math.isfinite(number) else digits


def _unreadable(written: str, error: Exception) -> str:
    if not written.strip():
        return "empty"
    if "{{" in written:
        return "unfilled"
    if _DOUBLED.search(written):
        return "quotes"
    if isinstance(error, json.JSONDecodeError):
        return f"not_json {error.lineno} {error.colno}"
    return "not_json"


def _not_flat(body: object) -> str:
    """An object of single values; a list of single values is one, too (the provider has lists of IDs)."""
    if not isinstance(body, dict):
        return "not_object"
    for name, value in body.items():
        inside = value if isinstance(value, list) else [value]
        if any(isinstance(one, dict | list) for one in inside):
            return f"nested {storable(name)[:40]}"
    return ""


def _incomplete(body: dict[str, Any]) -> str:
    """What is missing for the notification to be about anything."""
    known, session = event_of(body), session_id(body.get("call_session_id"))
    if known and session:
        return ""
    if any(isinstance(value, str) and "{{" in value for value in body.values()):
        return "unfilled"
    if known:
        return "no_session"
    name = text(body.get("event"))
    return f"unknown_event {name[:40]}" if name else "no_event"
