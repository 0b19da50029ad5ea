"""One JSON-RPC request over HTTP, and what came back."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from clickcall.provider.answers import Answer, judge
from clickcall.provider.errors import Outcome, ProviderError
from clickcall.provider.metadata import Limits, Metadata
from clickcall.provider.wire import Wire

__all__ = ["Answer", "Client", "Limits", "Metadata", "Wire"]

_log = logging.getLogger("clickcall.provider")
_SECRET_PARAMS = ("access_token", "password")


class Client:
    """One API (one base URL) over a wire. Safe for threads.

    `told` hears the metadata of every answer, errors included; `heard` its `Date` header ("" without one).
    """

    def __init__(
        self,
        wire: Wire,
        url: str,
        told: Callable[[Metadata | None], None] = lambda metadata: None,
        heard: Callable[[str], None] | None = None,
    ) -> None:
        self._wire = wire
        self.url = url
        self._told = told
        self._heard = heard

    def request(self, method: str, params: Mapping[str, Any], *, request_id: str, fresh: bool = False) -> Answer:
        """Send once, never again, and judge what comes back. Raises ProviderError only.

        `request_id` is the JSON-RPC id. `fresh` is for methods that must not be repeated: a connection that has
        been idle for long is not used for them, because the other side may be about to close it.
        """
        started = time.monotonic()
        secrets = [str(params[name]) for name in _SECRET_PARAMS if params.get(name)]
        try:
            status, body = self._wire.post(
                self.url, _envelope(method, params, request_id), fresh=fresh, heard=self._heard
            )
            answer = judge(status, body, request_id=request_id, secrets=secrets)
        except ProviderError as error:
            _note(method, request_id, str(error), started, error.http_status, error.outcome)
            self._told(error.metadata)
            raise
        _note(method, request_id, "answered", started, answer.http_status)
        self._told(answer.metadata)
        return answer


def _envelope(method: str, params: Mapping[str, Any], request_id: str) -> bytes:
    call = {"jsonrpc": "2.0", "id": request_id, "method": method, "params": dict(params)}
    # A lone surrogate (half an emoji, cut off by a browser) has no UTF-8: it goes as "?".
    return json.dumps(call, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def _note(
    method: str, request_id: str, result: str, started: float, status: int | None, outcome: Outcome | None = None
) -> None:
    """One line a request; never parameters, never an answer's text."""
    level = logging.WARNING if outcome in {Outcome.NOT_SENT, Outcome.UNKNOWN} else logging.INFO
    milliseconds = (time.monotonic() - started) * 1000
    _log.log(level, "%s id=%s %s in %.1f ms, HTTP %s", method, request_id, result, milliseconds, status or "-")
