"""Connections that know whether the request left, and that keep one deadline however slowly bytes drip.

The exceptions of `requests` cannot tell either: a TLS handshake that never comes is a ReadTimeout there, and a byte a
second never trips a read time-out.
"""

import http.client
import io
import socket
import time
from functools import partial
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from clickcall.provider.exchange import Exchange, current
from clickcall.provider.public import is_public_ip


class _DeadlineReader(io.RawIOBase):
    """Reads a socket; before every read the time-out is what the exchange has left."""

    def __init__(self, sock: socket.socket, exchange: Exchange) -> None:
        super().__init__()
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._exchange = exchange
        self.has_ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._exchange.remaining())
        size = self._raw.readinto(buffer)
        self.has_ended = size == 0
        return size

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


class _TimedSocket:
    """The one thing that an HTTP response wants of its socket."""

    def __init__(self, reader: _DeadlineReader) -> None:
        self._reader = reader

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._reader)


class _TimedResponse(http.client.HTTPResponse):
    """Status line, headers and body under the deadline of the exchange in hand."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        self._reader = _DeadlineReader(sock, current())
        super().__init__(_TimedSocket(self._reader), *args, **kwargs)  # type: ignore[arg-type]

    def begin(self) -> None:
        """`http.client` takes the end of the stream for the end of the headers: half a head is no answer."""
        super().begin()
        if self._reader.has_ended:
            self.close()
            raise ConnectionResetError("the connection ended within the headers")


class _Recording(HTTPConnection):
    """Tells the current exchange how far it has come."""

    response_class = _TimedResponse
    idle_since = 0.0
    _is_ready = False

    def connect(self) -> None:
        """All of it (every address, a proxy's CONNECT, TLS) within the connect time-out."""
        self._is_ready = False
        super().connect()
        self._is_ready = True

    def send(self, data: Any) -> None:
        """Here the request leaves; what is sent while connecting is only the proxy's CONNECT."""
        if self.sock is None:
            self.connect()
        if self._is_ready:
            exchange = current()
            exchange.leave()
            self.sock.settimeout(exchange.remaining())
        super().send(data)

    def _new_conn(self) -> socket.socket:
        exchange = current()
        exchange.cause = "proxy" if self.proxy else "dns"
        try:
            found = socket.getaddrinfo(self._dns_host.strip("[]"), self.port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(self.host, self, socket.gaierror(str(error))) from error
        if exchange.public_only and not self.proxy:  # a proxy of the operator's knows itself where it may go
            found = [one for one in found if is_public_ip(str(one[4][0]))]
        try:
            sock = _first_that_answers(found, exchange)
        except OSError as error:
            exchange.cause = "proxy" if self.proxy else _connect_cause(error)
            kind = ConnectTimeoutError if isinstance(error, TimeoutError) else partial(NewConnectionError, self)
            raise kind(f"{self.host}:{self.port}: {exchange.cause}") from error
        exchange.connections_opened += 1
        exchange.cause = "proxy" if self.proxy else "tls"
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(max(exchange.deadline - time.monotonic(), 0.001))
        return sock

    def _tunnel(self) -> None:
        super()._tunnel()
        current().cause = "tls"


def _first_that_answers(found: list[Any], exchange: Exchange) -> socket.socket:
    """Each address gets a fair part of what is left, so that a dead IPv6 route does not use up everything."""
    error: OSError = OSError("the name has no address, or none that may be asked")
    for position, (family, kind, protocol, _, address) in enumerate(found):
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(exchange.remaining() / (len(found) - position))
            sock.connect(address)
        except OSError as failed:
            sock.close()
            error = failed
        else:
            return sock
    raise error


def _connect_cause(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "connect_timeout"
    return "refused" if isinstance(error, ConnectionRefusedError) else "unreachable"


class RecordingHTTP(_Recording):
    """Without TLS: a simulator, a proxy inside one's own network."""


class RecordingHTTPS(_Recording, HTTPSConnection):
    """With TLS; connecting includes the handshake."""


class _Choosy(HTTPConnectionPool):
    """Does not carry a request that must not be repeated over a connection that may be dying of idleness."""

    def _get_conn(self, timeout: float | None = None) -> Any:
        conn: Any = super()._get_conn(timeout)
        limit = current().idle_limit
        if limit is not None and time.monotonic() - conn.idle_since > limit:
            conn.close()
        return conn

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.idle_since = time.monotonic()
        super()._put_conn(conn)


class ChoosyHTTPPool(_Choosy):
    """For http addresses."""

    ConnectionCls = RecordingHTTP


class ChoosyHTTPSPool(_Choosy, HTTPSConnectionPool):
    """For https addresses."""

    ConnectionCls = RecordingHTTPS


POOLS: dict[str, type[HTTPConnectionPool]] = {"http": ChoosyHTTPPool, "https": ChoosyHTTPSPool}
