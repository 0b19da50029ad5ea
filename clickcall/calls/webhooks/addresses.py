"""The address that the provider sends notifications to. Nothing is signed: its last part is the secret.

The only writers of an account's hook secrets. A secret can be read by nobody but whoever makes or renews it, at that
moment, and by the command line; when it is renewed the one before opens for another 24 hours.
"""

import re
import secrets
import time
from datetime import timedelta
from functools import lru_cache
from hmac import compare_digest
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F, UUIDField
from django.db.models.expressions import RawSQL
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from ...models import Account, Secret
from ...models.fields import cipher, is_readable
from ...models.prepared import PreparedModels
from ...models.saving import save_changes

OVERLAP = timedelta(hours=24)
REMEMBERED = 1.0  # seconds; an address that has opened is not looked up again for each of many notifications
_FORM = re.compile(r"[A-Za-z0-9._~-]{16,200}", re.ASCII)  # what an address may hold as it is
_NOBODY, _NOTHING = UUID(int=0), Secret("")
# Asked for every notification. The value goes to the driver as it is: a UUID field would not take what stands for it.
_OF_PUBLIC_ID = PreparedModels(
    str,
    ask=lambda public_id: Account.objects.filter(
        Exact(F("public_id"), RawSQL("%s", [public_id], output_field=UUIDField()))
    ),
)
_opened: dict[str, tuple[float, Account]] = {}  # only addresses that fitted: no more than there are accounts
_STAND_IN = "a secret that opens nothing, of about the length of others"


def opened(public_id: str, secret: str) -> Account | None:
    """The account that this address belongs to, as it was at most `REMEMBERED` ago; None for a wrong address.

    A wrong one takes the same time and the same steps whether the account is there, has a secret, or the secret is
    nearly right.
    """
    key = _uuid(public_id)
    until, known = _opened.get(key, (0.0, None))
    if _fits(known, secret) and until > time.monotonic():
        return known
    account = next(iter(_OF_PUBLIC_ID.instances(key)), None)
    for held in (account.hook_secret, account.hook_secret_before) if account else (_NOTHING, _NOTHING):
        if not held:  # to read one would have taken this
            cipher().decrypt(_sealed(tuple(settings.CLICKCALL_TOKEN_KEYS)))
    if not _fits(account, secret):
        if account:
            _refuse_unread(account)
        return None
    if account:
        _opened[key] = time.monotonic() + REMEMBERED, account
    return account


def _refuse_unread(account: Account) -> None:
    """Raises UnreadableSecret where nobody can tell whether an address is right: then the sender tries again."""
    if not is_readable(account.hook_secret):
        account.hook_secret.reveal()


def _fits(account: Account | None, secret: str) -> bool:
    """Whether the secret is that of the account, or the one before, which still opens."""
    now_held, before = (account.hook_secret, account.hook_secret_before) if account else (_NOTHING, _NOTHING)
    until = account.hook_before_until if account else None
    return any([_same(now_held, secret), _same(before, secret) and until is not None and until > now()])


def make_secret(account: Account) -> bool:
    """The first secret, once only whoever asks for it at the same time. True when it was made now."""
    made = Account.objects.filter(pk=account.pk, hook_secret="").update(hook_secret=Secret(_new()))
    account.refresh_from_db(fields=["hook_secret", "hook_secret_before", "hook_before_until"])
    return bool(made)


def renew(account: Account, *, last_four: str) -> bool:
    """A new secret in the place of the one that ends so; that one opens for `OVERLAP` more.

    False when it has been renewed already: a page sent twice must not close the address that is in use.
    """
    if not account.hook_secret and not last_four:
        return make_secret(account)
    with transaction.atomic():
        locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        fits = compare_digest(locked.hook_secret.last_four.encode(), last_four.encode(errors="replace"))
        if fits:
            _replace(locked, _new())
    account.refresh_from_db(fields=["hook_secret", "hook_secret_before", "hook_before_until"])
    return fits


def set_secret(account: Account, text: str) -> bool:
    """A secret that was chosen elsewhere; another one than before overlaps with it. True when something changed.

    Raises ValidationError (`hook_secret`) for one that is too short or does not fit into an address.
    """
    if not _FORM.fullmatch(text):
        raise ValidationError({"hook_secret": [_("16 to 200 letters and digits; also . _ ~ and - are allowed.")]})
    return account.hook_secret != Secret(text) and _replace(account, text)


def address(account: Account, base: str) -> str:
    """The whole address, secret included. `base` is how the provider reaches us, such as https://calls.example."""
    path = reverse("hook", args=[str(account.public_id), account.hook_secret.reveal()])
    return base.rstrip("/") + path


def masked(account: Account, base: str) -> str:
    """The address with the end of its secret only; for pages."""
    return f"{base.rstrip('/')}/hooks/{account.public_id}/••••{account.hook_secret.last_four}/"


def _replace(account: Account, text: str) -> bool:
    before: dict[str, object] = {}
    if account.hook_secret:
        before = {"hook_secret_before": account.hook_secret, "hook_before_until": now() + OVERLAP}
    return save_changes(account, hook_secret=Secret(text), **before)


def _same(held: Secret, given: str) -> bool:
    """Whether the secret is that one. An empty one is none."""
    text = held.reveal() if held and is_readable(held) else _STAND_IN
    return compare_digest(text.encode(), given.encode(errors="replace")) and bool(held) and is_readable(held)


@lru_cache(maxsize=8)
def _sealed(_keys: tuple[str, ...]) -> bytes:
    """What is decrypted where there is no secret."""
    return cipher().encrypt(_STAND_IN.encode())


def _uuid(text: str) -> str:
    """As the database has it: text of 32 digits, where it knows no such type."""
    try:
        found = UUID(text)
    except ValueError:
        found = _NOBODY
    return str(found) if connection.features.has_native_uuid_field else found.hex


def _new() -> str:
    return secrets.token_urlsafe(32)
