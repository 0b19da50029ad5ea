"""What a method of either API is: its parameters, what it does, what it gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from clickcall.simulator.config import Account
from clickcall.simulator.fates import Fate
from clickcall.simulator.schema import Schema
from clickcall.simulator.world import World


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that got past the door: by whom, from which address, with which id and (checked) parameters."""

    account: Account
    address: str
    request_id: str | int | float
    token: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """A result. `fate` says how the answer travels; `spelling` is the name of its metadata."""

    data: Any
    total_items: int | None = None
    fate: Fate | None = None
    spelling: str = "metadata"


@dataclass(frozen=True, slots=True)
class Method:
    """A method for those with a token. `schema` gives the parameters beside `access_token` of an account."""

    schema: Callable[[Account], Schema]
    run: Callable[[World, Asked], Given]
