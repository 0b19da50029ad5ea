"""Secrets at rest: encrypted in the database, masked everywhere else.

One that cannot be decrypted, because `CLICKCALL_TOKEN_KEYS` was changed or lost, hinders nobody from reading its row:
it is an `Unreadable`, whose text nobody gets. The operator is told by a line of the log at level ERROR.
"""

import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

log = logging.getLogger("clickcall.keys")


class UnreadableSecret(Exception):  # noqa: N818 - a state of the server, as the name says
    """Somebody asked for the text of a secret that none of `CLICKCALL_TOKEN_KEYS` decrypts."""


class Secret:
    """A secret in memory. `str`, `repr`, formatting and templates show a mask; only `reveal()` gives the text."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    reveal.alters_data = True  # type: ignore[attr-defined]  # a template may not call it

    @property
    def last_four(self) -> str:
        """The end that tells two keys apart; empty where four characters would be a good part of the whole."""
        return self._text[-4:] if len(self._text) >= 12 else ""

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret(•••)"

    __str__ = __repr__


class Unreadable(Secret):
    """A secret that is there and cannot be decrypted. Stored again it stays what it was; `reveal()` raises."""

    __slots__ = ("sealed",)

    def __init__(self, sealed: str) -> None:
        super().__init__("")
        self.sealed = sealed

    def reveal(self) -> str:
        raise UnreadableSecret("none of CLICKCALL_TOKEN_KEYS decrypts it")

    reveal.alters_data = True  # type: ignore[attr-defined]  # a template may not call it

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unreadable) and other.sealed == self.sealed

    def __hash__(self) -> int:
        return hash(self.sealed)


def is_readable(held: object) -> bool:
    """Whether what a column of secrets holds can be decrypted; so can what was never there."""
    return not isinstance(held, Unreadable)


@lru_cache(maxsize=8)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """The cipher over `CLICKCALL_TOKEN_KEYS`: encrypts with the newest key, decrypts with any of them."""
    return _cipher(tuple(settings.CLICKCALL_TOKEN_KEYS))


@lru_cache(maxsize=1000)
def _complain(column: str, _sealed: str) -> None:
    """Once for each secret and process."""
    log.error(
        "a secret in %s cannot be decrypted: put the key that is missing back into CLICKCALL_TOKEN_KEYS, "
        "or enter the secret anew",
        column,
    )


if TYPE_CHECKING:
    TextField = models.TextField[Any, Any]
else:
    TextField = models.TextField  # Django's fields take no type arguments at run time


class SecretField(TextField):
    """Text that is stored encrypted and read as `Secret`. An empty secret is stored as an empty text."""

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, Unreadable):
            return value.sealed
        text = value.reveal() if isinstance(value, Secret) else (value or "")
        return cipher().encrypt(text.encode()).decode() if text else ""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Secret:
        if not value:
            return Secret("")
        try:
            return Secret(cipher().decrypt(value.encode()).decode())
        except InvalidToken:
            _complain(str(getattr(expression, "target", self)), value)
            return Unreadable(value)

    def to_python(self, value: Any) -> Secret:
        return value if isinstance(value, Secret) else Secret(value or "")

    def value_to_string(self, obj: models.Model) -> str:
        return ""  # a dump of the database carries no secret
