"""The commands as processes of their own, on real ports."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from clickcall.management.web_server import listen

Started = subprocess.Popen[str]
Start = Callable[..., Started]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a command with a database of its own; ends what is left."""
    running: list[Started] = []

    def run(*command: str, **variables: str) -> Started:
        environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "clickcall.settings",
            "CLICKCALL_READ_DOTENV": "0",
            "CLICKCALL_DATA_DIR": str(tmp_path / "data"),
            "SECRET_KEY": "only-for-tests-" + "x" * 40,
            "CLICKCALL_TOKEN_KEYS": ",".join(settings.CLICKCALL_TOKEN_KEYS),
            "PYTHONUNBUFFERED": "1",
            **variables,
        }
        process = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), *command],
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_serve_on_an_empty_database_shows_the_first_admin_the_way_and_ends_cleanly(start: Start) -> None:
    server = start("serve", "--port", "0")
    assert server.stdout is not None
    address = server.stdout.readline().removeprefix("ClickCall ").strip()
    link = re.search(r"http://\S+/welcome/\S+", server.stdout.readline())
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    assert link is not None
    with urllib.request.urlopen(link[0], timeout=20) as page:
        assert page.status == 200
    server.send_signal(signal.SIGTERM)
    assert (
        server.wait(40) == 0
    )  # as long as a press in flight may take, if a signal meets a process that is being forked


def test_serve_without_keys_says_what_is_missing(start: Start) -> None:
    server = start("serve", "--port", "0", SECRET_KEY="", CLICKCALL_TOKEN_KEYS="")
    _, said = server.communicate(timeout=20)
    assert server.returncode == 1
    assert "SECRET_KEY is not set" in said
    assert "CLICKCALL_TOKEN_KEYS is not set" in said


def test_provision_may_be_the_first_command_on_an_empty_machine(start: Start, tmp_path: Path) -> None:
    (tmp_path / "file.toml").write_text('[[account]]\nslug = "acme"\nname = "Acme"\nbrand = "uis"')
    provision = start("provision", str(tmp_path / "file.toml"))
    said, _ = provision.communicate(timeout=120)
    assert (provision.returncode, said) == (0, '{"created": 1, "updated": 0, "unchanged": 0}\n')


def test_serve_names_the_flag_of_a_taken_port() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(CommandError, match="--port"):
        call_command("serve", "--port", str(taken.getsockname()[1]))


@pytest.mark.parametrize("flag", ["--port", "--provider-port"])
def test_demo_names_the_flag_of_a_taken_port_before_it_does_anything(tmp_path: Path, flag: str) -> None:
    with listen("127.0.0.1", 0) as taken:
        ports = {"--port": "0", "--provider-port": "0", flag: str(taken.getsockname()[1])}
        arguments = [part for pair in ports.items() for part in pair]
        with pytest.raises(CommandError, match=f"{flag}$"):
            call_command("demo", *arguments, "--data-dir", str(tmp_path / "demo"))
    assert not (tmp_path / "demo").exists()


@pytest.mark.full
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_demo_prints_its_address_and_three_logins_and_ends_all_its_children(
    start: Start, tmp_path: Path, how: signal.Signals
) -> None:
    elsewhere = {"DATABASE_URL": "postgres://nowhere.invalid/clickcall", "SECRET_KEY": "", "CLICKCALL_TOKEN_KEYS": ""}
    demo = start("demo", "--port", "0", "--provider-port", "0", "--data-dir", str(tmp_path / "demo"), **elsewhere)
    assert demo.stdout is not None
    lines = [demo.stdout.readline().split() for _ in range(4)]
    assert [line[:2] for line in lines[1:]] == [["sales", "anna"], ["manager", "mikhail"], ["admin", "elena"]]
    with urllib.request.urlopen(lines[0][1], timeout=20) as page:
        assert page.status == 200
    children = _children_of(demo.pid)
    assert len(children) == 3
    demo.send_signal(how)
    assert demo.wait(40) == 0
    assert demo.stdout.read() == ""
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)


@pytest.mark.full
def test_demo_ends_with_a_message_when_one_of_its_processes_dies(start: Start, tmp_path: Path) -> None:
    demo = start("demo", "--port", "0", "--provider-port", "0", "--data-dir", str(tmp_path / "demo"))
    assert demo.stdout is not None
    demo.stdout.readline()
    os.kill(_children_of(demo.pid)[0], signal.SIGKILL)
    _, said = demo.communicate(timeout=40)
    assert demo.returncode == 1
    assert "The simulator has ended (signal SIGKILL)" in said


def _children_of(pid: int) -> list[int]:
    """The processes that this one started, the oldest first."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
