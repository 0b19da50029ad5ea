"""The JSON-RPC envelope: bytes in, a request out; an answer in, bytes out."""

import json
import math
from dataclasses import dataclass
from typing import Any, NoReturn

from clickcall.simulator.refusals import Refusal

ENVELOPE = frozenset({"jsonrpc", "id", "method", "params"})


@dataclass(frozen=True, slots=True)
class Request:
    """A well-formed request; `params` may still be anything an object can hold."""

    id: str | int | float
    method: str
    params: dict[str, Any]


def decode(body: bytes) -> Any:
    """The JSON document in `body`. Raises Refusal for another encoding than UTF-8 and for what is not JSON."""
    try:
        text = body.decode("utf-8")
        document = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
        if "\\u" in text:
            encode(document)  # half a surrogate pair is JSON, yet no UTF-8
    except UnicodeError as error:
        raise Refusal("character_encoding_not_allowed") from error
    except (ValueError, RecursionError) as error:
        raise Refusal("parse_error") from error
    return document


def usable_id(document: Any) -> str | int | float | None:
    """The id to answer with: the request's own if it is a string or a number, else None."""
    value = document.get("id") if isinstance(document, dict) else None
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def read(document: Any) -> Request:
    """A request from a document. Raises Refusal: batches, notifications and malformed requests are errors.

    A request that is right but for a missing `id` is what JSON-RPC calls a notification; any other fault of `id`
    or `jsonrpc` is an invalid request.
    """
    if isinstance(document, list):
        raise Refusal("batch_operations_not_supported")
    if not isinstance(document, dict) or not ENVELOPE.issuperset(document):
        raise Refusal("invalid_request")
    method, params = document.get("method"), document.get("params", {})
    if document.get("jsonrpc") != "2.0" or not isinstance(method, str) or not isinstance(params, dict):
        raise Refusal("invalid_request")
    if "id" not in document:
        raise Refusal("notifications_not_supported")
    request_id = usable_id(document)
    if request_id is None:
        raise Refusal("invalid_request")
    return Request(request_id, method, params)


def success(request_id: Any, data: Any, metadata: dict[str, Any], spelling: str = "metadata") -> bytes:
    """The body of a success; `spelling` is what the method calls its metadata."""
    result = {"data": data, spelling: metadata} if metadata else {"data": data}
    return encode({"jsonrpc": "2.0", "id": request_id, "result": result})


def failure(request_id: Any, refusal: Refusal, metadata: dict[str, Any] | None = None) -> bytes:
    """The body of an error, with `metadata` where the error may carry it."""
    error = refusal.body()
    if metadata:
        error["data"]["metadata"] = metadata
    return encode({"jsonrpc": "2.0", "id": request_id, "error": error})


def encode(document: Any) -> bytes:
    """JSON in UTF-8. Raises UnicodeEncodeError for half a surrogate pair."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is out of range")
    return number


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
