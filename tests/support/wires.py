"""Fixtures for servers on real sockets: certificates of our own, and servers that end with their test."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import trustme

from clickcall.provider.errors import ProviderError
from clickcall.provider.wire import Wire

from .wire_server import Script, WireServer, http, serving

BODY = b'{"jsonrpc": "2.0", "id": "r1", "method": "m", "params": {}}'
OK = http('{"ok": true}')
HEAD = OK.split(b"\r\n\r\n")[0]


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_bundle(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


@pytest.fixture(scope="session")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def serve() -> Iterator[Callable[..., WireServer]]:
    """serve(script, tls=None) -> a running server that ends with the test."""
    with ExitStack() as stack:

        def start(script: Script, tls: ssl.SSLContext | None = None) -> WireServer:
            return stack.enter_context(serving(script, tls))

        yield start


def cause_of(kind: type[ProviderError], wire: Wire, url: str) -> str:
    """What the request fails of."""
    with pytest.raises(kind) as caught:
        wire.post(url, BODY)
    return caught.value.cause
