"""The browser and the small server that the scripts are tested with."""

import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from static.stub import Stub


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.gate.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium here: apt-get install -y --no-install-recommends chromium")
    flags = "no-sandbox disable-gpu no-first-run disable-background-networking disable-component-update disable-sync"
    args = [f"--{flag}" for flag in flags.split()]
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}
