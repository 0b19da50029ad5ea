"""A provider that the account is connected to, on a real socket."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support import people
from support.presses import connect
from support.simulator import NUMBER, SEVER, sever_config
from support.wire_server import WireServer
from support.wires import authority, ca_bundle, serve, tls

from clickcall import gateway
from clickcall.models import Account, Member, Token, VirtualNumber
from clickcall.models.saving import save_changes
from clickcall.simulator import Simulator

__all__ = ["authority", "ca_bundle", "serve", "tls"]


@pytest.fixture(scope="session")
def _simulator() -> Iterator[Simulator]:
    with Simulator(sever_config(blacklist=())) as simulator:
        yield simulator


@pytest.fixture
def wire_settings(settings: Any) -> Iterator[Callable[..., None]]:
    """wire_settings(CONNECT_TIMEOUT=…, …): the wire of this test, closed when it ends."""

    def change(**values: Any) -> None:
        for name, value in values.items():
            setattr(settings, f"CLICKCALL_{name}", value)

    yield change
    gateway.wire().close()


@pytest.fixture
def provider(_simulator: Simulator, account: Account, wire_settings: Callable[..., None]) -> Simulator:
    """The demo's provider, empty; the account has its key and one of its numbers."""
    _simulator.reset()
    connect(account, _simulator.url)
    people.make_token(account, SEVER)
    people.make_number(account, NUMBER)
    return _simulator


@pytest.fixture
def scripted(
    account: Account, serve: Callable[..., WireServer], wire_settings: Callable[..., None]
) -> Callable[..., WireServer]:
    """scripted(script, tls=None): the account's provider does what the script says."""
    people.make_token(account, SEVER)
    people.make_number(account, NUMBER)

    def start(*args: Any, **kwargs: Any) -> WireServer:
        server = serve(*args, **kwargs)
        connect(account, server.url.removesuffix("/v4.0"))
        return server

    return start


@pytest.fixture
def mine(provider: Simulator, anna: Member) -> Simulator:
    """Anna has a number of her own."""
    anna.default_number = anna.account.numbers.get(digits=NUMBER)
    anna.save()
    return provider


@pytest.fixture
def ready(anna: Member, number: VirtualNumber, token: Token) -> Member:
    """Anna, with a number of her own and a key."""
    number.members.add(anna)
    save_changes(anna, default_number=number)
    return anna
