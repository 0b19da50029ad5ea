"""What a request can end with instead of an answer.

    ProviderError
    ├── NotSent        no byte of the request left: it may be made again, as a new one
    ├── Refused        the provider said no: nothing was placed
    └── AnswerUnknown  it may have been done: never sent again, looked up

Foreign exceptions (requests, urllib3, ssl, sockets) are mapped to these in `wire`, answers in `answers`.
No text of an exception holds the token or the body of the request.
"""

from enum import StrEnum
from typing import Any, ClassVar

from clickcall.provider.metadata import Metadata


class Outcome(StrEnum):
    """The same words as a call's dispatch."""

    NOT_SENT = "not_sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class ProviderError(Exception):
    """`cause` is a short machine code; `metadata` what the answer brought along, if one came.

    `http_status` is None and `raw` (the redacted body) is None where no answer could be read.
    """

    outcome: ClassVar[Outcome]

    def __init__(
        self,
        cause: str,
        *,
        metadata: Metadata | None = None,
        http_status: int | None = None,
        raw: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.metadata = metadata
        self.http_status = http_status
        self.raw = raw

    def __str__(self) -> str:
        return f"{self.outcome}: {self.cause}"


class NotSent(ProviderError):  # noqa: N818 (an outcome, not a mistake)
    """Causes: refused, dns, tls, connect_timeout, proxy, unreachable."""

    outcome = Outcome.NOT_SENT


class Refused(ProviderError):  # noqa: N818 (an outcome, not a mistake)
    """Causes: error (a JSON-RPC error, see `mnemonic`), redirect (307, 308: wrong base URL), http_4xx.

    `mnemonic` is "" for the last two. `field` is the parameter in question, with a dot for nesting
    (`contact_message.value`); `params` the figures in the message. All of them are redacted.
    """

    outcome = Outcome.REFUSED

    def __init__(
        self,
        cause: str = "error",
        *,
        mnemonic: str = "",
        code: int | None = None,
        message: str = "",
        field: str | None = None,
        params: dict[str, Any] | None = None,
        http_status: int = 200,
        metadata: Metadata | None = None,
        raw: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(cause, metadata=metadata, http_status=http_status, raw=raw)
        self.mnemonic = mnemonic
        self.code = code
        self.message = message
        self.field = field
        self.params = params or {}

    def __str__(self) -> str:
        return f"{self.outcome}: {self.mnemonic or self.cause}"


class AnswerUnknown(ProviderError):  # noqa: N818 (an outcome, not a mistake)
    """Causes: read_timeout, reset, http_5xx, not_json (no JSON-RPC answer), wrong_id, no_session_id, internal_error,
    no_mnemonic, redirect, too_large, bad_status, no_data (a good answer without what was asked for).

    For a method that only reads it means: could not be asked.
    """

    outcome = Outcome.UNKNOWN
