"""Many things in lots: a statement takes some hundred values, not a million."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def lots(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """All of them in their order, at most `size` at a time."""
    rest = iter(things)
    while lot := list(islice(rest, size)):
        yield lot
