"""Turns at a file that only one may write at a time: threads by a lock, processes by an advisory lock on a file."""

import fcntl
import os
import threading
import time

PATIENCE = 5.0  # seconds; whoever has waited for longer goes ahead without a turn
_LOOK = 0.0005  # seconds between two looks at the lock of another process


class Turns:
    """Whose turn it is to write. A courtesy among writers, not the lock itself: SQLite still decides."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._renew()
        os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        """A process that was forked shares neither its parent's threads nor its place in the queue."""
        self._threads = threading.Lock()
        self._file: int | None = None

    def take(self) -> bool:
        """Waits for a turn; False when it did not come in time. Whoever took one must `give` it back."""
        until = time.monotonic() + PATIENCE
        if not self._threads.acquire(timeout=PATIENCE):
            return False
        while not self._alone():
            if time.monotonic() > until:
                self._threads.release()
                return False
            time.sleep(_LOOK)
        return True

    def give(self) -> None:
        """Lets the next one in."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()

    def _alone(self) -> bool:
        """Whether no other process holds the file. The kernel frees what a dead process held."""
        if self._file is None:
            self._file = os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
