"""Writers of one machine take turns at the file; a dead or an endless one holds nobody up for ever."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from clickcall.sqlite import turns as module
from clickcall.sqlite.turns import Turns

HOLD = (
    "import sys, time; from clickcall.sqlite.turns import Turns; turns = Turns(sys.argv[1]); "
    "turns.take(); print('held', flush=True); sys.stdin.readline(); turns.give(); print('given', flush=True); "
    "sys.stdin.readline()"
)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "db.turn")


def holder(path: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_threads_go_one_at_a_time(path: str) -> None:
    turns, inside, most = Turns(path), [0], [0]

    def write() -> None:
        for _ in range(20):
            assert turns.take()
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.0002)
            inside[0] -= 1
            turns.give()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_another_process_is_waited_for(path: str) -> None:
    with holder(path) as process:
        assert process.stdin is not None
        turns, taken = Turns(path), threading.Event()

        def write() -> None:
            turns.take()
            taken.set()
            turns.give()

        thread = threading.Thread(target=write)
        thread.start()
        assert not taken.wait(0.3)
        process.stdin.write("\n")
        process.stdin.flush()
        assert taken.wait(5)
        thread.join()
        process.kill()


def test_a_killed_process_leaves_its_turn_to_the_next(path: str) -> None:
    with holder(path) as process:
        process.kill()
    turns = Turns(path)
    assert turns.take()
    turns.give()


def test_who_waited_too_long_goes_without_a_turn(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    turns = Turns(path)
    with holder(path) as process:
        assert not turns.take()
        process.kill()
    assert turns.take()  # the refusal before has left nothing locked
    assert not turns.take()
    turns.give()


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db(transaction=True)
def test_a_transaction_gives_its_turn_back_whatever_becomes_of_it() -> None:
    with transaction.atomic():
        pass
    with pytest.raises(RuntimeError), transaction.atomic():
        raise RuntimeError
    with transaction.atomic(), transaction.atomic():
        connection.cursor().execute("SELECT 1")
    assert connection._turns is None
