"""The worker, two of it side by side, but killed as by `kill -9` in a look for which they have calls in their hands.

The n-th to be born dies in its n-th such look: in odd ones before it asks, in even ones when it has written what it
learnt and has not given the calls back. Those after the tenth live, and all do when `spare` is read from standard
input; `end`, or the end of the input, ends them. Says `ready` when the first two are born, and `died` for each death.

Each is a fork of one process that has read the product: starting ten Pythons would be most of what a storm costs.
"""

import io
import os
import select
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from functools import wraps
from itertools import count
from typing import Any

import django
from django.core.management import call_command

SIDE_BY_SIDE = 2
DEATHS = 10


class Fate:
    """Counts looks; `spared` is set when nobody has to die any more: when nothing writes into `mercy` any longer."""

    def __init__(self, last_look: int, mercy: int) -> None:
        self._last, self._looks = last_look, count(1)
        self._is_last = False
        self._mercy = mercy
        self.spared = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        os.read(self._mercy, 1)
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


class Mother:
    """Has no thread and no connection of her own: her children begin with neither."""

    def __init__(self) -> None:
        self._born = 0
        self._children: set[int] = set()
        self._mercy, self._threat = os.pipe()

    def bear(self) -> None:
        """Another worker."""
        self._born += 1
        child = os.fork()
        if child:
            self._children.add(child)
            return
        try:
            os.close(self._threat)
            os.dup2(os.open(os.devnull, os.O_RDWR), sys.stdout.fileno())
            live(Fate(self._born if self._born <= DEATHS else 0, self._mercy))
        except BaseException:  # noqa: BLE001 - it must never go on as its mother
            traceback.print_exc()
        finally:
            os._exit(1)

    def watch(self) -> None:
        """Until she is told to end: counts the dead, and bears others in their place."""
        say("ready")
        while True:
            for child in [one for one in self._children if os.waitpid(one, os.WNOHANG)[0]]:
                self._children.remove(child)
                say("died")
                self.bear()
            if select.select([sys.stdin], [], [], 0.05)[0]:
                words = os.read(sys.stdin.fileno(), 64).decode().split()
                if "spare" in words:
                    os.close(self._threat)
                if words != ["spare"]:
                    return

    def end(self) -> None:
        for child in self._children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def live(fate: Fate) -> None:
    """A worker's life."""
    from clickcall.calls.sweep import rounds

    rounds.claim_open = fate.after(rounds.claim_open)
    rounds.release = fate.before(rounds.release)
    call_command("worker")


def main() -> None:
    django.setup()
    call_command("check", stdout=io.StringIO())  # reads whatever a worker needs
    mother = Mother()
    for _ in range(SIDE_BY_SIDE):
        mother.bear()
    mother.watch()
    mother.end()


if __name__ == "__main__":
    main()
