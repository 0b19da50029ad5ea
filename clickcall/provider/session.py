"""Session keys: `login.user` and `logout.user` exist in both APIs."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from clickcall.provider.answers import Answer
from clickcall.provider.client import Client
from clickcall.provider.coerce import mapping, text, whole
from clickcall.provider.errors import AnswerUnknown

_LIFETIME = timedelta(hours=1)  # API.md, "Authentication"


@dataclass(frozen=True, slots=True)
class SessionKey:
    """A key from a login and a password; `expires_at` is in UTC."""

    access_token: str = field(repr=False)
    expires_at: datetime


def login(client: Client, login: str, password: str, *, request_id: str) -> SessionKey:
    """`login.user`. Raises ProviderError, AnswerUnknown("no_data") when the answer holds no key."""
    answer = client.request("login.user", {"login": login, "password": password}, request_id=request_id)
    data = mapping(answer.data)
    key = text(data.get("access_token"))
    if not key:
        raise AnswerUnknown("no_data", metadata=answer.metadata, http_status=answer.http_status, raw=answer.raw)
    return SessionKey(key, _expiry(data.get("expire_at")))


def logout(client: Client, access_token: str, *, request_id: str) -> Answer:
    """`logout.user`: the key is dead afterwards. Raises ProviderError."""
    return client.request("logout.user", {"access_token": access_token}, request_id=request_id)


def _expiry(unix_time: object) -> datetime:
    stamp = whole(unix_time)
    try:
        return datetime.fromtimestamp(stamp, UTC) if stamp else datetime.now(UTC) + _LIFETIME
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC) + _LIFETIME
