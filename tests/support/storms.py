"""A storm of presses: what goes wrong on the way, who dies, and how it all stands in the end."""

import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connections
from django.db.models import Q

from clickcall.models import Call, Dispatch, Status
from clickcall.simulator import Simulator

from .presses import requests_of

LONGEST_WAIT = 240.0


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


def wait_until(holds: Callable[[], Any]) -> None:
    """Until it is true. Fails when that takes longer than on any machine, and says what is open then."""
    deadline = time.monotonic() + LONGEST_WAIT
    while not holds():
        assert time.monotonic() < deadline, open_calls()
        time.sleep(0.1)


def open_calls() -> list[tuple[Any, ...]]:
    """Some of the calls that are not final, or wait for the report's word about their end."""
    untold = Call.objects.filter(Q(is_final=False) | Q(dispatch=Dispatch.ACCEPTED, finish_reason=""))
    return [*untold.values_list("external_id", "dispatch", "status", "cause", "lease_until", "next_check_at")[:10]]


def sessions(simulator: Simulator) -> dict[str, list[tuple[str, str]]]:
    """{a press's ID: [(session, why it ended)]}, as the journal has it."""
    placed: dict[str, list[tuple[str, str]]] = defaultdict(list)
    lines = [line for line in simulator.journal() if line["type"] == "call"]
    ends = {line["call_session_id"]: line["finish_reason"] for line in lines if line["event"] == "ended"}
    for line in lines:
        if line["event"] == "placed" and line["external_id"]:
            session = line["call_session_id"]
            placed[line["external_id"]].append((str(session), ends.get(session, "runs")))
    return placed


def differences(simulator: Simulator) -> list[str]:
    """What our log says otherwise than the journal, call by call; no session is in it twice, and none is missing."""
    placed = sessions(simulator)
    found = [f"{press}: placed {len(those)} times" for press, those in placed.items() if len(those) > 1]
    for call in Call.objects.all():
        theirs = placed.pop(call.external_id or "", [])
        found += [f"{call.external_id}: {why}" for why in _wrong(call, theirs)]
    return [*found, *(f"{press}: we have no such call" for press in placed)]


def _wrong(call: Call, theirs: list[tuple[str, str]]) -> Iterator[str]:
    if not call.is_final:
        yield "is not final"
    if not call.external_id:
        yield f"is a second row, of {call.call_session_id}"
    if bool(theirs) != (call.dispatch == Dispatch.ACCEPTED):
        yield f"we say {call.dispatch}, they have {theirs}"
    elif theirs and (call.call_session_id, call.finish_reason) != theirs[0]:
        yield f"we have {call.call_session_id} {call.finish_reason}, they have {theirs}"
    if call.dispatch == Dispatch.ACCEPTED and call.status in (Status.UNKNOWN, Status.ACCEPTED):
        yield f"ended as {call.status}"


def requests_per_press(simulator: Simulator) -> Counter[str]:
    """How often each press was sent."""
    return Counter(line["params"]["external_id"] for line in requests_of(simulator))
