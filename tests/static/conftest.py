"""The browser and the small server that the scripts are tested with."""

import threading
from collections.abc import Iterator

import pytest
from static.stub import Stub
from support.browser import browser_type_launch_args

__all__ = ["browser_type_launch_args"]


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.gate.set()
    server.shutdown()
    server.server_close()
