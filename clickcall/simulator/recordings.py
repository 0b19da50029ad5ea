"""Recordings and files to play: where they are, and what they sound like."""

import array
import hashlib
import io
import math
import sys
import wave
from functools import lru_cache

from clickcall.simulator.calls import Call

RATE = 8000
LONGEST = 8
PITCHES = (440.0, 554.4)
"""Two notes in turn, a second each: one hears that it plays, and where."""


def record_id(call: Call) -> str:
    """The one record of a call."""
    return hashlib.md5(str(call.id).encode(), usedforsecurity=False).hexdigest()


def talk_link(base_url: str, call: Call) -> str:
    """Where a call's record is played."""
    return f"{base_url}system/media/talk/{call.communication_id}/{record_id(call)}/"


def file_link(base_url: str, media_id: str) -> str:
    """Where a file is played."""
    return f"{base_url}system/media/file/{media_id}/"


def recorded_at(call: Call, delay: float) -> float:
    """The Unix time at which the record is there; `delay` as at speed 1."""
    return call.ends_at + delay / call.speed


def is_recorded(call: Call, now: float, delay: float) -> bool:
    """Whether there is a record at `now`: there has been a talk, and it has been processed."""
    return call.is_talked(call.ends_at) and now >= recorded_at(call, delay)


@lru_cache(maxsize=16)
def sound(seconds: int) -> bytes:
    """A WAV of that length, at least one second and at most `LONGEST`."""
    samples = array.array("h", (_sample(place) for place in range(RATE * min(max(seconds, 1), LONGEST))))
    if sys.byteorder == "big":
        samples.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(samples.tobytes())
    return file.getvalue()


def _sample(place: int) -> int:
    pitch = PITCHES[place // RATE % len(PITCHES)]
    return int(6000 * math.sin(2 * math.pi * pitch * place / RATE))
