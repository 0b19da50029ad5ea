"""A request body in, a reply out: envelope, door, points, parameters, method, journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clickcall.simulator import call_api, data_api, envelope
from clickcall.simulator.config import Account
from clickcall.simulator.delivery import Reply, deliver
from clickcall.simulator.journal import mask
from clickcall.simulator.methods import Asked, Given, Method
from clickcall.simulator.refusals import BARE, NOTHING, Refusal
from clickcall.simulator.schema import check
from clickcall.simulator.sessions import log_in
from clickcall.simulator.world import World

METHODS: Mapping[str, Mapping[str, Method]] = {"call": call_api.METHODS, "data": data_api.METHODS}

VERSIONS = {"call": "v4.0", "data": "v2.0"}


@dataclass(slots=True)
class Visit:
    """One request: where it came in and, as far as it was understood, what it said."""

    api: str
    address: str
    connection: int
    charset: str = "utf-8"
    request_id: str | int | float | None = None
    method: str | None = None
    params: dict[str, Any] | None = None
    account: Account | None = field(default=None)


def answer(world: World, visit: Visit, body: bytes) -> Reply:
    """Answer one request and write it down. Only a success costs a point."""
    with world.lock:
        at = world.clock()
        try:
            given = _given(world, visit, body)
            outcome = str(given.fate or "ok")
            reply = _success(world, visit, given)
        except Refusal as refusal:
            outcome = refusal.mnemonic
            reply = Reply(envelope.failure(visit.request_id, refusal, _error_metadata(world, visit, refusal)))
        _write_down(world, visit, at, outcome)
    return reply


def _given(world: World, visit: Visit, body: bytes) -> Given:
    if visit.charset != "utf-8":
        raise Refusal("character_encoding_not_allowed")
    document = envelope.decode(body)
    visit.request_id = envelope.usable_id(document)
    request = envelope.read(document)
    visit.method, visit.params = request.method, request.params
    if request.method == "login.user":
        return log_in(world, request.params, visit.address)
    method = METHODS[visit.api].get(request.method)
    if method is None:
        raise Refusal("method_not_found", method=request.method)
    params = dict(request.params)
    token = params.pop("access_token", NOTHING)
    visit.account = world.access.owner(token)
    account = world.access.enter(token, visit.address, visit.api, request.method)
    world.points.admit(account)
    _require_component(account, visit.api, request.method)
    check(method.schema(account), params)
    _require_fields(account, visit.api, params.get("fields", []))
    return method.run(world, Asked(account, visit.address, request.id, token, params))


def _success(world: World, visit: Visit, given: Given) -> Reply:
    metadata: dict[str, Any] = {}
    if given.total_items is not None:
        metadata["total_items"] = given.total_items
    if visit.account:
        world.points.charge(visit.account)
        metadata |= _metadata(world, visit)
    body = envelope.success(visit.request_id, given.data, metadata, given.spelling)
    return deliver(given.fate, visit.request_id, body, world.config.slow_seconds)


def _require_component(account: Account, api: str, method: str) -> None:
    if method not in account.disabled_methods:
        return
    if api == "call":
        raise Refusal("component_disabled", component=method)
    raise Refusal("method_component_disabled", method=method)


def _require_fields(account: Account, api: str, named: list[Any]) -> None:
    disabled = [name for name in named if name in account.disabled_fields]
    if api == "data" and disabled:
        raise Refusal("parameter_component_disabled", "fields", disabled[0])


def _metadata(world: World, visit: Visit) -> dict[str, Any]:
    account = visit.account
    if account is None:
        return {}
    metadata: dict[str, Any] = {"limits": world.points.limits(account)}
    if account.deprecated:
        metadata["api_version"] = account.deprecated
        metadata["current_version"] = VERSIONS[visit.api]
        metadata["latest_version"] = account.latest_version
    return metadata


def _error_metadata(world: World, visit: Visit, refusal: Refusal) -> dict[str, Any]:
    if refusal.mnemonic in BARE:
        return {}
    metadata = _metadata(world, visit)
    if refusal.mnemonic == "limit_exceeded":  # also when a fate says so while points are left
        metadata["limits"][f"{refusal.params['limit_type']}_remaining"] = 0
    return metadata


def _write_down(world: World, visit: Visit, at: float, outcome: str) -> None:
    world.journal.write(
        "request",
        at,
        api=visit.api,
        method=visit.method,
        id=visit.request_id,
        account=visit.account.slug if visit.account else None,
        params=mask(visit.params),
        answer=outcome,
        connection=visit.connection,
    )
