"""The simulator for tests: configurations, a clock that is set by hand, and a plain client."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from typing import Any

import requests

from clickcall.simulator import Config, load_config
from clickcall.simulator.config import Account, Inbound

SEVER = "demo-key-sever-0123456789abcdef01"
SEVER_EXPIRED = "demo-key-sever-expired-00000000001"
NORTHWIND = "demo-key-northwind-0123456789abcdef"
NUMBER = "74993720692"


def sever_config(*, inbound: Inbound | None = None, **account: Any) -> Config:
    """The demo's configuration without calls from outside; `account` changes fields of the account "sever"."""
    demo = load_config()
    sever, *others = demo.accounts
    return replace(demo, accounts=(replace(sever, **account), *others), inbound=inbound or Inbound())


def with_account(config: Config, account: Account) -> Config:
    """The same configuration with one more account."""
    return replace(config, accounts=(*config.accounts, account))


class Clock:
    """Unix time that stands still until it is moved."""

    def __init__(self, now: float = 1_795_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def tick(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


class Rpc:
    """A client of one of the APIs, on one connection; every answer is the parsed body."""

    def __init__(self, url: str, token: str | None = SEVER) -> None:
        self.url, self.token = url, token
        self.http = requests.Session()
        self.http.trust_env = False
        self._ids = count(1)

    def ask(self, method: str, params: Mapping[str, Any] | None = None, *, request_id: Any = None) -> dict[str, Any]:
        """The whole answer to one request."""
        token = {"access_token": self.token} if self.token is not None else {}
        request = {
            "jsonrpc": "2.0",
            "id": request_id or f"test-{next(self._ids)}",
            "method": method,
            "params": {**token, **(params or {})},
        }
        body: dict[str, Any] = self.http.post(self.url, json=request, timeout=5).json()
        return body

    def data(self, method: str, **params: Any) -> Any:
        """`result.data` of a request that must succeed."""
        return self.ask(method, params)["result"]["data"]

    def error(self, method: str, **params: Any) -> dict[str, Any]:
        """`error.data` of a request that must be refused, with its `code` and `message` beside."""
        error = self.ask(method, params)["error"]
        return {**error["data"], "code": error["code"], "message": error["message"]}

    def start(self, contact: str = "79260000000", **params: Any) -> int:
        """Place a call; its session id."""
        asked = {"virtual_phone_number": NUMBER, "contact": contact, "first_call": "employee", **params}
        session: int = self.data("start.vnumber_call", **asked)["call_session_id"]
        return session

    def close(self) -> None:
        """End the connection."""
        self.http.close()
