import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from clickcall.management.demo import children as module
from clickcall.management.demo.children import ChildEnded, Children, ended_with

SLEEPER = "import time; print('here', flush=True); time.sleep(60)"


@pytest.fixture
def children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Children]:
    """Children that run a line of Python instead of a command of ours."""
    monkeypatch.setattr(module, "MANAGE", "-c")
    made = Children({"PATH": os.environ["PATH"]})
    yield made
    made.end(patience=0.0)


def test_a_child_that_ends_is_reported_with_its_status_and_the_end_of_its_log(
    children: Children, tmp_path: Path
) -> None:
    child = children.start("worker", tmp_path / "log", "print('the reason'); raise SystemExit(7)")
    child.process.wait()
    with pytest.raises(ChildEnded, match=r"(?s)The worker has ended \(exit status 7\).*the reason"):
        children.check()


def test_all_end_when_they_are_asked_to(children: Children, tmp_path: Path) -> None:
    started = [children.start(name, tmp_path / name, SLEEPER) for name in "ab"]
    children.check()
    children.end(patience=10.0)
    assert [child.process.poll() for child in started] == [-15, -15]


def test_a_child_that_does_not_listen_is_killed(children: Children, tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); " + SLEEPER
    child = children.start("deaf", tmp_path / "log", deaf)
    while b"here" not in (tmp_path / "log").read_bytes():
        child.check()
    children.end(patience=0.1)
    assert child.process.poll() == -9


def test_a_command_is_waited_for_while_the_others_are_watched(children: Children, tmp_path: Path) -> None:
    ended = threading.Event()
    children.run(ended, "filling", tmp_path / "fill", "pass")
    assert children.running == []
    with pytest.raises(ChildEnded, match="exit status 3"):
        children.run(ended, "filling", tmp_path / "fill", "raise SystemExit(3)")


def test_a_command_may_be_done_between_two_looks(
    children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([None])
    monkeypatch.setattr(subprocess.Popen, "poll", lambda self: next(answers, self.wait()))
    children.run(threading.Event(), "filling", tmp_path / "fill", "pass")
    assert children.running == []


def test_the_end_interrupts_the_waiting(children: Children, tmp_path: Path) -> None:
    ended = threading.Event()
    ended.set()
    children.run(ended, "filling", tmp_path / "fill", SLEEPER)
    assert len(children.running) == 1


def test_a_signal_is_called_by_its_name() -> None:
    assert (ended_with(-9), ended_with(2)) == ("signal SIGKILL", "exit status 2")
