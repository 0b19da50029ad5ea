"""The processes that the demo consists of: started, watched, ended together."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

MANAGE = str(settings.BASE_DIR / "manage.py")
LAST_LINES = 12
WAIT_SECONDS = 0.1


class ChildEnded(Exception):  # noqa: N818 - what happened
    """A process that should run has ended; the text holds the end of its log."""


@dataclass(slots=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def check(self) -> None:
        """Raises `ChildEnded`."""
        status = self.process.poll()
        if status is not None:
            raise ChildEnded(f"The {self.name} has ended ({ended_with(status)}).{last_lines(self.log)}")


@dataclass(slots=True)
class Children:
    """`environment` is all that the processes see of the outside."""

    environment: Mapping[str, str]
    running: list[Child] = field(default_factory=list)

    def start(self, name: str, log: Path, *command: str) -> Child:
        """Starts `manage.py COMMAND…`. In a session of its own: Ctrl-C reaches the demo alone."""
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 - our own commands
                [sys.executable, MANAGE, *command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        child = Child(name, process, log)
        self.running.append(child)
        return child

    def run(self, ended: threading.Event, name: str, log: Path, *command: str) -> None:
        """Starts a command and waits until it is done, or until `ended`. Raises `ChildEnded` when it fails."""
        child = self.start(name, log, *command)
        while not ended.wait(WAIT_SECONDS):
            self.check(but=child)
            if child.process.poll() is not None:  # asked once: it may end at any moment
                if child.process.returncode:
                    child.check()
                self.running.remove(child)
                return

    def check(self, but: Child | None = None) -> None:
        """Raises `ChildEnded` for the first one that is not running any more, unless it is `but`."""
        for child in self.running:
            if child is not but:
                child.check()

    def end(self, patience: float = 25.0) -> None:
        """Asks all to end, the newest first, and insists after `patience` seconds."""
        deadline = time.monotonic() + patience
        for child in reversed(self.running):
            if child.process.poll() is None:
                child.process.send_signal(signal.SIGTERM)
        for child in self.running:
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
        self.running.clear()


def ended_with(status: int) -> str:
    """A return code in words."""
    return f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def last_lines(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()[-LAST_LINES:]
    return "".join(f"\n  {line}" for line in [f"{log}:", *lines])
