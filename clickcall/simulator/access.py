"""Who may ask: keys, session keys, the allow list of addresses and the right to an API."""

import hmac
import ipaddress
import secrets
from collections.abc import Callable
from typing import Any

from clickcall.simulator.config import Account, Config, Login, Token
from clickcall.simulator.refusals import NOTHING, Refusal


class Access:
    """The tokens of all accounts and the session keys given out. A session key has every right."""

    def __init__(self, config: Config, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lifetime = config.session_lifetime
        self._keys = {token.value: (account, token) for account in config.accounts for token in account.tokens}
        self._logins = {one.login: (account, one) for account in config.accounts for one in account.logins}
        self._sessions: dict[str, tuple[Account, float]] = {}

    def owner(self, token: Any) -> Account | None:
        """The account that a token belongs to, dead or alive."""
        if not isinstance(token, str):
            return None
        key, session = self._keys.get(token), self._sessions.get(token)
        return key[0] if key else session[0] if session else None

    def enter(self, token: Any, address: str, api: str, method: str) -> Account:
        """The account that `token` opens for a caller at `address`. Raises Refusal, the token echoed."""
        account, key = self._open(token)
        self._admit(account, address)
        if key and api not in key.rights:
            raise Refusal("forbidden", method=method)
        return account

    def log_in(self, login: str, password: str, address: str) -> tuple[str, int]:
        """A new session key and the Unix time at which it dies. Raises Refusal."""
        account, known = self._logins.get(login, (None, Login("", "")))
        if account is None or not hmac.compare_digest(known.password.encode(), password.encode()):
            raise Refusal("auth_error")
        self._admit(account, address)
        token, expires = secrets.token_hex(32), self._clock() + self._lifetime
        self._sessions[token] = (account, expires)
        return token, int(expires)

    def log_out(self, token: str) -> None:
        """End a session key. Raises Refusal for anything that is none."""
        if self._sessions.pop(token, None) is None:
            raise Refusal("access_token_invalid", "access_token", token)

    def _open(self, token: Any) -> tuple[Account, Token | None]:
        if token is NOTHING:
            raise Refusal("required_parameter_missed", "access_token")
        if not isinstance(token, str):
            raise Refusal("data_type_error", "access_token", token, expected="string")
        if token in self._keys:
            account, key = self._keys[token]
            if key.state != "active":
                raise Refusal(f"access_token_{key.state}", "access_token", token)
            return account, key
        session = self._sessions.get(token)
        if session is None or session[1] <= self._clock():
            raise Refusal("access_token_invalid", "access_token", token)
        return session[0], None

    def _admit(self, account: Account, address: str) -> None:
        if account.inactive:
            raise Refusal("account_inactive")
        caller = ipaddress.ip_address(address)
        networks = [ipaddress.ip_network(entry, strict=False) for entry in account.allowed_ips]
        if not any(caller in network for network in networks):
            raise Refusal("ip_not_whitelisted", ip=address)
