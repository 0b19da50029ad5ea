"""What can be found, and what the provider's answers mean in these terms.

Every examined pair of token and API yields at least one finding; without a fault it is `ok`. Source of the mnemonics:
the table of errors in the provider's API digest.
"""

import ipaddress
import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

from ...provider.errors import NotSent, ProviderError, Refused
from ..session_keys import UNREADABLE
from .texts import message, remedy

Level = Literal["ok", "warn", "fail"]
Api = Literal["call", "data"]

CODES = (
    *("token_invalid", "token_expired", "token_blocked", "login_wrong", "ip_not_allowed", "component_missing"),
    *("account_inactive", "unreachable", "tls", "slow", "clock_skew", "version_deprecated", "points_low"),
    *("number_without_scenario", "key_unreadable"),
)
_OF_MNEMONIC = {
    "access_token_invalid": "token_invalid",
    "access_token_expired": "token_expired",
    "access_token_blocked": "token_blocked",
    "auth_error": "login_wrong",
    "ip_not_whitelisted": "ip_not_allowed",
    "forbidden": "component_missing",
    "component_disabled": "component_missing",
    "method_component_disabled": "component_missing",
    "parameter_component_disabled": "component_missing",
    "account_inactive": "account_inactive",
    "limit_exceeded": "points_low",
}
_OF_CAUSE = {"tls": "tls", "read_timeout": "slow", UNREADABLE: "key_unreadable"}
OF_THE_API = frozenset({"unreachable", "tls", "slow"})  # another key would meet the same
_ADDRESS = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?!\.?\w|:)")


@dataclass(frozen=True, slots=True)
class Finding:
    """`token` is the token's name. `details`: figures and the provider's own words, never a secret."""

    code: str
    level: Level
    token: str | None = None
    api: Api | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Self:
        """From a stored check; what a later version has written beside is left out."""
        return cls(**{name: row[name] for name in cls.__slots__ if name in row})

    def row(self) -> dict[str, Any]:
        """As it is stored: without texts, which are written anew in each reader's language."""
        return asdict(self)

    def message(self, brand: str) -> str:
        """What is the matter, in the current language."""
        return message(self.code, self.token, self.api, self.details, brand)

    def remedy(self, brand: str) -> str:
        """Who can do what about it, and where."""
        return remedy(self.code, self.api, self.details, brand)


def of_error(error: ProviderError, token: str, api: Api | None, host: str) -> Finding:
    """What a question that was not answered means."""
    mnemonic = getattr(error, "mnemonic", "")
    code = _OF_MNEMONIC.get(mnemonic) or _OF_CAUSE.get(error.cause, "unreachable")
    details: dict[str, Any] = {"cause": mnemonic or error.cause, "host": host}
    if isinstance(error, Refused) and error.message:
        details["said"] = error.message[:300]
    if not isinstance(error, NotSent) and code == "ip_not_allowed":
        details["address"] = our_address(error)
    # Without `list.calls` calls are followed by the report: nobody is kept from calling.
    warns = api == "call" and mnemonic == "component_disabled"
    return Finding(code, "warn" if warns else "fail", token, api, details)


def our_address(error: ProviderError) -> str:
    """The address that the provider saw us come from, wherever in its answer it stands; "" if it does not say."""
    for text in _ADDRESS.findall(json.dumps(error.raw or {}, ensure_ascii=False)):
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            continue
        if not address.is_unspecified:  # 0.0.0.0/0 stands in advice
            return str(address)
    return ""
