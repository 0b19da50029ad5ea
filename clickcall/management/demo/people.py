"""The demo's own file: who can sign in, and with what."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clickcall.models import Role

FILE = Path(__file__).parent.parent / "demo.toml"


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody whom the demo introduces."""

    role: str
    username: str
    password: str


def members() -> list[dict[str, Any]]:
    """Everybody in the demo's file, the first account's people first."""
    return [member for account in tomllib.loads(FILE.read_text())["account"] for member in account["member"]]


def logins() -> list[Login]:
    """One person of each role, all of the first account."""
    return [_first(role) for role in (Role.SALES, Role.MANAGER, Role.ADMIN)]


def _first(role: str) -> Login:
    found = next(member for member in members() if member["role"] == role)
    return Login(role, found["username"], found["password"])
