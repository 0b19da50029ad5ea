"""The one-time link that makes the first admin of an empty database.

The link is signed and lives for a day. It works once because it works only while there is no user, and because the
account that it makes has a fixed short name, which the database holds unique.
"""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..models import Member, Role, User
from . import services

SALT = "clickcall.accounts.first-admin"
MAX_AGE = 24 * 60 * 60
SLUG = "main"


@dataclass(frozen=True, slots=True)
class FirstAdmin:
    """Who the first admin is: as typed, the password already judged."""

    username: str
    name: str
    password: str

    def __repr__(self) -> str:
        return f"FirstAdmin({self.username!r})"  # a password has no place in a traceback


def wanted() -> bool:
    """Nobody can sign in yet."""
    return not User.objects.exists()


def make_invitation(base_url: str) -> str:
    """The whole link, below an address such as `http://127.0.0.1:8000`. Good for 24 hours and one person."""
    token = signing.dumps("first admin", salt=SALT)
    return base_url.rstrip("/") + reverse("accounts:welcome", args=[token])


def is_open(token: str) -> bool:
    """Whether the link is ours, young enough and unused."""
    try:
        signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return False
    return wanted()


@transaction.atomic
def accept(*, admin: FirstAdmin, account: dict[str, Any]) -> Member:
    """Makes the account (`name`, `brand`, addresses, …) and its first admin.

    Raises `ValidationError`, also when somebody else was quicker.
    """
    if not wanted():
        raise ValidationError({"username": [_("Somebody has used this link already. Sign in instead.")]})
    made = services.create_account(slug=SLUG, **account)
    new = services.add_member(
        account=made, username=admin.username, name=admin.name, role=Role.ADMIN, password=admin.password
    )
    return new.member
