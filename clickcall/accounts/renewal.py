"""The worker renews session keys ahead of their end, so that no press has to wait for a log-in."""

import logging
import time
from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import now

from ..models import Token, TokenKind
from ..provider.errors import ProviderError
from . import session_keys
from .tokens import note_unreadable

log = logging.getLogger("clickcall.keys")
_AHEAD = timedelta(minutes=10)
_AFTER_A_FAILURE = timedelta(minutes=5)  # a wrong password is not tried all day long
_AGAIN = 30.0  # seconds between two renewals of one token by one process, should sessions be shorter than `_AHEAD`
_renewed: dict[int, float] = {}


def renew_ahead() -> int:
    """Renews what ends within ten minutes, or was never fetched. How many log-ins were tried."""
    tried = 0
    for token in _due():
        if time.monotonic() - _renewed.get(token.pk, float("-inf")) < _AGAIN:
            continue
        _renewed[token.pk] = time.monotonic()
        tried += 1
        try:
            session_keys.renew(token.account, token)
        except ProviderError as error:
            note_unreadable(token, error)
            log.warning("the session key of %r was not renewed: %s", token.name, error)
    return tried


def forget() -> None:
    """What this process renewed last: for tests, whose databases come and go."""
    _renewed.clear()


def _due() -> list[Token]:
    moment = now()
    ending = Q(session_expires_at=None) | Q(session_expires_at__lte=moment + _AHEAD)
    rested = Q(last_error="") | Q(last_error_at=None) | Q(last_error_at__lte=moment - _AFTER_A_FAILURE)
    free = Q(lease_until=None) | Q(lease_until__lte=moment)
    tokens = Token.objects.usable().filter(ending, rested, free, kind=TokenKind.LOGIN)
    return list(tokens.select_related("account"))
