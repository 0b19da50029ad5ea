"""Sounds over HTTP: whole, or the part that a player asks for when somebody seeks."""

import re

from clickcall.simulator.delivery import Reply, plain
from clickcall.simulator.recordings import is_recorded, record_id, sound
from clickcall.simulator.world import World

WAV = "audio/wav"
RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def play_talk(world: World, communication_id: int, record: str, wanted: str) -> Reply:
    """The record of a call, as soon as there is one."""
    with world.lock:
        call = world.exchange.communication(communication_id)
        now, past = world.clock(), world.exchange.past.talk(communication_id, record)
    if past is not None:
        return _play(sound(past), wanted)
    if call is None or record_id(call) != record or not is_recorded(call, now, world.config.recording_delay):
        return plain(404, "There is no such recording")
    return _play(sound(call.durations(now)[1]), wanted)


def play_file(world: World, media_id: str, wanted: str) -> Reply:
    """A file of some account."""
    for account in world.config.accounts:
        for media in account.media:
            if media.id == media_id:
                return _play(sound(media.duration), wanted)
    return plain(404, "There is no such file")


def _play(body: bytes, wanted: str) -> Reply:
    """`wanted` is a Range header; what is not one range of bytes is answered with the whole, as HTTP allows."""
    asked = RANGE.fullmatch(wanted)
    if not asked or asked[0] == "bytes=-":
        return Reply(body, content_type=WAV, headers=(("Accept-Ranges", "bytes"),))
    first, last = _span(asked[1], asked[2], len(body))
    if not 0 <= first <= last:
        return Reply(status=416, content_type=WAV, headers=(("Content-Range", f"bytes */{len(body)}"),))
    headers = (("Accept-Ranges", "bytes"), ("Content-Range", f"bytes {first}-{last}/{len(body)}"))
    return Reply(body[first : last + 1], 206, WAV, headers=headers)


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
