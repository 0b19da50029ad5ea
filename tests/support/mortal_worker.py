"""The worker, but killed as by `kill -9` in the n-th look for which it has calls in its hands.

n is the argument, 0 = never.
In odd looks it dies before it asks, in even ones when it has written what it learnt and has not given the calls back.
It lives on once its input has ended. Says `ready` when it has started up.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import wraps
from itertools import count
from typing import Any

import django
from django.core.management import call_command


class Fate:
    """Counts looks; `spared` is set when nobody has to die any more."""

    def __init__(self, last_look: int) -> None:
        self._last, self._looks = last_look, count(1)
        self._is_last = False
        self.spared = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        sys.stdin.read()
        self.spared.set()

    def after(self, claim: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
        """`claim`, after which a worker may die."""

        @wraps(claim)
        def claimed(*args: Any, **kwargs: Any) -> list[Any]:
            calls = claim(*args, **kwargs)
            self._is_last = bool(calls) and next(self._looks) == self._last
            if self._is_last and self._last % 2:
                self._die()
            return calls

        return claimed

    def before(self, release: Callable[..., None]) -> Callable[..., None]:
        """`release`, before which a worker may die."""

        @wraps(release)
        def released(*args: Any, **kwargs: Any) -> None:
            if self._is_last:
                self._die()
            release(*args, **kwargs)

        return released

    def _die(self) -> None:
        if not self.spared.is_set():
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    django.setup()
    from clickcall.calls.sweep import rounds

    fate = Fate(int(sys.argv[1]))
    rounds.claim_open = fate.after(rounds.claim_open)
    rounds.release = fate.before(rounds.release)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    call_command("worker")


if __name__ == "__main__":
    main()
