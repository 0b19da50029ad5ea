"""From an empty database to a ringing phone, by an admin whom nobody helps."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from playwright.sync_api import Locator, Page, expect
from support.browser import shoot
from support.live import PASSWORD

from clickcall.management.demo.children import MANAGE, Children
from clickcall.management.demo.environment import child_environment
from clickcall.simulator import Config, Simulator
from clickcall.simulator.config import Account, Employee, Number, Token

pytestmark = pytest.mark.browser
KEY = "first-key-0123456789abcdef"
SIP, NUMBER, NAME = "0486101", "74993720692", "Елена Гордеева"
ACCOUNT = Account(
    "fresh",
    name="Северный ветер",
    allowed_ips=("203.0.113.9",),
    tokens=(Token(KEY),),
    employees=(Employee(1, NAME, (SIP,), extension="101"), Employee(2, "Олег Дементьев", ("0486102",))),
    numbers=(Number(NUMBER, name="Москва, Елена", employee=1),),
)


class Provider:
    """The simulator, which at first does not let our address in."""

    def __init__(self) -> None:
        self.running = Simulator(Config(accounts=(ACCOUNT,))).start()

    def let_us_in(self) -> None:
        """As if the admin had added our address to the allow list."""
        port = int(self.running.url.rstrip("/").rpartition(":")[2])
        self.running.stop()
        self.running = Simulator(Config(accounts=(replace(ACCOUNT, allowed_ips=("127.0.0.1",)),)), port=port).start()


@pytest.fixture
def provider() -> Iterator[Provider]:
    found = Provider()
    yield found
    found.running.stop()


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Children]:
    """A web server and a worker over an empty database, and nothing else."""
    keys = {"SECRET_KEY": "s" * 50, "CLICKCALL_TOKEN_KEYS": Fernet.generate_key().decode()}
    quick = {"CLICKCALL_SWEEP_SECONDS": "0.3", "CLICKCALL_WEB_PROCESSES": "1"}
    children = Children({**child_environment(os.environ, tmp_path, keys), **quick})
    children.start("web server", tmp_path / "web.log", "serve", "--port", "0")
    yield children
    children.end(patience=5)


def invitation(product: Children, folder: Path) -> str:
    """The link that `serve` prints, once it serves; then the worker can begin too."""
    log, pause = folder / "web.log", threading.Event()
    while not (found := re.search(r"http://\S+/welcome/\S+", log.read_text())):
        product.check()
        pause.wait(0.05)
    product.start("worker", folder / "worker.log", "worker")
    return found[0]


def step(page: Page, slug: str) -> Locator:
    return page.locator(f"#{slug}")


def become_admin(page: Page, link: str, provider: Simulator) -> None:
    page.goto(link)
    page.get_by_label("Company").fill("Северный ветер")
    page.get_by_label("Brand").select_option("custom")
    page.get_by_label("Call API address").fill(provider.call_api_url)
    page.get_by_label("Data API address").fill(provider.data_api_url)
    page.get_by_label("Your name").fill(NAME)
    page.get_by_label("User name").fill("elena")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()


def connect(page: Page, provider: Provider) -> None:
    """Steps 1 to 3: brand, key, allow list."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Set-up")
    expect(step(page, "brand")).to_have_class(re.compile("is-now"))
    step(page, "brand").get_by_label("Time zone").fill("Asia/Vladivostok")
    step(page, "brand").get_by_role("button", name="Save").click()
    expect(step(page, "brand")).to_have_class(re.compile("is-done"))
    shoot(page, "set-up-key")
    step(page, "key").locator("#id_secret").fill(KEY)
    step(page, "key").get_by_role("button", name="Store the key and try it").click()
    expect(step(page, "key")).to_contain_text("cdef")
    assert KEY not in page.content()
    address = step(page, "address")
    expect(address).to_contain_text("Keeps you from calling")
    expect(address.locator(".code")).to_contain_text("127.0.0.1")
    expect(page.locator("main")).to_contain_text("Nobody can call")
    shoot(page, "set-up-address")
    provider.let_us_in()
    address.get_by_role("button", name="Check again").click()
    expect(address).to_have_class(re.compile("is-done"))


def give_numbers(page: Page) -> None:
    """Steps 4 and 5: numbers come by themselves, people are confirmed."""
    expect(step(page, "numbers")).to_have_class(re.compile("is-done"), timeout=20_000)
    expect(step(page, "numbers")).to_contain_text("1 number")
    expect(step(page, "brand")).to_contain_text("Europe/Moscow")
    expect(page.get_by_role("region", name="Cannot call now")).to_contain_text(NAME)
    people = step(page, "people")
    expect(people.get_by_label("My number").locator("option:checked")).to_contain_text("+7 499 372-06-92")
    expect(people.get_by_label("Employee").locator("option:checked")).to_have_text(f"{NAME} · 101")
    shoot(page, "set-up-people")
    people.get_by_role("button", name="Save the people").click()
    expect(people).to_have_class(re.compile("is-done"))
    expect(page.get_by_role("region", name="Cannot call now")).not_to_contain_text(NAME)


def prove_the_phone(page: Page, provider: Simulator) -> None:
    """Step 6."""
    expect(page.locator(".handset")).to_contain_text("Not checked yet")
    step(page, "phones").get_by_role("link", name="Check my phone").click()
    page.get_by_role("button", name="Check my phone").click()
    expect(page.locator("#phone-check")).to_contain_text("We are calling you now. Nobody else is called.")
    page.get_by_role("button", name="Yes, mine").click()
    expect(page.locator("#phone-check")).to_contain_text("+7 499 372-06-92 rings your phone")
    expect(page.locator(".handset")).to_contain_text("Ready · SIP 101")
    calls = [line for line in provider.journal() if line.get("event") == "placed"]
    assert [line["contact"] for line in calls] == [SIP]
    assert [line["method"] for line in provider.journal() if line.get("method") == "release.call"] == ["release.call"]


def turn_notifications_on(page: Page, product: Children, provider: Simulator, url: str) -> None:
    """Step 7, with the address and the texts that ClickCall has ready."""
    command = [sys.executable, MANAGE, "hooks", "--account", "main", "--json"]
    done = subprocess.run(
        command, env=dict(product.environment), capture_output=True, text=True, check=True, timeout=60
    )
    hooks = json.loads(done.stdout)
    path = hooks["url"].partition("/hooks/")[2]
    provider.webhook("fresh", f"{url}/hooks/{path}", hooks["templates"])
    provider.inbound("fresh", "79260000077", NUMBER)
    pause = threading.Event()
    while "webhook" not in {line["type"] for line in provider.journal()}:
        pause.wait(0.05)
    page.get_by_role("link", name="Set-up").click()
    expect(step(page, "notifications")).to_have_class(re.compile("is-done"))


def test_an_admin_gets_from_an_empty_database_to_a_ringing_phone(
    open_browser: Callable[..., Page], provider: Provider, product: Children, tmp_path: Path
) -> None:
    page = open_browser()
    link = invitation(product, tmp_path)
    become_admin(page, link, provider.running)
    connect(page, provider)
    give_numbers(page)
    prove_the_phone(page, provider.running)
    page.get_by_role("link", name="Set-up").click()
    expect(page.locator(".banner.is-good")).to_contain_text("Ready to call.")
    expect(page.locator("main")).to_contain_text("Done: 6 of 7")
    turn_notifications_on(page, product, provider.running, link.partition("/welcome/")[0])
    expect(page.locator("main")).to_contain_text("Done: 7 of 7")
    shoot(page, "set-up-ready")
