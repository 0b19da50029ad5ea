"""The access tokens that an account's calls are placed with."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .accounts import Account
from .fields import SecretField, is_readable


class TokenKind(models.TextChoices):
    KEY = "key", _("Access key")
    LOGIN = "login", _("Login and password")


class TokenQuerySet(models.QuerySet["Token"]):
    def usable(self) -> "TokenQuerySet":
        """Tokens in their order of use."""
        return self.filter(archived_at=None).order_by("position", "pk")


class Token(models.Model):
    """An access token: a key, or a login and password that give session keys of one hour.

    `last_error` is the provider's mnemonic for the newest refusal of this token, empty once it works again.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(_("Name"), max_length=100)
    kind = models.CharField(_("Kind"), max_length=5, choices=TokenKind, default=TokenKind.KEY)
    secret = SecretField(_("Access key"), blank=True)
    login = models.CharField(_("Login"), max_length=200, blank=True)
    password = SecretField(_("Password"), blank=True)
    session_key = SecretField(blank=True, editable=False)
    session_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)  # somebody is renewing the session key
    expires_on = models.DateField(_("Valid until"), null=True, blank=True)  # of a dated key, as the cabinet shows it
    position = models.PositiveSmallIntegerField(_("Order of use"), default=0)
    last_error = models.CharField(max_length=100, blank=True, editable=False)
    last_error_at = models.DateTimeField(null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="token_once_per_account"),
            models.CheckConstraint(
                name="token_key_or_login",
                condition=(Q(kind=TokenKind.KEY, login="", password="") & ~Q(secret=""))
                | (Q(kind=TokenKind.LOGIN, secret="", login__gt="") & ~Q(password="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def secrets(self) -> list[str]:
        """Every text that must never appear in a log, a payload or a page; nobody has what cannot be read."""
        fields: list[Any] = [self.secret, self.password, self.session_key]
        return [field.reveal() for field in fields if field and is_readable(field)]

    @property
    def is_readable(self) -> bool:
        """Whether what an admin has entered can be decrypted with `CLICKCALL_TOKEN_KEYS`."""
        return is_readable(self.secret) and is_readable(self.password)

    secrets.alters_data = True  # type: ignore[attr-defined]  # a template may not call it
