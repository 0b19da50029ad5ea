"""Secrets are taken out before anything is stored, logged or put into an exception."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from clickcall.provider.coerce import UNSTORABLE, storable

HIDDEN = "•••"
_SECRET_KEYS = {"access_token", "authorization", "password", "secret", "session", "session_key", "token"}
_SHOW_TAIL_FROM = 12  # characters; four of a shorter secret would give too much away
_DEEPEST = 64  # nothing the provider sends is nested so far
_TELLING = re.compile(rf'{UNSTORABLE.pattern}|"(?:{"|".join(_SECRET_KEYS)})":', re.IGNORECASE)


def mask(secret: str) -> str:
    """ "…abcd" for a secret of at least 12 characters, else "•••"."""
    return f"…{secret[-4:]}" if len(secret) >= _SHOW_TAIL_FROM else HIDDEN


def redact(obj: Any, secrets: Collection[str] = ()) -> Any:
    """A deep copy of JSON-like data without secrets, and without text that no database takes.

    The values of keys that name a secret are masked whole; any of `secrets` is masked wherever it occurs in a string or
    a key, also as it looks inside a JSON text (`error.data.value` echoes what was sent).
    """
    known = {storable(s) for s in secrets if s}
    known |= {json.dumps(s, ensure_ascii=escaped)[1:-1] for s in known for escaped in (True, False)}
    text = _as_text(obj)
    if _is_harmless(text, known):
        return json.loads(text)
    touched = re.compile("|".join([UNSTORABLE.pattern, *map(re.escape, sorted(known))]))
    return _copy(obj, _Known(known, touched), 0)


def _as_text(obj: Any) -> str:
    """As JSON; "" for what JSON cannot say."""
    try:
        return json.dumps(obj, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return ""


def _is_harmless(text: str, secrets: set[str]) -> bool:
    """Nearly every answer is: one look at the whole as a text finds out what looking at each of its parts would."""
    if not text or "\\" in text or text.count("[") + text.count("{") > _DEEPEST:
        return False  # a backslash may hide anything
    return not (_TELLING.search(text) or any(secret in text for secret in secrets))


@dataclass(frozen=True, slots=True)
class _Known:
    """The secrets, and what finds out quickly that a text holds neither one of them nor anything unstorable."""

    secrets: set[str]
    touched: re.Pattern[str]


def _copy(obj: Any, known: _Known, depth: int) -> Any:
    if isinstance(obj, str):
        return _clean(storable(obj), known.secrets) if known.touched.search(obj) else obj
    if depth > _DEEPEST and isinstance(obj, dict | list | tuple):
        return HIDDEN
    if isinstance(obj, dict):
        return {_copy(k, known, depth): _value(k, v, known, depth) for k, v in obj.items()}
    if isinstance(obj, list | tuple):
        return [_copy(item, known, depth + 1) for item in obj]
    return obj


def _value(key: object, value: Any, known: _Known, depth: int) -> Any:
    if isinstance(key, str) and key.lower() in _SECRET_KEYS and value is not None and value != "":
        return _clean(mask(storable(value)) if isinstance(value, str) else HIDDEN, known.secrets)
    return _copy(value, known, depth + 1)


def _clean(value: str, secrets: set[str]) -> str:
    present = [s for s in secrets if s in value]
    if not present:
        return value
    for candidate in (_masked(value, present), HIDDEN):
        if not any(s in candidate for s in secrets):
            return candidate
    return ""


def _masked(value: str, secrets: list[str]) -> str:
    """Overlapping occurrences count as one: the tail that is left of one must not complete another."""
    spans: list[tuple[int, int, str]] = []
    for start, stop, secret in sorted((at, at + len(s), s) for s in secrets for at in _occurrences(value, s)):
        if spans and start < spans[-1][1]:
            first, end, last = spans[-1]
            spans[-1] = (first, stop, secret) if stop > end else (first, end, last)
        else:
            spans.append((start, stop, secret))
    parts, done = [], 0
    for start, stop, secret in spans:
        parts += [value[done:start], mask(secret)]
        done = stop
    return "".join([*parts, value[done:]])


def _occurrences(value: str, secret: str) -> list[int]:
    found, at = [], value.find(secret)
    while at >= 0:
        found.append(at)
        at = value.find(secret, at + 1)
    return found
