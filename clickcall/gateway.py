"""The seam where the wire is chosen: an account and a ready key become a provider client."""

from collections.abc import Callable
from functools import lru_cache, partial

from django.conf import settings

from . import points
from .models import Account
from .provider.call_api import CallApi
from .provider.client import Client, Wire
from .provider.data_api import DataApi
from .provider.session import SessionKey, login, logout

_QUICK = (2.0, 4.0)  # seconds to connect and to answer, where a person waits and nothing is lost by giving up


@lru_cache(maxsize=8)
def _wire(connect: float, read: float, proxy: str, ca_bundle: str, public_only: bool) -> Wire:
    return Wire(connect, read, proxy or None, ca_bundle or None, public_only=public_only)


def wire(*, public_only: bool = False) -> Wire:
    """The one pooled wire of this process; what goes to the public internet only has connections of its own."""
    return _wire(
        settings.CLICKCALL_CONNECT_TIMEOUT,
        settings.CLICKCALL_READ_TIMEOUT,
        settings.CLICKCALL_PROXY,
        settings.CLICKCALL_CA_BUNDLE,
        public_only,
    )


def quick_wire(*, public_only: bool = False) -> Wire:
    """Another one that gives up early: for questions about the connection itself."""
    connect = min(settings.CLICKCALL_CONNECT_TIMEOUT, _QUICK[0])
    read = min(settings.CLICKCALL_READ_TIMEOUT, _QUICK[1])
    return _wire(connect, read, settings.CLICKCALL_PROXY, settings.CLICKCALL_CA_BUNDLE, public_only)


def _public_only(account: Account, url: str) -> bool:
    """Whether somebody typed the address in a page: it must not lead into the server's own network."""
    return url in account.typed_urls and not settings.CLICKCALL_ALLOW_PRIVATE_URLS


def _client(account: Account, url: str) -> Client:
    """Every answer's word about points is kept for the account."""
    return Client(wire(public_only=_public_only(account, url)), url, partial(points.told, account.pk))


def probe_client(account: Account, url: str, heard: Callable[[str], None]) -> Client:
    """A client on the quick wire; `heard` gets the `Date` header of every answer, "" where there is none."""
    return Client(quick_wire(public_only=_public_only(account, url)), url, partial(points.told, account.pk), heard)


def call_api(account: Account, key: str) -> CallApi:
    return CallApi(_client(account, account.urls[0]), key)


def data_api(account: Account, key: str) -> DataApi:
    return DataApi(_client(account, account.urls[1]), key)


def session_key(account: Account, name: str, password: str, *, request_id: str) -> SessionKey:
    """A session key of one hour. Raises ProviderError."""
    url = account.urls[0]
    return login(Client(wire(public_only=_public_only(account, url)), url), name, password, request_id=request_id)


def end_session(account: Account, key: str, *, request_id: str) -> None:
    """Ends a session key. Raises ProviderError."""
    url = account.urls[0]
    logout(Client(quick_wire(public_only=_public_only(account, url)), url), key, request_id=request_id)


def answer_seconds() -> float:
    """The longest that one request may take, from its beginning to the end of its answer."""
    return float(settings.CLICKCALL_CONNECT_TIMEOUT + settings.CLICKCALL_READ_TIMEOUT)


def stale_seconds() -> float:
    """After this long without an answer the process that sent a request must be dead."""
    return answer_seconds() + float(settings.CLICKCALL_STALE_MARGIN_SECONDS)
