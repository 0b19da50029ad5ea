"""`login.user` and `logout.user`, which both APIs have."""

from typing import Any

from clickcall.simulator.methods import Asked, Given
from clickcall.simulator.schema import Param, check
from clickcall.simulator.world import World

LOGIN = {"login": Param(required=True), "password": Param(required=True)}


def log_in(world: World, params: dict[str, Any], address: str) -> Given:
    """A session key for a login and password; no point is charged, for there is no account yet."""
    check(LOGIN, params)
    token, expires = world.access.log_in(params["login"], params["password"], address)
    return Given({"access_token": token, "expire_at": expires})


def log_out(world: World, asked: Asked) -> Given:
    """End the session key that the request carries."""
    world.access.log_out(asked.token)
    return Given({"success": "true"})
