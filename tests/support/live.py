"""The whole product on loopback: simulator in this process, web server and worker as processes of their own.

Every salesperson of a `Live` has a number, a list and contacts of their own: tests never meet each other's calls.
"""

import os
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

from clickcall.management.demo.children import MANAGE, Children
from clickcall.management.demo.environment import child_environment
from clickcall.management.web_server import listen
from clickcall.simulator import Config, Simulator
from clickcall.simulator.config import Account, Employee, Number, Token
from clickcall.simulator.fates import Fate

from . import tables

PASSWORD = "correct-horse-battery"
SECRET = "live-key-0123456789abcdef"
# The product runs at the hour of the tests, whichever that is: it asks nobody whether it may be night.
ANY_HOUR = (
    "from clickcall.models import Account, CallRules\n"
    "for account in Account.objects.all(): CallRules.objects.create(account=account, hours_on=False)"
)
CONTACTS = {
    "Иван Петров": Fate.LONG_TALK,
    "Пётр Короткий": Fate.ANSWERED,
    "Ольга Потерянная": Fate.LOST_RESET,
    "Семён Молчун": Fate.LOST_TIMEOUT,
    "Чёрный Список": Fate.BLACKLISTED,
    "Занятой Глеб": Fate.BUSY,
    "Нина Безответная": Fate.LOST_NEVER,
}


@dataclass(frozen=True)
class Seller:
    """A salesperson of whom nothing is known yet; `phones` by the contact's name."""

    username: str
    name: str
    number: str
    phones: dict[str, str]


@dataclass
class Live:
    """The running product. `seller` hands each salesperson out once."""

    url: str
    simulator: Simulator
    children: Children
    unused: list[Seller] = field(default_factory=list)

    def seller(self) -> Seller:
        return self.unused.pop()

    def manage(self, *command: str) -> str:
        """What `manage.py COMMAND…` prints, run beside the server."""
        done = subprocess.run(
            [sys.executable, MANAGE, *command],
            env=dict(self.children.environment),
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout

    def placed(self, phone: str) -> list[dict[str, Any]]:
        """The simulator's journal of calls placed to this phone."""
        lines = self.simulator.journal()
        return [line for line in lines if line.get("event") == "placed" and line["contact"] == phone]

    def requests(self, phone: str) -> list[dict[str, Any]]:
        """The simulator's journal of requests to call this phone."""
        lines = [line for line in self.simulator.journal() if line.get("method") == "start.vnumber_call"]
        return [line for line in lines if line["params"].get("contact") == phone]


def _seller(place: int) -> Seller:
    phones = {name: f"7926{place:03}{position:04}" for position, name in enumerate(CONTACTS)}
    return Seller(f"sales{place}", f"Продавец {place}", f"7499372{place:04}", phones)


def configuration(sellers: list[Seller]) -> Config:
    """The simulator's side of the sellers."""
    people = tuple(Employee(place, one.name, (f"0486{place:03}",)) for place, one in enumerate(sellers, 1))
    numbers = tuple(Number(one.number, employee=place) for place, one in enumerate(sellers, 1))
    account = Account("acme", tokens=(Token(SECRET),), employees=people, numbers=numbers)
    other = Account("rival", tokens=(Token(f"{SECRET}-rival"),))
    fates = {phone: CONTACTS[name] for one in sellers for name, phone in one.phones.items()}
    return Config(accounts=(account, other), fates=fates)


def provision_file(simulator: Simulator, sellers: list[Seller]) -> str:
    """Our side of the sellers, with a manager, two admins and somebody in two accounts."""
    apis = f'call_api_url = "{simulator.call_api_url}"\ndata_api_url = "{simulator.data_api_url}"'
    parts = [
        f'[[account]]\nslug = "acme"\nname = "Acme"\nbrand = "custom"\ntimezone = "Europe/Moscow"\n{apis}\n',
        f'[[account.token]]\nname = "main"\nsecret = "{SECRET}"\n',
        *(f'[[account.number]]\nnumber = "{one.number}"\n' for one in sellers),
        *(_member(one.username, one.name, "sales", f'number = "{one.number}"') for one in sellers),
        _member("maria", "Мария Орлова", "manager"),
        _member("adam", "Адам Гордеев", "admin"),
        _member("both", "Борис Лисин", "sales"),
        *(_list(one) for one in sellers),
        f'[[account]]\nslug = "rival"\nname = "Rival"\nbrand = "custom"\ncolour = 3\ntimezone = "UTC"\n{apis}\n',
        _member("both", "Boris Lisin", "manager"),
        _member("rivalry", "Rival Admin", "admin"),
    ]
    return "\n".join(parts)


def _member(username: str, name: str, role: str, more: str = "") -> str:
    person = f'[[account.member]]\nusername = "{username}"\nname = "{name}"\nrole = "{role}"\n'
    return f'{person}language = "en"\npassword = "{PASSWORD}"\n{more}\n'


def _list(seller: Seller) -> str:
    contacts = "".join(
        f'[[account.list.contact]]\nname = "{name}"\ncompany = "ООО «Ромашка»"\nphone = "+{phone}"\n'
        for name, phone in seller.phones.items()
    )
    return f'[[account.list]]\nname = "Leads of {seller.username}"\nmembers = ["{seller.username}"]\n{contacts}'


@contextmanager
def running(folder: Path, *, speed: float, sellers: int, **settings: str) -> Iterator[Live]:
    """The product in `folder`, once its first page answers; calls run `speed` times as fast as real ones."""
    keys = {"SECRET_KEY": "s" * 50, "CLICKCALL_TOKEN_KEYS": Fernet.generate_key().decode()}
    quick = {"CLICKCALL_SWEEP_SECONDS": "0.3", "CLICKCALL_READ_TIMEOUT": "5", "CLICKCALL_WEB_PROCESSES": "1"}
    quick["CLICKCALL_WITNESS_SECONDS"] = "7"  # a little more than an answer may take
    children = Children({**child_environment(os.environ, folder, keys), **quick, **settings})
    people = [_seller(place) for place in range(1, sellers + 1)]
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    with Simulator(configuration(people), speed=speed) as simulator:
        live = Live(f"http://127.0.0.1:{port}", simulator, children, people)
        try:
            _start(live, folder, port)
            yield live
        finally:
            children.end(patience=5)


def _start(live: Live, folder: Path, port: int) -> None:
    """The web server migrates where nobody did; the other two need its tables."""
    tables.copy_to(folder / "clickcall.sqlite3")
    file = folder / "people.toml"
    file.write_text(provision_file(live.simulator, live.unused), encoding="utf-8")
    live.children.start("web server", folder / "web.log", "serve", "--port", str(port))
    pause = threading.Event()
    while not _answers(f"{live.url}/sign-in/"):
        live.children.check()
        pause.wait(0.05)
    live.children.start("worker", folder / "worker.log", "worker")
    live.children.run(pause, "provision", folder / "provision.log", "provision", str(file))
    live.manage("shell", "-c", ANY_HOUR)


def _answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5):
            return True
    except OSError:
        return False
