"""The worker's part: an account is fetched soon after it has a key, then at set intervals, or when somebody asks."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import now

from ...models import Account, Token
from .run import synchronise


def fetch_what_is_due() -> bool:
    """Fetches the account that has waited longest, if one is due; one at a time, so that other jobs get their turn."""
    moment = now()
    with_tokens = Account.objects.filter(Exists(Token.objects.usable().order_by().filter(account=OuterRef("pk"))))
    due = Q(synchronisation=None) | Q(synchronisation__next_at__lte=moment)
    free = Q(synchronisation__lease_until=None) | Q(synchronisation__lease_until__lte=moment)
    account = with_tokens.filter(due, free).order_by(F("synchronisation__next_at").asc(nulls_first=True), "pk").first()
    if account is None:
        return False
    synchronise(account)
    return True
