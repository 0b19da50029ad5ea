"""The threads of a web process: the one that rested last works next."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from queue import SimpleQueue
from threading import Lock, Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_Job = Callable[[], Callable[[], None]]  # does it; what it returns tells what became of it


class WarmThreads(Executor):
    """Up to `most` threads, and no more of them than there were ever jobs at once.

    Each has a connection to the database of its own, with what that has read and prepared. The standard pool wakes up
    whoever has rested longest: all of its threads take turns, however little there is to do, and each finds its
    caches cold.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._threads = 0
        self._resting: list[SimpleQueue[_Job]] = []  # the last one rested last
        self._waiting: deque[_Job] = deque()
        self._lock = Lock()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Runs it by the next free thread."""
        future: Future[T] = Future()

        def job() -> Callable[[], None]:
            if not future.set_running_or_notify_cancel():
                return lambda: None
            try:
                return partial(future.set_result, fn(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001 - whoever waits for the result gets it
                return partial(future.set_exception, error)

        self._hand_over(job)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nothing to do: the threads end with their process, which first waits for its requests."""

    def _hand_over(self, job: _Job) -> None:
        with self._lock:
            if self._resting:
                inbox = self._resting.pop()
            elif self._threads < self._most:
                inbox = self._new_thread()
            else:
                self._waiting.append(job)
                return
        inbox.put(job)

    def _new_thread(self) -> "SimpleQueue[_Job]":
        self._threads += 1
        inbox: SimpleQueue[_Job] = SimpleQueue()
        Thread(target=self._work, args=(inbox,), name=f"web-{self._threads}", daemon=True).start()
        return inbox

    def _work(self, inbox: "SimpleQueue[_Job]") -> None:
        while True:
            tell = inbox.get()()
            with self._lock:  # it can be had again before anybody learns that this job is done
                if self._waiting:
                    inbox.put(self._waiting.popleft())
                else:
                    self._resting.append(inbox)
            tell()
