"""The doctor's rounds: each account is examined now and then, so that a key that died is seen before a press."""

from datetime import timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now

from ... import points
from ...models import Account, Token
from .asking import examine

_EVERY = timedelta(hours=6)
_CLAIM_SECONDS = 120  # longer than an examination takes; a worker that dies leaves nothing behind for longer


def examine_in_turn() -> int:
    """Examines accounts whose turn has come and that have points to spare; how many."""
    done = 0
    for account in _due():
        if points.may_ask(account.pk) and cache.add(f"doctor-{account.pk}", 1, timeout=_CLAIM_SECONDS):
            examine(account)
            done += 1
    return done


def _due() -> list[Account]:
    keys = Token.objects.usable().filter(account=OuterRef("pk"))
    turn = Q(checkup=None) | Q(checkup__at__lte=now() - _EVERY)
    return list(Account.objects.filter(turn, Exists(keys)))
