"""Work that costs much less for many things at once than for each of them."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class _Place(Generic[T]):
    """Somebody's place in the queue; they wait for `called`."""

    __slots__ = ("called", "leads", "thing")

    def __init__(self, thing: T) -> None:
        self.thing, self.leads = thing, False
        self.called = threading.Lock()
        self.called.acquire()


class Together(Generic[T]):
    """Threads whose things are worked on together: those that come while some are at it are the next lot.

    `work` gets a lot of at most `most` things, in the order in which they came. One of the threads that brought them
    does it for all, the others wait; two lots of a process are never worked on at once.
    """

    def __init__(self, work: Callable[[list[T]], None], most: int) -> None:
        self._work, self._most = work, most
        self._lock = threading.Lock()
        self._queue: deque[_Place[T]] = deque()
        self._is_led = False

    def do(self, thing: T) -> None:
        """Comes back when `work` has had the thing. Raises what `work` raised, if it was this thread that did it."""
        place = _Place(thing)
        with self._lock:
            place.leads, self._is_led = not self._is_led, True
            if not place.leads:
                self._queue.append(place)
        if not place.leads:
            place.called.acquire()
        if place.leads:
            self._lead(place)

    def _lead(self, own: _Place[T]) -> None:
        with self._lock:
            others = [self._queue.popleft() for _ in range(min(len(self._queue), self._most - 1))]
        try:
            self._work([own.thing, *(place.thing for place in others)])
        finally:
            self._hand_over()
            for place in others:
                place.called.release()

    def _hand_over(self) -> None:
        """The first of those who wait leads the next lot."""
        with self._lock:
            self._is_led = bool(self._queue)
            following = self._queue.popleft() if self._queue else None
        if following:
            following.leads = True
            following.called.release()
