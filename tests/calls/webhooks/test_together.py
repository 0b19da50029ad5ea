"""Things that come while others are worked on are the next lot; nobody waits for ever."""

import threading
import time
from collections.abc import Callable

import pytest

from clickcall.calls.webhooks.together import Together

WAIT = 5.0


class Workshop:
    """Keeps what came in each lot; the first lot takes until `open`. A thing in `breaks` breaks its lot."""

    def __init__(self, most: int = 10, breaks: int = -1) -> None:
        self.lots: list[list[int]] = []
        self.failed: list[int] = []
        self.open, self.breaks = threading.Event(), breaks
        self.together = Together(self.work, most)

    def work(self, lot: list[int]) -> None:
        self.lots.append(lot)
        assert self.open.wait(WAIT)
        if self.breaks in lot:
            raise KeyError(self.breaks)

    def bring(self, thing: int) -> None:
        try:
            self.together.do(thing)
        except KeyError:
            self.failed.append(thing)

    def come(self, count: int) -> list[threading.Thread]:
        """So many threads, one after the other; the first is at work when the second comes."""
        threads = [threading.Thread(target=self.bring, args=[thing]) for thing in range(count)]
        for thing, thread in enumerate(threads):
            thread.start()
            until(lambda thing=thing: bool(self.lots) and len(self.together._queue) == thing)  # type: ignore[misc]
        return threads

    def end(self, threads: list[threading.Thread]) -> None:
        self.open.set()
        for thread in threads:
            thread.join(WAIT)
        assert not any(thread.is_alive() for thread in threads)


def until(what: Callable[[], bool]) -> None:
    ends = time.monotonic() + WAIT
    while not what():
        assert time.monotonic() < ends
        time.sleep(0.0005)


@pytest.mark.parametrize(("most", "lots"), [(10, [[0], [1, 2, 3]]), (2, [[0], [1, 2], [3]]), (1, [[0], [1], [2], [3]])])
def test_those_that_come_meanwhile_are_the_next_lot(most: int, lots: list[list[int]]) -> None:
    shop = Workshop(most)
    shop.end(shop.come(4))
    assert shop.lots == lots


@pytest.mark.parametrize(("breaks", "failed"), [(0, [0]), (2, [1])])
def test_when_work_fails_who_did_it_is_told_and_nobody_is_left_waiting(breaks: int, failed: list[int]) -> None:
    shop = Workshop(breaks=breaks)
    shop.end(shop.come(3))
    assert shop.failed == failed
    shop.bring(7)
    assert shop.lots[-1] == [7]


def test_one_alone_waits_for_nobody() -> None:
    shop = Workshop()
    shop.open.set()
    shop.bring(1)
    shop.bring(2)
    assert shop.lots == [[1], [2]]
