"""The wire: one pooled keep-alive session per process, from which every request goes out exactly once."""

import os
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from http.client import BadStatusLine, LineTooLong
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any, NoReturn

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import DecodeError
from urllib3.exceptions import TimeoutError as PoolTimeoutError

from clickcall.provider.connection import POOLS
from clickcall.provider.errors import AnswerUnknown, NotSent
from clickcall.provider.exchange import Exchange, carrying, current

MAX_ANSWER = 1024 * 1024  # bytes, after unpacking
_POOL_SIZE = 64  # connections kept per host; more threads than that still work, their connections are not kept
_HOSTS = 32
_CHUNK = 65536
_HEADERS = {
    "Content-Type": "application/json; charset=UTF-8",
    "Accept-Encoding": "identity",
    "User-Agent": "ClickCall",
}


class Wire:
    """Time-outs in seconds; `proxy` is an http or https URL; `ca_bundle` a file or a folder of certificates.

    `read_timeout` is a deadline for the whole answer. `idle_limit` is how long a connection may have rested before a
    `fresh` request opens a new one. `public_only` connects to no address inside a private network: what was judged is
    what is connected to, a name may lead elsewhere a moment later. Nothing is taken from the environment. Safe for
    threads and forks.
    """

    def __init__(
        self,
        connect_timeout: float = 3.05,
        read_timeout: float = 15.0,
        proxy: str | None = None,
        ca_bundle: str | None = None,
        *,
        idle_limit: float = 20.0,
        public_only: bool = False,
    ) -> None:
        if proxy and "://" in proxy and not proxy.lower().startswith(("http://", "https://")):
            raise ValueError("the proxy must be an http or https URL")
        self.connect_timeout = connect_timeout
        self.read_timeout = read_timeout
        self.connections_opened = 0
        self._proxy = proxy
        self._ca_bundle = ca_bundle
        self._idle_limit = idle_limit
        self._public_only = public_only
        self._lock = threading.Lock()
        self._owner = os.getpid()
        self._session = self._new_session()

    def post(
        self, url: str, body: bytes, *, fresh: bool = False, heard: Callable[[str], None] | None = None
    ) -> tuple[int, bytes]:
        """Send once; the HTTP status and the unpacked body. Raises NotSent or AnswerUnknown, nothing else.

        `heard` gets the `Date` header as soon as the head of the answer is here, "" when there is none.
        """
        exchange = Exchange(
            read_timeout=self.read_timeout,
            deadline=time.monotonic() + self.connect_timeout,
            idle_limit=self._idle_limit if fresh else None,
            public_only=self._public_only,
        )
        try:
            with carrying(exchange):
                return self._exchange(url, body, heard)
        except AnswerUnknown:
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is: whether the request left decides)
            _raise_mapped(error, exchange)
        finally:
            with self._lock:
                self.connections_opened += exchange.connections_opened

    def close(self) -> None:
        """Close the connections that are at rest."""
        self._session.close()

    def _exchange(self, url: str, body: bytes, heard: Callable[[str], None] | None) -> tuple[int, bytes]:
        request = _blank(url).copy()
        request.body = body
        request.headers["Content-Length"] = str(len(body))
        response = self._own_session().send(
            request, timeout=(self.connect_timeout, self.read_timeout), allow_redirects=False, stream=True
        )
        with response:
            if heard is not None:
                heard(response.headers.get("Date", ""))
            return response.status_code, _body(response)

    def _own_session(self) -> requests.Session:
        """After a fork the parent's sockets are not ours: two processes would read each other's answers."""
        if self._owner != os.getpid():
            with self._lock:
                if self._owner != os.getpid():
                    self._session, self._owner = self._new_session(), os.getpid()
        return self._session

    def _new_session(self) -> requests.Session:
        session = _Session()
        session.trust_env = False
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # accounts share the session
        if self._proxy:
            session.proxies = {"http": self._proxy, "https": self._proxy}
        adapter = _Adapter(self._ca_bundle)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        return session


@lru_cache(maxsize=_HOSTS)
def _blank(url: str) -> requests.PreparedRequest:
    """All that is sent to an address but the body: nothing to merge with the session's."""
    request = requests.PreparedRequest()
    request.prepare(method="POST", url=url, headers=_HEADERS)
    return request


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Never followed; without this `requests` reads the body of a redirect whole, whatever its size."""


class _Adapter(HTTPAdapter):
    """Our pools, and one TLS context for all connections (loading the certificates takes 20 ms each time)."""

    def __init__(self, ca_bundle: str | None) -> None:
        self._ca_bundle = ca_bundle
        self._context: ssl.SSLContext | None = None
        self._lock = threading.RLock()
        super().__init__(_HOSTS, _POOL_SIZE, max_retries=0, pool_block=False)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        if proxy.lower().startswith("https://"):
            kwargs["proxy_ssl_context"] = self._tls()
        with self._lock:
            manager = super().proxy_manager_for(proxy, **kwargs)
            manager.pool_classes_by_scheme = POOLS
        return manager

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        host, tls = super().build_connection_pool_key_attributes(request, verify=True, cert=None)
        if host["scheme"] == "https":
            current().cause = "tls"  # should the certificates not load
            tls = {**tls, "ssl_context": self._tls()}
        return host, tls

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """The context verifies; `requests` would load the certificates again for every connection."""

    def _tls(self) -> ssl.SSLContext:
        with self._lock:
            if self._context is None:
                bundle = self._ca_bundle or certifi.where()
                is_folder = Path(bundle).is_dir()
                self._context = ssl.create_default_context(
                    cafile=None if is_folder else bundle, capath=bundle if is_folder else None
                )
            return self._context


def _body(response: requests.Response) -> bytes:
    parts, size = [], 0
    while chunk := response.raw.read(_CHUNK, decode_content=True):
        size += len(chunk)
        if size > MAX_ANSWER:
            raise AnswerUnknown("too_large", http_status=response.status_code)
        parts.append(chunk)
    return b"".join(parts)


def _raise_mapped(error: Exception, exchange: Exchange) -> NoReturn:
    if not exchange.has_left:
        raise NotSent(exchange.cause) from error
    chain = list(_chain(error))
    if any(isinstance(e, TimeoutError | PoolTimeoutError) for e in chain):
        cause = "read_timeout"
    elif any(isinstance(e, DecodeError) for e in chain):
        cause = "not_json"
    else:
        cause = "bad_status" if any(_is_no_http(e) for e in chain) else "reset"
    raise AnswerUnknown(cause) from error


def _is_no_http(error: BaseException) -> bool:
    return isinstance(error, BadStatusLine | LineTooLong) and not isinstance(error, ConnectionError)


def _chain(error: object) -> Iterator[BaseException]:
    """The error and what it was made of: urllib3 and requests wrap by argument as often as by `from`."""
    seen: list[object] = []
    waiting = [error]
    while waiting:
        found = waiting.pop()
        if isinstance(found, BaseException) and not any(found is s for s in seen):
            seen.append(found)
            waiting += [*found.args, found.__cause__, found.__context__]
            yield found
