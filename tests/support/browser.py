"""Chromium for tests: how it is started, who walks in it, and what nobody may see there."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

FLAGS = "no-sandbox disable-gpu no-first-run disable-background-networking disable-component-update disable-sync"
AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
OWN = ("http://127.0.0.1:", "http://localhost:", "data:", "blob:")
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium here: apt-get install -y --no-install-recommends chromium")
    args = [f"--{flag}" for flag in FLAGS.split()]
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}


@dataclass
class Watch:
    """What went wrong in the browsers of a test. `expect` names a part of a message that belongs to the test."""

    seen: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, part: str) -> None:
        self.expected.append(part)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"script: {error.error}"))
        context.on("request", self._request)

    def faults(self) -> list[str]:
        return [line for line in self.seen if not any(part in line for part in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"console: {message.text} ({message.location})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(OWN):
            self.seen.append(f"request to another host: {request.url}")


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test for errors of scripts, violations of the policy and requests that leave the machine."""
    watch = Watch()
    yield watch
    if faults := watch.faults():
        pytest.fail("\n".join(faults))


@pytest.fixture
def open_browser(new_context: NewContext, watch: Watch) -> Callable[..., Page]:
    """open_browser(**options of the context) -> an empty page of a browser of its own, under watch."""

    def start(**options: Any) -> Page:
        context = new_context(**{"locale": "en-US", "reduced_motion": "reduce", **options})
        watch.over(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    return start


def sign_in(page: Page, url: str, username: str, password: str) -> Page:
    """Through the form, as a person would."""
    page.goto(f"{url}/sign-in/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda now: "/sign-in/" not in now)
    return page


def axe_violations(page: Page) -> list[str]:
    """What axe finds, one line for each place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations'], preload: false}).then((result) => result.violations)")
    return [
        f"{one['id']}: {one['help']} {node['target']} {node.get('failureSummary', '')}"
        for one in found
        for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


def shoot(page: Page, name: str) -> None:
    """A picture of the whole page in the folder that SHOTS names; nothing without it."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
