import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils.timezone import now

from clickcall.management import worker_loop
from clickcall.models import Heartbeat


@pytest.mark.django_db
def test_a_beat_makes_the_row_and_then_moves_it() -> None:
    worker_loop.beat()
    Heartbeat.objects.update(seen_at=now() - timedelta(hours=1))
    assert Heartbeat.objects.worker_is_missing()
    worker_loop.beat()
    assert not Heartbeat.objects.worker_is_missing()
    assert Heartbeat.objects.count() == 1


def test_it_beats_on_while_a_round_waits_for_a_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[str] = []
    monkeypatch.setattr(worker_loop, "beat", lambda: beats.append("beat"))
    ended = threading.Event()
    with worker_loop.beating(ended, seconds=0.01):
        deadline = time.monotonic() + 5
        while len(beats) < 3 and time.monotonic() < deadline:
            time.sleep(0.005)
    assert len(beats) >= 3
    assert ended.is_set()


def test_beats_come_often_enough_for_the_banner() -> None:
    assert worker_loop.BEAT_SECONDS <= 10


def test_rounds_follow_each_other_until_the_end_is_told() -> None:
    ended, rounds = threading.Event(), []

    def sweep() -> None:
        rounds.append(1)
        if len(rounds) == 3:
            ended.set()

    worker_loop.loop(sweep, ended, pause=0.001)
    assert len(rounds) == 3


def test_a_database_that_is_away_for_a_moment_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    ended, rounds = threading.Event(), []

    def sweep() -> None:
        rounds.append(1)
        if len(rounds) == 1:
            raise OperationalError("database is locked")
        ended.set()

    worker_loop.loop(sweep, ended, pause=0.001)
    assert len(rounds) == 2
    assert "trying again" in caplog.text


def test_a_mistake_of_ours_is_logged_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    ended, rounds = threading.Event(), []

    def sweep() -> None:
        rounds.append(1)
        if len(rounds) == 1:
            raise KeyError("a mistake")
        ended.set()

    worker_loop.loop(sweep, ended, pause=0.001)
    assert len(rounds) == 2
    assert [record.exc_info is not None for record in caplog.records if record.levelname == "ERROR"] == [True]


def test_between_rounds_the_end_comes_at_once() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=worker_loop.loop, args=(lambda: None, ended, 60.0))
    thread.start()
    began = time.monotonic()
    ended.set()
    thread.join(5)
    assert time.monotonic() - began < 1
