"""The seam where the wire is chosen: an account and a ready key become a provider client."""

from functools import lru_cache, partial

from django.conf import settings

from . import points
from .models import Account
from .provider.call_api import CallApi
from .provider.client import Client, Wire
from .provider.data_api import DataApi
from .provider.session import SessionKey, login


@lru_cache(maxsize=4)
def _wire(connect: float, read: float, proxy: str, ca_bundle: str) -> Wire:
    return Wire(connect, read, proxy or None, ca_bundle or None)


def wire() -> Wire:
    """The one pooled wire of this process."""
    return _wire(
        settings.CLICKCALL_CONNECT_TIMEOUT,
        settings.CLICKCALL_READ_TIMEOUT,
        settings.CLICKCALL_PROXY,
        settings.CLICKCALL_CA_BUNDLE,
    )


def _client(account: Account, url: str) -> Client:
    """Every answer's word about points is kept for the account."""
    return Client(wire(), url, partial(points.told, account.pk))


def call_api(account: Account, key: str) -> CallApi:
    return CallApi(_client(account, account.urls[0]), key)


def data_api(account: Account, key: str) -> DataApi:
    return DataApi(_client(account, account.urls[1]), key)


def session_key(account: Account, name: str, password: str, *, request_id: str) -> SessionKey:
    """A session key of one hour. Raises ProviderError."""
    return login(Client(wire(), account.urls[0]), name, password, request_id=request_id)


def answer_seconds() -> float:
    """The longest that one request may take, from its beginning to the end of its answer."""
    return float(settings.CLICKCALL_CONNECT_TIMEOUT + settings.CLICKCALL_READ_TIMEOUT)


def stale_seconds() -> float:
    """After this long without an answer the process that sent a request must be dead."""
    return answer_seconds() + float(settings.CLICKCALL_STALE_MARGIN_SECONDS)
