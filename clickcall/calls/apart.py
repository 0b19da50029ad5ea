"""What goes wrong in one account holds up no other."""

import logging
from collections.abc import Callable

from django.db import DatabaseError

from ..models import Account

log = logging.getLogger("clickcall.calls")


def apart(account: Account, work: Callable[[], object]) -> bool:
    """Does an account's part of a round over all. False, and logged, when it failed: by a bug of ours, or by a secret
    of the account that cannot be decrypted. Raises DatabaseError: a database that is away is everybody's trouble.
    """
    try:
        work()
    except DatabaseError:
        raise
    except Exception:
        log.exception("account %s was passed over in this round; it is tried again", account.slug)
        return False
    return True
