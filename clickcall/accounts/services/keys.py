"""Access keys ("tokens" in the code): adding, replacing, ordering and archiving. They are never read here."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from ...models import Account, Secret, Token, TokenKind
from ...models.saving import save_changes
from .. import session_keys
from .rules import check_fields, tidy, unique

CREDENTIALS = ("secret", "login", "password")
TAKEN = _("There is, or was, a key of this name. Choose another one.")


def add_token(
    *,
    account: Account,
    name: str,
    secret: str = "",
    login: str = "",
    password: str = "",
    expires_on: date | None = None,
    position: int | None = None,
) -> Token:
    """A key, or a login and password that give session keys. Without a position it is used after all others.

    `expires_on` is the last day of a dated key; a login has none.
    """
    token = Token(account=account)
    named = tidy({"name": name})
    check_fields(token, named)
    fields = named | _credentials(secret=secret, login=login, password=password)
    fields["expires_on"] = expires_on if fields["kind"] == TokenKind.KEY else None
    if position is None:
        last = Token.objects.filter(account=account).aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
    with unique("name", TAKEN):
        return Token.objects.create(account=account, position=position, **fields)


def update_token(token: Token, **changes: Any) -> bool:
    """Changes `name`, `position`, `expires_on`, or the secret: `secret`, or `login` and `password` (either alone keeps
    the other).

    A new secret forgets the old one's session key, its last day and its last error. True when something was saved.
    """
    given = {name: changes[name] for name in CREDENTIALS if changes.get(name)}
    changes = tidy({name: value for name, value in changes.items() if name not in CREDENTIALS})
    check_fields(token, changes)
    if given:
        changes = _replaced(token, given) | changes
        _end_session(token, changes)
    with unique("name", TAKEN):
        return save_changes(token, **changes)


def replace_secret(
    token: Token, *, secret: str = "", login: str = "", password: str = "", expires_on: date | None = None
) -> bool:
    """Another key, or login and password, for the same place in the order: complete, nothing is kept of the old one."""
    columns = _columns(token, secret=secret, login=login, password=password)
    columns["expires_on"] = expires_on if secret else None
    _end_session(token, columns)
    return save_changes(token, **columns)


def archive_token(token: Token) -> bool:
    """Takes the key out of use for good and ends its session; calls that it placed keep naming it."""
    if token.archived_at is not None:
        return False
    session_keys.log_out_later(token)
    return save_changes(token, archived_at=now(), **session_keys.FORGOTTEN)


def _end_session(token: Token, changes: dict[str, Any]) -> None:
    """The session that a replaced login leaves behind."""
    if "session_key" in changes:
        session_keys.log_out_later(token)


@transaction.atomic
def move_token(token: Token, *, up: bool) -> bool:
    """Swaps the key with its neighbour in the order of use. False at the end of the list."""
    Account.objects.select_for_update(no_key=True).get(pk=token.account_id)
    tokens = list(Token.objects.filter(account=token.account_id).usable())
    place = next((index for index, other in enumerate(tokens) if other.pk == token.pk), None)
    if place is None or not 0 <= (target := place + (-1 if up else 1)) < len(tokens):
        return False
    tokens[place], tokens[target] = tokens[target], tokens[place]
    for position, other in enumerate(tokens):
        save_changes(other, position=position)
    token.position = target
    return True


def _replaced(token: Token, given: dict[str, str]) -> dict[str, Any]:
    """The columns of a new secret; nothing where it is the one that the key has."""
    if "secret" not in given:
        password = token.password.reveal() if token.is_readable else ""
        given = {"login": token.login, "password": password} | given
    return _columns(token, **given)


def _columns(token: Token, **credentials: str) -> dict[str, Any]:
    fields = _credentials(**credentials)
    if all(getattr(token, name) == value for name, value in fields.items()):
        return {}
    return fields | session_keys.FORGOTTEN | {"last_error": "", "last_error_at": None, "expires_on": None}


def _credentials(*, secret: str = "", login: str = "", password: str = "") -> dict[str, Any]:
    """Kind and columns; one of the two pairs is complete, the other one empty."""
    secret, login = secret.strip(), login.strip()
    if secret and (login or password):
        raise ValidationError({"secret": [_("Give either the key, or a login and password.")]})
    if any(character.isspace() for character in secret):
        raise ValidationError({"secret": [_("There is a blank inside the key. Copy it once more, alone.")]})
    if secret:
        return {"kind": TokenKind.KEY, "secret": Secret(secret), "login": "", "password": Secret("")}
    if not login and not password:
        raise ValidationError({"secret": [_("Paste the key. The provider shows it only once, when it is made.")]})
    if not login:
        raise ValidationError({"login": [_("Write the login that belongs to the password.")]})
    if not password:
        raise ValidationError({"password": [_("Write the password that belongs to the login.")]})
    check_fields(Token(), {"login": login})
    return {"kind": TokenKind.LOGIN, "secret": Secret(""), "login": login, "password": Secret(password)}
