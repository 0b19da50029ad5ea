"""Mistakes of configuration, as Django system checks with an id and a hint; commands refuse to run with an error."""

from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

NO_SECRET_KEY = Error(
    "SECRET_KEY is not set.",
    hint="Put a long random text into the environment or into .env; `manage.py demo` needs none.",
    id="clickcall.E001",
)
NO_TOKEN_KEYS = Error(
    "CLICKCALL_TOKEN_KEYS is not set: access keys cannot be stored without it.",
    hint="Make a key with: python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'",
    id="clickcall.E002",
)


@register()
def check_keys(**kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = [] if _secret_key() else [NO_SECRET_KEY]
    if not settings.CLICKCALL_TOKEN_KEYS:
        found.append(NO_TOKEN_KEYS)
    for place, key in enumerate(settings.CLICKCALL_TOKEN_KEYS, start=1):
        try:
            Fernet(key)
        except ValueError:
            message = f"Key {place} of CLICKCALL_TOKEN_KEYS is not a Fernet key."
            hint = "Each is 32 bytes in URL-safe base64; they are separated by commas, the newest first."
            found.append(Error(message, hint=hint, id="clickcall.E003"))
    return found


def _secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's own word for an empty key, without a hint where to get one
        return ""


@register()
def check_timeouts(**kwargs: Any) -> list[CheckMessage]:
    names = ("CLICKCALL_CONNECT_TIMEOUT", "CLICKCALL_READ_TIMEOUT", "CLICKCALL_SWEEP_SECONDS")
    found: list[CheckMessage] = [
        Error(f"{name} must be more than 0 seconds.", id="clickcall.E004")
        for name in names
        if getattr(settings, name) <= 0
    ]
    stale = settings.CLICKCALL_CONNECT_TIMEOUT + settings.CLICKCALL_READ_TIMEOUT
    if stale > settings.CLICKCALL_SETTLE_SECONDS:
        found.append(
            checks.Warning(
                "CLICKCALL_SETTLE_SECONDS is shorter than one request may take.",
                hint="A call could be settled as not placed while its answer is still on the way.",
                id="clickcall.W001",
            )
        )
    return found
