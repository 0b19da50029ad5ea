"""The command line: `python -m clickcall.simulator`, and the same flags for the management command."""

import argparse
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from clickcall.simulator.config import Config, ConfigError
from clickcall.simulator.config_file import load_config
from clickcall.simulator.fates import markdown_table
from clickcall.simulator.posting import Target
from clickcall.simulator.server import Simulator


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the simulator's flags to any parser."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=9000, help="0 = a free one (default %(default)s)")
    parser.add_argument("--speed", type=_speed, default=1.0, help="calls run this many times as fast")
    parser.add_argument("--config", type=Path, help="TOML file; the demo's without it")
    parser.add_argument(
        "--webhook",
        metavar="[SLUG=]URL",
        action="append",
        default=[],
        help="where an account's event notifications go; without a slug the first account's",
    )
    parser.add_argument(
        "--webhook-faults",
        action="store_true",
        help="some of them are repeated, late or lost: the file's [webhooks], or one in five, three in ten, one in ten",
    )
    parser.add_argument("--fates", action="store_true", help="print the fates as a Markdown table and end")


def run(options: argparse.Namespace, say: Callable[[str], object]) -> int:
    """Serve until SIGINT or SIGTERM. `say` takes lines for standard output. Returns the exit status."""
    try:
        config = load_config(options.config)
        if options.fates:
            say(markdown_table(config.fates))
            return 0
        simulator = _simulator(config, options)
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"Cannot listen on port {options.port}: {error.strerror}. Choose another: --port\n")
        return 2
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with simulator:
        say(f"Simulator {simulator.url}")
        ended.wait()
    return 0


def _simulator(config: Config, options: argparse.Namespace) -> Simulator:
    faults = config.webhooks
    if options.webhook_faults and not (faults.repeat or faults.shuffle or faults.lose):
        config = replace(config, webhooks=replace(faults, repeat=0.2, shuffle=0.3, lose=0.1))
    for target in options.webhook:
        slug, _, url = target.partition("=") if not target.startswith("http") else ("", "", target)
        account, url = config.account(slug), Target(url).url
        accounts = tuple(replace(one, webhook=url) if one is account else one for one in config.accounts)
        config = replace(config, accounts=accounts)
    return Simulator(config, speed=options.speed, host=options.host, port=options.port)


def main() -> int:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(
        allow_abbrev=False, prog="python -m clickcall.simulator", description="The provider, simulated"
    )
    add_arguments(parser)
    return run(parser.parse_args(), _print_line)


def _print_line(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed < float("inf"):
        raise argparse.ArgumentTypeError("must be above 0")
    return speed
