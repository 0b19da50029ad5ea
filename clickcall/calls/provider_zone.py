"""The zone in which the provider tells times: its own word, since one that somebody typed may be another."""

import logging

from ..accounts import zones
from ..accounts.services import update_account
from ..models import Account
from ..numbers.asking import ask_data

log = logging.getLogger("clickcall.sweep")


def ask_zone(account: Account, *, request_id: str) -> bool:
    """Asks for the zone and keeps it; where the account has none yet, its pages are in it as well.

    False for a zone that this machine does not know. Raises what `ask_data` raises.
    """
    record = ask_data(account, lambda api: api.get_account(request_id=request_id))
    told = str(record.get("timezone") or "")
    if told not in zones.known():
        log.warning("account %s is in %r, which is no time zone here", account.slug, told)
        return False
    update_account(account, provider_timezone=told, timezone=account.timezone or told)
    return True
