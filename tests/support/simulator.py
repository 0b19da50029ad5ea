"""The simulator for tests: configurations, a clock that is set by hand, and a plain client."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from typing import Any, Self

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


class Receiver(ThreadingHTTPServer):
    """Takes what is posted to `url`. Answers with the next of `statuses`, then with 200; `pause` makes it slow."""

    daemon_threads = True

    def __init__(self, *statuses: int, pause: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), _Taker)
        self.statuses, self.pause = list(statuses), pause
        self.taken: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}/hooks/secret/"
        self._thread = Thread(target=self.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def bodies(self) -> list[dict[str, Any]]:
        """What has come so far, parsed."""
        return [json.loads(body) for body in self.taken]

    def events(self) -> list[str]:
        """The names of the events that have come so far."""
        return [body["event"] for body in self.bodies()]


class _Taker(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        time.sleep(self.server.pause)
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        if status == 200:
            self.server.taken.append(body)
        self.send_response(status)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's name)
        pass


def eventually(holds: Callable[[], Any], seconds: float = 5.0) -> Any:
    """What `holds` returns as soon as it is true."""
    deadline = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.005)
    return found


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
