"""The background process: a sign of life, and one sweep after the other until told to end."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.utils.timezone import now

from clickcall.models import Heartbeat

log = logging.getLogger(__name__)
BEAT_SECONDS = 5.0
PAUSE_SECONDS = 0.5  # between looks for calls whose turn it is; how often one call is asked about is its own affair


def beat() -> None:
    """Says that the worker lives."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"seen_at": now()})


@contextmanager
def beating(ended: threading.Event, seconds: float = BEAT_SECONDS) -> Iterator[None]:
    """Beats from a thread of its own: a round may wait long for a provider, and is alive all the same."""
    thread = threading.Thread(target=_beat_until, args=(ended, seconds), name="heartbeat")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat_until(ended: threading.Event, seconds: float) -> None:
    try:
        while True:
            _guarded(beat)
            if ended.wait(seconds):
                return
    finally:
        connection.close()


@contextmanager
def beside(work: Callable[[], object], ended: threading.Event, pause: float = PAUSE_SECONDS) -> Iterator[None]:
    """Does other work in a thread of its own, so that no slow job holds up the calls."""
    thread = threading.Thread(target=_beside_until, args=(work, ended, pause), name="jobs")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beside_until(work: Callable[[], object], ended: threading.Event, pause: float) -> None:
    try:
        loop(work, ended, pause)
    finally:
        connection.close()


def loop(sweep: Callable[[], object], ended: threading.Event, pause: float = PAUSE_SECONDS) -> None:
    """Sweeps until `ended`; neither a database that is away for a moment nor a bug of ours is a reason to stop."""
    while not ended.is_set():
        _guarded(sweep)
        ended.wait(pause)


def _guarded(work: Callable[[], object]) -> None:
    try:
        work()
    except DatabaseError:
        log.exception("The database did not answer; trying again")
        connection.close()  # the next round begins with a fresh one
    except Exception:
        log.exception("A round failed; trying again")
