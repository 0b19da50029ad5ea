"""Recordings and files to play."""

import io
import wave
from typing import Any

import pytest
import requests
from support.simulator import Clock, Rpc

WINDOW = {"date_from": "2026-10-01 00:00:00", "date_till": "2026-12-01 00:00:00"}


def seconds(body: bytes) -> float:
    with wave.open(io.BytesIO(body)) as sound:
        return sound.getnframes() / sound.getframerate()


def report(data_api: Rpc) -> dict[str, Any]:
    row: dict[str, Any] = data_api.data("get.calls_report", **WINDOW)[0]
    return row


@pytest.fixture
def link(call_api: Rpc, data_api: Rpc, clock: Clock) -> str:
    """Of a talk of twelve seconds."""
    call_api.start()
    clock.tick(60)
    found: str = report(data_api)["full_record_file_link"]
    return found


def test_a_recording_is_there_a_while_after_the_call(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    call_api.start()
    clock.tick(24)
    row = report(data_api)
    assert (row["talk_duration"], row["full_record_file_link"], row["call_records"]) == (12, None, [])
    clock.tick(1.5)
    row = report(data_api)
    assert row["full_record_file_link"].endswith(f"/{row['communication_id']}/{row['call_records'][0]}/")


def test_a_recording_plays(link: str) -> None:
    answer = requests.get(link, timeout=5)
    assert (answer.headers["Content-Type"], answer.headers["Accept-Ranges"]) == ("audio/wav", "bytes")
    assert seconds(answer.content) == 8


def test_a_short_talk_is_a_short_recording(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    session = call_api.start()
    clock.tick(11.1)
    call_api.data("release.call", call_session_id=session)
    clock.tick(60)
    assert seconds(requests.get(report(data_api)["full_record_file_link"], timeout=5).content) == 3


@pytest.mark.parametrize(
    ("wanted", "part"),
    [("bytes=0-9", slice(0, 10)), ("bytes=100-", slice(100, None)), ("bytes=-20", slice(-20, None))],
)
def test_a_player_can_seek(link: str, wanted: str, part: slice) -> None:
    whole = requests.get(link, timeout=5).content
    answer = requests.get(link, headers={"Range": wanted}, timeout=5)
    assert (answer.status_code, answer.content) == (206, whole[part])
    places = range(len(whole))[part]
    assert answer.headers["Content-Range"] == f"bytes {places[0]}-{places[-1]}/{len(whole)}"


def test_a_range_beyond_the_end_is_cut_or_refused(link: str) -> None:
    size = len(requests.get(link, timeout=5).content)
    assert requests.get(link, headers={"Range": f"bytes={size - 1}-{size + 5}"}, timeout=5).status_code == 206
    for wanted in (f"bytes={size}-", "bytes=5-2", "bytes=-0"):
        refused = requests.get(link, headers={"Range": wanted}, timeout=5)
        assert (refused.status_code, refused.headers["Content-Range"]) == (416, f"bytes */{size}")


@pytest.mark.parametrize("wanted", ["bytes=-", "bytes=0-1,5-6", "seconds=1-2", "bytes"])
def test_what_is_no_range_is_answered_with_the_whole(link: str, wanted: str) -> None:
    assert requests.get(link, headers={"Range": wanted}, timeout=5).status_code == 200


def test_only_the_record_itself_opens_a_recording(link: str) -> None:
    wrong = link[:-3] + ("ab/" if not link.endswith("ab/") else "cd/")
    assert requests.get(wrong, timeout=5).status_code == 404
    assert requests.get(link.replace("/talk/", "/talk/9"), timeout=5).status_code == 404


def test_a_recording_that_is_not_ready_does_not_play(link: str, call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    call_api.start()
    clock.tick(21)
    new, old = data_api.data("get.calls_report", **WINDOW, sort=[{"field": "id", "order": "desc"}])
    (running,) = {new["communication_id"]} - {old["communication_id"]}
    assert requests.get(link.replace(str(old["communication_id"]), str(running)), timeout=5).status_code == 404


def test_media_files_play_where_their_link_leads(data_api: Rpc) -> None:
    for media in data_api.data("get.media_files"):
        answer = requests.get(media["play_link"], timeout=5)
        assert seconds(answer.content) == min(media["duration"], 8)
    assert requests.get(f"{media['play_link'][:-1]}9/", timeout=5).status_code == 404
