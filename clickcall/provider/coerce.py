"""The provider's values (numbers and booleans as text, null for empty) become ours; nothing here raises."""

import math
import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

# 2**63 has 19 digits and session IDs may exceed it; beyond 64 digits it is no identifier any more.
_WHOLE = re.compile(r"-?[0-9]{1,64}", re.ASCII)
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_AFTER_NUMBER = re.compile(r"[.,;*#pw]", re.IGNORECASE)
_WORDS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def storable(value: str) -> str:
    """The text with what no database takes (NUL, lone surrogates) replaced by U+FFFD."""
    return UNSTORABLE.sub("\ufffd", value)


def text(value: object) -> str:
    """Text of a string or a whole number; "" for null and anything else."""
    if isinstance(value, str):
        return storable(value).strip()
    if isinstance(value, int) and not isinstance(value, bool) and _is_short(value):
        return str(value)
    return ""


def whole(value: object) -> int | None:
    """A whole number, exact whatever its size, also from "12" and 12.0; None for booleans and anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if _is_short(value) else None
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() and abs(value) < 1e15 else None
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        return int(value)
    return None


def seconds(value: object) -> int | None:
    """A duration in whole seconds, 0 to 2**31 - 1; fractions are cut off."""
    if isinstance(value, float) and math.isfinite(value):
        value = math.floor(value)
    number = whole(value)
    return number if number is not None and 0 <= number < 2**31 else None


def flag(value: object) -> bool | None:
    """A boolean, also from "true", "false", 1, 0; None for anything else."""
    if isinstance(value, bool):
        return value
    return _WORDS.get(text(value).lower())


def digits(value: object) -> str:
    """The digits of a phone number, without the DTMF that can follow it ("74959268686...9.2.3.3")."""
    number = _AFTER_NUMBER.split(text(value), maxsplit=1)[0]
    return "".join(c for c in number if c in "0123456789")


def session_id(value: object) -> str:
    """A call session ID as text: from a JSON number or a string of digits; "" for anything else."""
    if isinstance(value, float):
        return ""
    number = whole(value)
    return str(number) if number is not None and number > 0 else ""


def moment(value: object, tz: ZoneInfo) -> datetime | None:
    """A time in UTC from "2016-10-19 12:26:48", "2016-10-19T12:26:48.418" or one with Z or an offset.

    A naive time is the account's (`tz`); of an ambiguous one the first, a non-existent one is moved on by the gap.
    None for anything else.
    """
    try:
        parsed = datetime.fromisoformat(text(value))
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=tz)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def web_link(value: object) -> str:
    """A link that a page may show: http or https, nothing that a browser would execute; "" for anything else."""
    link = text(value)
    return link if link.lower().startswith(("https://", "http://")) else ""


def mapping(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def _is_short(value: int) -> bool:
    return abs(value) < 10**64
