"""The parameters of `start.vnumber_call` as they go on the wire: the last look before anything is sent.

Names and types are those of the provider's parameter table. The form decides about values; here only what could
never be right is stopped: an unknown name, a wrong JSON type, a text that has no UTF-8.
"""

from collections.abc import Mapping
from typing import Any

TYPES: dict[str, type] = {
    "virtual_phone_number": str,
    "virtual_phone_usage_rule": str,
    "external_id": str,
    "dtmf_string": str,
    "direction": str,
    "contact": str,
    "first_call": str,
    "switch_at_once": bool,
    "early_switching": bool,
    "show_virtual_phone_number": bool,  # in the sample request, not in the table: see Account
    "contact_message": dict,
}
MESSAGE_TYPES: dict[str, type] = {"type": str, "value": str}
REQUIRED = ("virtual_phone_number", "contact", "first_call")
REQUIRED_IN_MESSAGE = ("type", "value")


class PayloadError(ValueError):
    """What would be refused for its shape alone. `mnemonic` and `field` are the provider's words for it."""

    def __init__(self, mnemonic: str, field: str) -> None:
        super().__init__(f"{mnemonic}: {field}")
        self.mnemonic = mnemonic
        self.field = field


def build(values: Mapping[str, Any]) -> dict[str, Any]:
    """The payload without the token: values that are None are left out. Raises `PayloadError`."""
    payload = {name: value for name, value in values.items() if value is not None}
    _check(payload, TYPES, REQUIRED, "")
    if "contact_message" in payload:
        _check(payload["contact_message"], MESSAGE_TYPES, REQUIRED_IN_MESSAGE, "contact_message.")
    return payload


def _check(values: Mapping[str, Any], types: Mapping[str, type], required: tuple[str, ...], prefix: str) -> None:
    for name, value in values.items():
        if name not in types:
            raise PayloadError("unexpected_parameters", prefix + name)
        if type(value) is not types[name]:
            raise PayloadError("data_type_error", prefix + name)
        if isinstance(value, str) and not is_utf8(value):
            raise PayloadError("character_encoding_not_allowed", prefix + name)
    for name in required:
        if name not in values:
            raise PayloadError("required_parameter_missed", prefix + name)


def is_utf8(text: str) -> bool:
    """False for lone surrogates: half an emoji, or a command line in another encoding."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
