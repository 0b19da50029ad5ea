"""Sending a press: once, or again with the next token where the provider said that nothing was placed."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.timezone import now

from .. import gateway
from ..accounts.tokens import NoReadyKey, ReadyKey, ready_keys
from ..models import Account, Dispatch, EventSource, Token
from ..provider.errors import AnswerUnknown, NotSent, ProviderError, Refused
from ..provider.redact import redact
from .events import Event
from .lifecycle import Facts

log = logging.getLogger("clickcall.calls")


@dataclass(slots=True)
class _Sent:
    """The last thing that came back, and with which token."""

    token: Token | None = None
    requests: int = 0
    error: ProviderError = field(default_factory=lambda: NotSent("no_key"))


def send(
    account: Account,
    tokens: list[Token],
    parameters: dict[str, Any],
    *,
    external_id: str,
    may_send: Callable[[], bool],
) -> Event:
    """Sends `start.vnumber_call` and tells what came of it. Raises no provider's error; never inside a transaction.

    `tokens` are tried in their order. `may_send` is asked before each request: False once somebody else has taken the
    call for lost.
    The JSON-RPC id is the press's ID, then `ID#2` and so on, so that the provider's own log leads back to the press.
    """
    sent = _Sent()
    try:
        for ready in ready_keys(account, tokens):
            if not may_send():
                return _taken_away()
            event = _try(account, parameters, external_id, ready, sent)
            if event is not None:
                return event
    except NoReadyKey as error:
        sent.error = _before_sending(error.error)
    return _failed(sent)


def _try(account: Account, parameters: dict[str, Any], external_id: str, ready: ReadyKey, sent: _Sent) -> Event | None:
    """One request; None when the key was at fault and the next one may be tried."""
    sent.token, sent.requests = ready.token, sent.requests + 1
    request_id = external_id if sent.requests == 1 else f"{external_id}#{sent.requests}"
    try:
        started = gateway.call_api(account, ready.key).start_vnumber_call(parameters, request_id=request_id)
    except Refused as error:
        sent.error = error
        return None if ready.rejected(error) else _failed(sent)
    except ProviderError as error:
        sent.error = error
        return _failed(sent)
    ready.worked()
    moment = now()
    news = Facts(dispatch=Dispatch.ACCEPTED, call_session_id=started.call_session_id, accepted_at=moment)
    data = {"request_id": request_id, "answer": redact(started.answer.raw, ready.token.secrets())}
    return Event(EventSource.ANSWER, "accepted", moment, news, data, {"token": ready.token, "error": None})


def _failed(sent: _Sent) -> Event:
    error = sent.error
    dispatch = {NotSent: Dispatch.NOT_SENT, Refused: Dispatch.REFUSED}.get(type(error), Dispatch.UNKNOWN)
    cause = getattr(error, "mnemonic", "") or error.cause
    secrets = sent.token.secrets() if sent.token else []
    data = {"cause": cause, "http_status": error.http_status, "answer": error.raw, "requests": sent.requests}
    columns = {"token": sent.token, "error": redact(_explained(error), secrets)}
    return Event(
        EventSource.ANSWER, str(dispatch), now(), Facts(dispatch=dispatch, cause=cause), redact(data, secrets), columns
    )


def _explained(error: ProviderError) -> dict[str, Any]:
    """What a person or a program may want to know about it, without the request."""
    limits = error.metadata.limits if error.metadata else None
    told = {"limits": asdict(limits)} if limits else {}
    if not isinstance(error, Refused):
        return {
            "mnemonic": "internal_error" if error.cause == "internal_error" else None,
            "message": error.cause,
        } | told
    return {
        "mnemonic": error.mnemonic or None,
        "code": error.code,
        "message": error.message or error.cause,
        "field": error.field,
        "params": error.params,
    } | told


def _before_sending(error: ProviderError | None) -> ProviderError:
    """Why no key could be had. The call itself was not sent, so a lost answer to the log-in is no *unknown*."""
    if isinstance(error, AnswerUnknown) or error is None:
        return NotSent("login_unanswered" if error else "no_key")
    return error


def called_off() -> Event:
    """The page no longer waits for a press that has not come to us yet."""
    return Event(EventSource.SWEEP, "called_off", now(), Facts(dispatch=Dispatch.NOT_SENT, cause="called_off"))


def _taken_away() -> Event:
    """The sweep took this press for lost while we were held up. Nothing of it was placed, and nothing may follow."""
    log.warning("a press was held up for too long and was not sent")
    return Event(EventSource.SWEEP, "held_up", now(), Facts(dispatch=Dispatch.NOT_SENT, cause="held_up"))
