"""Workers side by side that die with calls in their hands; another one takes the place of each."""

import subprocess
import sys
import tempfile
import threading
from typing import Self

from .processes import ROOT, START_SECONDS, environment, line_of

PROGRAM = "tests/support/mortal_worker.py"


class MortalWorkers:
    """`settle` is how many seconds after a press silence says that it was not placed."""

    def __init__(self, settle: float) -> None:
        self.deaths = 0
        self._patience = {"CLICKCALL_SETTLE_SECONDS": str(settle), "CLICKCALL_READ_TIMEOUT": "2"}
        self._words = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed when all are dead
        self._mourner = threading.Thread(target=self._count)

    def __enter__(self) -> Self:
        """When all of them live."""
        self._mother = subprocess.Popen(
            [sys.executable, "-P", PROGRAM],
            cwd=ROOT,
            env=environment(LOG_LEVEL="CRITICAL", **self._patience),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._words,
            text=True,
        )
        assert line_of(self._mother) == "ready", self.said()
        self._mourner.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._tell("end")
        self._mother.wait(START_SECONDS)
        self._mourner.join()
        for stream in (self._mother.stdin, self._mother.stdout):
            if stream:
                stream.close()
        self._words.close()

    def spare(self) -> None:
        """Those that live, and those that come, go on living."""
        self._tell("spare")

    def said(self) -> str:
        """What they had to say, which is nothing where all is well."""
        self._words.seek(0)
        return self._words.read()

    def _tell(self, word: str) -> None:
        assert self._mother.stdin is not None
        self._mother.stdin.write(f"{word}\n")
        self._mother.stdin.flush()

    def _count(self) -> None:
        assert self._mother.stdout is not None
        for _line in self._mother.stdout:
            self.deaths += 1
