"""Session keys of one hour, renewed once only however many threads and processes need them.

Who takes the lease in the token's row logs in, outside any transaction. The others go on with the old key as long as it
is good, or wait for the new one, at most as long as one request may take. The old key is not logged out: presses may be
under way with it, and it ends by itself within minutes.
"""

import logging
import time
import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from .. import gateway
from ..models import Account, Secret, Token
from ..models.fields import is_readable
from ..provider.errors import AnswerUnknown, NotSent, ProviderError, Refused

log = logging.getLogger("clickcall.keys")
MARGIN = timedelta(seconds=60)  # a press must not meet the very end of its key's hour
_STILL_GOOD = timedelta(seconds=5)  # while somebody else is already fetching the next one
_STEP = 0.05  # seconds between two looks at a key that another process is renewing
_OWN = ("session_key", "session_expires_at", "lease_until", "last_error", "last_error_at", "login", "password")
UNREADABLE = "key_unreadable"  # what was entered cannot be decrypted: see `models.fields`
FORGOTTEN: dict[str, Any] = {"session_key": Secret(""), "session_expires_at": None, "lease_until": None}

_NOT_SENT = frozenset({UNREADABLE, "refused", "dns", "tls", "connect_timeout", "proxy", "unreachable"})
_UNANSWERED = frozenset(
    {"read_timeout", "reset", "http_5xx", "not_json", "wrong_id", "internal_error", "no_mnemonic", "no_data"}
    | {"redirect", "too_large", "bad_status"}
)
_OF_USE = frozenset({"access_token_invalid", "access_token_expired", "access_token_blocked", "forbidden"})


def current(account: Account, token: Token) -> str:
    """A session key for a press. Raises ProviderError when the log-in does not work."""
    return _good(token, MARGIN) or renew(account, token)


def renew(account: Account, token: Token, *, dead: str = "") -> str:
    """A new session key, from our own log-in or from that of whoever was quicker. Sets the token's columns.

    `dead` is a key that the provider does not know any more. Raises ProviderError, which is noted at the token.
    """
    if not token.is_readable:
        raise NotSent(UNREADABLE)
    known, began = dead or _held(token), now()
    give_up = time.monotonic() + gateway.answer_seconds() + 1
    while True:
        lease = _take(token)
        token.refresh_from_db(fields=_OWN)
        if _held(token) != known and (key := _good(token, MARGIN)):
            _release(token, lease)
            return key
        if lease and (failure := _failure_since(token, began)):
            _release(token, lease)
            raise failure
        if lease:
            return _log_in(account, token, lease)
        if not dead and (key := _good(token, _STILL_GOOD)):
            return key
        if time.monotonic() > give_up:
            raise AnswerUnknown("read_timeout")
        time.sleep(_STEP)


def log_out_later(token: Token) -> None:
    """Ends the session that the token holds once the transaction is through. Never raises, whatever comes back."""
    if key := _held(token):
        transaction.on_commit(partial(_log_out, token.account, token.name, key), robust=True)


def _held(token: Token) -> str:
    """The session key; one that cannot be read is as good as none."""
    held = token.session_key
    return str(held.reveal()) if held and is_readable(held) else ""


def _good(token: Token, margin: timedelta) -> str:
    expires = token.session_expires_at
    return _held(token) if expires and expires - margin > now() else ""


def _take(token: Token) -> datetime | None:
    """Our lease, a little longer than a log-in may take; None while somebody else has it."""
    moment = now()
    until = moment + timedelta(seconds=gateway.stale_seconds())
    free = Token.objects.filter(Q(lease_until=None) | Q(lease_until__lte=moment), pk=token.pk)
    return until if free.update(lease_until=until) else None


def _release(token: Token, lease: datetime | None, **news: Any) -> None:
    """Writes what the holder of the lease found out; nothing once the lease is another's or the login was replaced."""
    if lease and Token.objects.filter(pk=token.pk, lease_until=lease).update(lease_until=None, **news):
        for name, value in news.items():
            setattr(token, name, value)


def _log_in(account: Account, token: Token, lease: datetime) -> str:
    try:
        session = gateway.session_key(
            account, token.login, token.password.reveal(), request_id=f"login-{uuid.uuid4().hex[:12]}"
        )
    except ProviderError as error:
        code = getattr(error, "mnemonic", "") or error.cause
        _release(token, lease, last_error=code[:100], last_error_at=now())
        raise
    news = {"session_key": Secret(session.access_token), "session_expires_at": session.expires_at}
    if token.last_error and token.last_error != "forbidden":  # a log-in says nothing about what the key may do
        news |= {"last_error": "", "last_error_at": None}
    _release(token, lease, **news)
    return session.access_token


def _failure_since(token: Token, began: datetime) -> ProviderError | None:
    """What the log-in that we have waited for ended with: it need not be tried again by each who waited."""
    code = token.last_error
    if not code or code in _OF_USE or not token.last_error_at or token.last_error_at < began:
        return None
    if code in _NOT_SENT:
        return NotSent(code)
    return AnswerUnknown(code) if code in _UNANSWERED else Refused(mnemonic=code)


def _log_out(account: Account, name: str, key: str) -> None:
    try:
        gateway.end_session(account, key, request_id=f"logout-{uuid.uuid4().hex[:12]}")
    except ProviderError as error:
        log.warning("the session of the access key %r was not ended at the provider: %s", name, error)
