"""What an answer means: an HTTP status and a body become an Answer or one of the error family."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NoReturn

from clickcall.provider.coerce import mapping, text, whole
from clickcall.provider.errors import AnswerUnknown, ProviderError, Refused
from clickcall.provider.metadata import Metadata
from clickcall.provider.redact import redact

_WORD = re.compile(r"[A-Za-z0-9_.]{1,64}", re.ASCII)
_LONG_SECRET = 12  # a shorter one can be part of an ordinary word ("token" in access_token_invalid)
_BODY_KEPT = 2000  # characters of a body that is no JSON, for the person who has to find out why


@dataclass(frozen=True, slots=True)
class Answer:
    """A success. `data` is `result.data` as it came (it can hold a session key); `raw` is the whole body, redacted."""

    data: Any = field(repr=False)
    metadata: Metadata
    http_status: int
    raw: dict[str, Any]


def judge(status: int, body: bytes, *, request_id: str, secrets: Collection[str]) -> Answer:
    """A well-formed JSON-RPC body with our id decides whatever the status; an error may carry a null id.

    Raises Refused or AnswerUnknown.
    """
    answer = _parsed(body)
    raw = _kept(answer, body, secrets)
    is_ours = isinstance(answer, dict) and answer.get("id") == request_id
    if isinstance(answer, dict) and answer.get("error") is not None and answer.get("result") is None:
        if is_ours or ("id" in answer and answer["id"] is None):
            raise _error(answer["error"], status, raw, secrets)
    elif isinstance(answer, dict) and is_ours and answer.get("error") is None and "result" in answer:
        result = mapping(answer["result"])
        return Answer(result.get("data"), Metadata.read(result), status, raw)
    raise _by_status(status, answer, raw)


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _kept(answer: object, body: bytes, secrets: Collection[str]) -> dict[str, Any]:
    if isinstance(answer, dict):
        kept: dict[str, Any] = redact(answer, secrets)
        return kept
    # Redact first, cut afterwards: a secret that is cut in two would not be recognised.
    return {"body": redact(body.decode("utf-8", "replace"), secrets)[:_BODY_KEPT]}


def _error(error: object, status: int, raw: dict[str, Any], secrets: Collection[str]) -> ProviderError:
    said, data = mapping(error), mapping(mapping(error).get("data"))
    metadata = Metadata.read(data)
    mnemonic = _word(data.get("mnemonic"), secrets)
    if mnemonic in {"", "internal_error"}:
        cause = mnemonic or "no_mnemonic"
        return AnswerUnknown(cause, metadata=metadata, http_status=status, raw=raw)
    return Refused(
        mnemonic=mnemonic,
        code=whole(said.get("code")),
        message=redact(text(said.get("message")), secrets),
        field=_word(data.get("field"), secrets) or None,
        params=redact(mapping(data.get("params")), secrets),
        http_status=status,
        metadata=metadata,
        raw=raw,
    )


def _word(value: object, secrets: Collection[str]) -> str:
    """A mnemonic or a field name: kept as it is, or redacted if it is not one or could be the token."""
    word = value.strip() if isinstance(value, str) else ""
    if _WORD.fullmatch(word) and not any(s in word for s in secrets if len(s) >= _LONG_SECRET):
        return word
    return " ".join(redact(word, secrets).split())[:64]


def _by_status(status: int, answer: object, raw: dict[str, Any]) -> ProviderError:
    """No JSON-RPC answer to this request: what the status alone says."""
    is_rpc = isinstance(answer, dict) and not answer.keys().isdisjoint({"result", "error"})
    if status in {307, 308} or (400 <= status < 500 and not (is_rpc and "jsonrpc" in mapping(answer))):
        return Refused("http_4xx" if status >= 400 else "redirect", http_status=status, raw=raw)
    if 300 <= status < 400:
        cause = "redirect"
    elif 500 <= status < 600:
        cause = "http_5xx"
    elif not 200 <= status < 500:
        cause = "bad_status"
    else:
        cause = "wrong_id" if is_rpc else "not_json"
    return AnswerUnknown(cause, http_status=status, raw=raw)
