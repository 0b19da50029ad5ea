"""A wire whose time-outs a test may shorten."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from clickcall import gateway


@pytest.fixture
def wire_settings(settings: Any) -> Iterator[Callable[..., None]]:
    """wire_settings(CONNECT_TIMEOUT=…, …): the wire of this test, closed when it ends."""

    def change(**values: Any) -> None:
        for name, value in values.items():
            setattr(settings, f"CLICKCALL_{name}", value)

    yield change
    gateway.wire().close()
