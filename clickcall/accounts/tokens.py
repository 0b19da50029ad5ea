"""Choosing an access token: in order of use, session keys renewed, a dead token passed over for the next one."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.utils.timezone import now

from ..models import Account, Token, TokenKind
from ..models.saving import save_changes
from ..provider.errors import NotSent, ProviderError, Refused
from . import session_keys

log = logging.getLogger("clickcall.keys")
T = TypeVar("T")

# Refusals of the key itself: nothing was placed, another key may do better. Source: DESIGN, "What an answer means".
KEY_REFUSALS = frozenset(
    {"access_token_expired", "access_token_blocked", "access_token_invalid", "auth_error", "forbidden"}
)


class NoReadyKey(Exception):  # noqa: N818 - a state of the account, not a mistake
    """No token gives a key. `error` is what the provider answered to the last log-in; None without any token."""

    def __init__(self, error: ProviderError | None) -> None:
        super().__init__(str(error) if error else "no token")
        self.error = error


@dataclass(slots=True)
class ReadyKey:
    """A key that can be used now, and the token it comes from."""

    token: Token
    key: str
    rejection: str = ""

    def rejected(self, error: Refused) -> bool:
        """Whether the refusal was the key's fault; then it is noted at the token and the next key may be tried."""
        if error.mnemonic not in KEY_REFUSALS:
            return False
        self.rejection = error.mnemonic
        _note_error(self.token, error.mnemonic)
        return True

    def worked(self) -> None:
        """Takes an old error off the token; writes only when there was one."""
        if self.token.last_error:
            save_changes(self.token, last_error="", last_error_at=None)


def ready_keys(account: Account, tokens: Iterable[Token] | None = None) -> Iterator[ReadyKey]:
    """Keys in order of use, of the account's usable tokens or of those given.

    A session key that turns out to be dead is renewed once and offered again.

    Raises `NoReadyKey` when there is no token, or none of them gave a key.
    """
    offered, failure = False, None
    for token in account.tokens.usable() if tokens is None else tokens:
        try:
            ready = ReadyKey(token, key_of(account, token))
            offered = True
            yield ready
            if ready.rejection == "access_token_invalid" and token.kind == TokenKind.LOGIN:
                yield ReadyKey(token, session_keys.renew(account, token, dead=ready.key))
        except ProviderError as error:
            failure = error
            note_unreadable(token, error)
    if not offered:
        raise NoReadyKey(failure)


def with_key(account: Account, ask: Callable[[str], T], *, passing_over: str = "") -> T:
    """Runs a harmless question with the first key that works.

    A key whose answer is the refusal `passing_over` may not ask this, and is not noted as dead: it can serve for calls.
    Raises what the last key met: `ProviderError`, or `NoReadyKey`.
    """
    failure: ProviderError = NotSent("no_key")
    for ready in ready_keys(account):
        try:
            found = ask(ready.key)
        except Refused as error:
            is_passed_over = bool(passing_over) and error.mnemonic == passing_over
            if not is_passed_over and not ready.rejected(error):
                raise
            failure = error
        else:
            if not passing_over or ready.token.last_error != passing_over:
                ready.worked()
            return found
    raise failure


def key_of(account: Account, token: Token) -> str:
    """A key, or a session key for a login. Raises ProviderError where there is none to be had."""
    if token.kind == TokenKind.LOGIN:
        return session_keys.current(account, token)
    if not token.is_readable:
        raise NotSent(session_keys.UNREADABLE)
    return str(token.secret.reveal())


def note_unreadable(token: Token, error: ProviderError) -> None:
    """Where a key could not be decrypted: the admins see it on their pages."""
    if error.cause == session_keys.UNREADABLE and token.last_error != error.cause:
        log.error("the access key %r of account %s cannot be decrypted", token.name, token.account_id)
        _note_error(token, error.cause)


def _note_error(token: Token, code: str) -> None:
    save_changes(token, last_error=code[:100], last_error_at=now())
