"""A worker that does nothing but imports, in a process of its own: it starts up, and begins when it is told.

`import_when_told.py [PLACE TURN]`: with the two it is killed, as by `kill -9`, when it comes to PLACE for the TURNth
time. Batches are small. It lets go of a run now and then for longer than a lease lasts, as a stalled process does.
"""

import os
import signal
import sys
import time
from datetime import timedelta
from typing import Any

import django

LEASE = 0.05  # seconds


def dying(function: Any, turn: int) -> Any:
    """The function, which kills the process after doing its work for the `turn`th time."""
    calls = []

    def call(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        calls.append(function)
        if len(calls) == turn:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return call


def main(place: str = "", turn: str = "0") -> None:
    django.setup()
    from clickcall.contacts.importing import bulk, work
    from clickcall.models import ImportRun

    work.BATCH, work.SLICE, work.LEASE = 4, 0.0, timedelta(seconds=LEASE)
    if place:
        module = next(module for module in (bulk, work) if hasattr(module, place))
        setattr(module, place, dying(getattr(module, place), int(turn)))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    turns = 0
    while ImportRun.objects.filter(state="running").exists():
        turns += work.import_job()
        if turns % 3 == 0:
            time.sleep(2 * LEASE)
    sys.stdout.write(f"{turns}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
