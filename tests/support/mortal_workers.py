"""Workers side by side that die with calls in their hands; another one takes the place of each."""

import itertools
import subprocess
import sys
import tempfile
import threading
from typing import Self

from .processes import ROOT, environment, line_of

PROGRAM = "tests/support/mortal_worker.py"
SIDE_BY_SIDE = 2
DEATHS = 10  # at most; the n-th worker dies in its n-th look for which there are calls


class MortalWorkers:
    """`settle` is how many seconds after a press silence says that it was not placed."""

    def __init__(self, settle: float) -> None:
        self.deaths = 0
        self._patience = {"CLICKCALL_SETTLE_SECONDS": str(settle), "CLICKCALL_READ_TIMEOUT": "2"}
        self._lives = itertools.count()
        self._spared, self._ended = threading.Event(), threading.Event()
        self._words = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed when all are dead
        self._workers: list[subprocess.Popen[str]] = []
        self._keeper = threading.Thread(target=self._keep)

    def __enter__(self) -> Self:
        """When all of them have started up."""
        self._workers += [self._start() for _ in range(SIDE_BY_SIDE)]
        assert [line_of(worker) for worker in self._workers] == ["ready"] * SIDE_BY_SIDE, self.said()
        self._keeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._keeper.join()
        for worker in self._workers:
            worker.kill()
            _bury(worker)
        self._words.close()

    def spare(self) -> None:
        """Those that live, and those that come, go on living."""
        self._spared.set()

    def said(self) -> str:
        """What they had to say, which is nothing where all is well."""
        self._words.seek(0)
        return self._words.read()

    def _keep(self) -> None:
        while not self._ended.wait(0.05):
            for position, worker in enumerate(self._workers):
                if worker.poll() is not None:
                    _bury(worker)
                    self.deaths += 1
                    self._workers[position] = self._start()
                elif self._spared.is_set() and worker.stdin:
                    worker.stdin.close()

    def _start(self) -> "subprocess.Popen[str]":
        life = next(self._lives) + 1
        last_look = life if life <= DEATHS else 0
        return subprocess.Popen(
            [sys.executable, "-P", PROGRAM, str(last_look)],
            cwd=ROOT,
            env=environment(LOG_LEVEL="CRITICAL", **self._patience),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._words,
            text=True,
        )


def _bury(worker: "subprocess.Popen[str]") -> None:
    """Waits for the end of one that was killed."""
    worker.wait()
    for stream in (worker.stdin, worker.stdout):
        if stream:
            stream.close()
