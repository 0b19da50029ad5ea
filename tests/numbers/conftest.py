"""Providers on real sockets whose lists a test makes up."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from support import people
from support.presses import connect
from support.simulator import SEVER, sever_config
from support.wire_server import WireServer
from support.wires import serve

from clickcall import gateway
from clickcall.models import Account
from clickcall.simulator import Simulator

__all__ = ["serve"]
NUMBERS = tuple(replace(number, employee=None) for number in sever_config().accounts[0].numbers)
Provider = Callable[..., Simulator]


@pytest.fixture
def closed_wire() -> Iterator[None]:
    """The wire of this test ends with it."""
    yield
    gateway.wire().close()


@pytest.fixture
def provider(account: Account, closed_wire: None) -> Iterator[Provider]:
    """provider(**account) -> the demo's provider with these fields of its account changed; ours is connected to it.

    Its numbers ring nobody in particular. Called again it is another day: the account is connected to the new one.
    """
    people.make_token(account, SEVER)
    with ExitStack() as running:

        def start(**fields: Any) -> Simulator:
            fields.setdefault("numbers", NUMBERS)
            simulator = running.enter_context(Simulator(sever_config(**fields)))
            connect(account, simulator.url)
            return simulator

        yield start


@pytest.fixture
def scripted(account: Account, serve: Callable[..., WireServer], closed_wire: None) -> Callable[..., WireServer]:
    """scripted(script): the account's provider does what the script says."""
    people.make_token(account, SEVER)

    def start(script: Any) -> WireServer:
        server = serve(script)
        connect(account, server.url.removesuffix("/v4.0"))
        return server

    return start
