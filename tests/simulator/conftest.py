"""One simulator of the demo for all tests that need nothing special; a clock of its own where time matters."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from support.simulator import Clock, Receiver, Rpc, sever_config

from clickcall.simulator import Config, Simulator


@pytest.fixture(scope="session")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def _shared(clock: Clock) -> Iterator[Simulator]:
    with Simulator(sever_config(), clock=clock) as simulator:
        yield simulator


@pytest.fixture
def simulator(_shared: Simulator) -> Simulator:
    """The demo's provider, empty; its time stands still until `clock.tick`."""
    _shared.reset()
    return _shared


@pytest.fixture
def call_api(simulator: Simulator) -> Iterator[Rpc]:
    rpc = Rpc(simulator.call_api_url)
    yield rpc
    rpc.close()


@pytest.fixture
def data_api(simulator: Simulator) -> Iterator[Rpc]:
    rpc = Rpc(simulator.data_api_url)
    yield rpc
    rpc.close()


@pytest.fixture
def call_api_of(clock: Clock) -> Iterator[Callable[[Config], Rpc]]:
    """The Call API of a provider of one's own."""
    with ExitStack() as stack:

        def start(config: Config) -> Rpc:
            simulator = stack.enter_context(Simulator(config, clock=clock))
            rpc = Rpc(simulator.call_api_url)
            stack.callback(rpc.close)
            return rpc

        yield start


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def told(simulator: Simulator, receiver: Receiver) -> Iterator[Receiver]:
    """The receiver of all that the shared simulator tells about the account "sever"."""
    simulator.webhook("sever", receiver.url)
    yield receiver
    simulator.webhook("sever", "")
