"""A provider on a real socket that does what a test's script says."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support.presses import connect
from support.wire_server import WireServer
from support.wires import authority, ca_bundle, serve, tls

from clickcall import gateway
from clickcall.accounts import renewal
from clickcall.models import Account

__all__ = ["authority", "ca_bundle", "serve", "tls"]


@pytest.fixture(autouse=True)
def no_renewal_remembered() -> None:
    """A process remembers which keys it has just renewed; another test's key may have the same number."""
    renewal.forget()


@pytest.fixture
def wire_settings(settings: Any) -> Iterator[Callable[..., None]]:
    """wire_settings(CONNECT_TIMEOUT=…, …): the wires of this test, closed when it ends."""

    def change(**values: Any) -> None:
        for name, value in values.items():
            setattr(settings, f"CLICKCALL_{name}", value)

    yield change
    gateway.wire().close()
    gateway.quick_wire().close()


@pytest.fixture
def scripted(
    account: Account, serve: Callable[..., WireServer], wire_settings: Callable[..., None]
) -> Callable[..., WireServer]:
    """scripted(script, tls=None): the account's provider does what the script says."""

    def start(*args: Any, **kwargs: Any) -> WireServer:
        server = serve(*args, **kwargs)
        connect(account, server.url.removesuffix("/v4.0"))
        return server

    return start
