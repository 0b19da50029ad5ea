"""The provider's blacklist, as an admin changes it. It blocks both ways: such a person cannot call us either."""

import uuid
from collections.abc import Callable
from typing import TypeVar

from django.utils.timezone import now

from ..accounts.tokens import NoReadyKey
from ..models import Account, BlacklistEntry
from ..models.saving import save_changes
from ..provider import catalogue
from ..provider.data_api import DataApi
from ..provider.errors import AnswerUnknown, ProviderError, Refused
from .asking import ask_data

T = TypeVar("T")


def block(account: Account, digits: str, comment: str = "") -> BlacklistEntry:
    """Puts a phone on the provider's blacklist; one that stands there already is no mistake.

    Where the answer was lost or a refusal says too little, the list itself is asked. Raises `ProviderError` and
    `NoReadyKey`; then nothing was changed here. Not inside a transaction.
    """
    try:
        entry_id = _ask(account, lambda api, name: api.create_blacklist_entry(digits, comment, request_id=name))
    except (Refused, AnswerUnknown):
        found = _entry_if_told(account, digits)
        if found is None:
            raise
        entry_id, comment = found.id, found.comment or comment
    entry, _new = BlacklistEntry.objects.update_or_create(
        account=account,
        digits=digits,
        defaults={"provider_id": entry_id[:40], "comment": comment, "gone_at": None},
    )
    return entry


def unblock(entry: BlacklistEntry) -> None:
    """Takes a phone off the provider's blacklist; one that is not there any more is no mistake.

    Raises `ProviderError` and `NoReadyKey`; then it still stands here. Not inside a transaction.
    """
    account = entry.account
    known = entry.provider_id or getattr(_entry_at_the_provider(account, entry.digits), "id", "")
    if known:
        try:
            _ask(account, lambda api, name: api.delete_blacklist_entry(known, request_id=name))
        except (Refused, AnswerUnknown):
            if _still_there(account, entry.digits):
                raise
    save_changes(entry, gone_at=now())


def _entry_at_the_provider(account: Account, digits: str) -> catalogue.BlacklistRecord | None:
    rows = _ask(account, lambda api, name: api.get_blacklist(digits, request_id=name))
    return next((found for row in rows if (found := catalogue.blacklist(row)).digits == digits), None)


def _entry_if_told(account: Account, digits: str) -> catalogue.BlacklistRecord | None:
    try:
        return _entry_at_the_provider(account, digits)
    except (ProviderError, NoReadyKey):
        return None


def _still_there(account: Account, digits: str) -> bool:
    """Also when the provider does not tell."""
    try:
        return _entry_at_the_provider(account, digits) is not None
    except (ProviderError, NoReadyKey):
        return True


def _ask(account: Account, ask: Callable[[DataApi, str], T]) -> T:
    name = f"blacklist-{uuid.uuid4().hex[:12]}"
    return ask_data(account, lambda api: ask(api, name))
