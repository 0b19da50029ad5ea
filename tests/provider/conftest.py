from collections.abc import Callable, Iterator

import pytest
from support.wires import authority, ca_bundle, serve, tls

from clickcall.provider.wire import Wire

__all__ = ["authority", "ca_bundle", "serve", "tls"]

TOKEN = "2fRN4g217ca0b4224a67988aff3e584f"


@pytest.fixture
def token() -> str:
    return TOKEN


@pytest.fixture
def wires() -> Iterator[Callable[..., Wire]]:
    """wires(**options) -> a wire; a test that waits for a time-out shortens it."""
    made: list[Wire] = []

    def make(**options: object) -> Wire:
        made.append(Wire(**{"connect_timeout": 5.0, "read_timeout": 5.0, **options}))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for wire in made:
        wire.close()
