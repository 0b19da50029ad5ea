"""The command line, as a process of its own and as a management command."""

import argparse
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from django.core.management import call_command

from clickcall.simulator import Config, ConfigError, cli


def options(**changes: object) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    return argparse.Namespace(**(vars(parser.parse_args(["--port", "0"])) | changes))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_listens_and_ends_when_told(number: signal.Signals) -> None:
    command = [sys.executable, "-W", "error", "-m", "clickcall.simulator", "--port", "0", "--speed", "10"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        line = process.stdout.readline()
        assert line.startswith("Simulator http://127.0.0.1:")
        assert requests.get(line.split()[1], timeout=5).status_code == 200
        process.send_signal(number)
        assert process.wait(timeout=5) == 0
        assert process.stderr.read() == ""


def test_a_taken_port_names_the_flag(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert cli.run(options(port=taken.getsockname()[1]), print) == 2
    assert "--port" in capsys.readouterr().err


def test_a_bad_file_is_an_error_that_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("[fates]\n1 = 'eaten'", encoding="utf-8")
    assert cli.run(options(config=path), print) == 2
    assert "bad.toml: fates: 1: there is no fate 'eaten'" in capsys.readouterr().err


@pytest.mark.parametrize("speed", ["0", "-1", "nan", "inf"])
def test_a_speed_is_above_zero(speed: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--speed", speed])
    assert "--speed" in capsys.readouterr().err


def test_notifications_go_where_the_command_line_says(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Config] = []

    def simulator(config: Config, **_: object) -> None:
        made.append(config)
        raise ConfigError("enough")

    monkeypatch.setattr(cli, "Simulator", simulator)
    urls = ["http://127.0.0.1:1/?a=b", "northwind=https://example.com/"]
    assert cli.run(options(webhook=urls, webhook_faults=True), print) == 2
    assert [account.webhook for account in made[0].accounts] == [urls[0], "https://example.com/"]
    assert (made[0].webhooks.repeat, made[0].webhooks.shuffle, made[0].webhooks.lose) == (0.2, 0.3, 0.1)


@pytest.mark.parametrize("target", ["ftp://127.0.0.1/", "nobody=http://127.0.0.1:1/", "sever"])
def test_a_target_that_is_none_is_an_error(target: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(options(webhook=[target]), print) == 2
    assert capsys.readouterr().err


def test_the_management_command_has_the_same_flags(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("simulator", "--fates")
    assert "| `79260000008` | `lost_timeout` |" in capsys.readouterr().out
