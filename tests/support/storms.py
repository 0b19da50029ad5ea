"""A storm of presses: what goes wrong on the way, who dies, and how it all stands in the end."""

import random
import signal
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.models import Q

from clickcall.calls.services import press as pressing
from clickcall.models import Call, Dispatch, Status
from clickcall.simulator import Simulator

from .presses import requests_of
from .processes import python

SETTLE_SECONDS = 5
WORKERS = 2


class Killed(BaseException):
    """The process of a press is gone: nobody catches it, and nothing is written any more."""


def deadly(send: Callable[..., Any], share: float, seed: int) -> Callable[..., Any]:
    """`send`, but of this share of the presses the process dies: half of them before the request, half after it."""
    chance, lock = random.Random(seed), threading.Lock()

    def sent(*args: Any, **kwargs: Any) -> Any:
        with lock:
            drawn = chance.random()
        if drawn < share / 2:
            raise Killed
        event = send(*args, **kwargs)
        if drawn < share:
            raise Killed
        return event

    return sent


def survived(place: Callable[[], Any]) -> None:
    """A press in a thread of its own, whose death ends nothing else."""
    try:
        place()
    except Killed:
        connections.close_all()


@contextmanager
def mortal_workers() -> Iterator[None]:
    """Workers side by side; every few seconds one is killed as by `kill -9`, and another takes its place."""
    ended = threading.Event()
    workers = [_worker() for _ in range(WORKERS)]
    reaper = threading.Thread(target=_reap, args=(workers, ended))
    reaper.start()
    try:
        yield
    finally:
        ended.set()
        reaper.join()
        for worker in workers:
            worker.kill()
            worker.communicate()


def _reap(workers: list["subprocess.Popen[str]"], ended: threading.Event) -> None:
    while not ended.wait(4.0):
        oldest = workers.pop(0)
        oldest.send_signal(signal.SIGKILL)
        oldest.communicate()
        workers.append(_worker())


def _worker() -> "subprocess.Popen[str]":
    patience = {"CLICKCALL_SETTLE_SECONDS": str(SETTLE_SECONDS), "CLICKCALL_READ_TIMEOUT": "2"}
    worker = python("manage.py", "worker", LOG_LEVEL="CRITICAL", **patience)
    assert worker.stdout is not None
    assert worker.stderr is not None
    worker.stdout.close()
    threading.Thread(target=worker.stderr.read, daemon=True).start()
    return worker


def wait_until_all_is_final(simulator: Simulator, seconds: float) -> None:
    """Until nobody calls, nothing is on its way, no row is open and none waits for the report's word about its end."""
    untold = Q(is_final=False) | Q(dispatch=Dispatch.ACCEPTED, finish_reason="")
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        simulator.journal()
        if not simulator.world.webhooks.pending and not Call.objects.filter(untold).exists():
            return
        time.sleep(0.2)
    rows = Call.objects.filter(untold).values_list(
        "external_id", "dispatch", "status", "cause", "lease_until", "next_check_at"
    )
    raise AssertionError(f"not final: {list(rows[:10])}, {simulator.world.webhooks.pending} on their way")


def sessions(simulator: Simulator) -> dict[str, list[tuple[str, str]]]:
    """{a press's ID: [(session, why it ended)]}, as the journal has it."""
    ends: dict[int, str] = {}
    placed: dict[str, list[tuple[str, str]]] = defaultdict(list)
    lines = [line for line in simulator.journal() if line["type"] == "call"]
    for line in lines:
        if line["event"] == "ended":
            ends[line["call_session_id"]] = line["finish_reason"]
    for line in lines:
        if line["event"] == "placed" and line["external_id"]:
            session = line["call_session_id"]
            placed[line["external_id"]].append((str(session), ends[session]))
    return placed


def differences(simulator: Simulator) -> list[str]:
    """What our log says otherwise than the journal, call by call; no session is in it twice, and none is missing."""
    placed = sessions(simulator)
    found = [f"{press}: placed {len(those)} times" for press, those in placed.items() if len(those) > 1]
    for call in Call.objects.all():
        theirs = placed.pop(call.external_id or "", [])
        found += [f"{call}: {why}" for why in _wrong(call, theirs)]
    return [*found, *(f"{press}: we have no such call" for press in placed)]


def _wrong(call: Call, theirs: list[tuple[str, str]]) -> Iterator[str]:
    if not call.is_final:
        yield "is not final"
    if not call.external_id:
        yield "is a second row"
    if bool(theirs) != (call.dispatch == Dispatch.ACCEPTED):
        yield f"we say {call.dispatch}, they have {theirs}"
    if theirs and (call.call_session_id, call.finish_reason) != theirs[0]:
        yield f"we have {call.call_session_id} {call.finish_reason}, they have {theirs}"
    if call.dispatch == Dispatch.ACCEPTED and call.status in (Status.UNKNOWN, Status.ACCEPTED):
        yield f"ended as {call.status}"


def requests_per_press(simulator: Simulator) -> dict[str, int]:
    """How often each press was sent."""
    found: dict[str, int] = defaultdict(int)
    for line in requests_of(simulator):
        found[line["params"]["external_id"]] += 1
    return found


__all__ = [
    "Killed",
    "deadly",
    "differences",
    "mortal_workers",
    "pressing",
    "requests_per_press",
    "survived",
    "wait_until_all_is_final",
]
