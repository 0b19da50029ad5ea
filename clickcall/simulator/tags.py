"""Tags on calls: `tag.call` while a call runs, `set.tag_communications` at any time."""

from typing import Any

from clickcall.simulator.calls import Call
from clickcall.simulator.config import Account, Tag
from clickcall.simulator.methods import Asked, Given
from clickcall.simulator.refusals import Refusal
from clickcall.simulator.schema import Param, Schema, one_of
from clickcall.simulator.world import World

COMMUNICATION: Schema = {
    "communication_id": Param("number", required=True),
    "communication_type": one_of("call", required=True),
    "tag_id": Param("number", required=True),
}


def tag_call(world: World, asked: Asked) -> Given:
    """Mark a running call."""
    return _mark(world.exchange.find(asked.account, asked.params["call_session_id"]), asked)


def set_tag_communications(world: World, asked: Asked) -> Given:
    """Mark a call by its communication, also when it is over."""
    identifier = asked.params["communication_id"]
    call = world.exchange.communication(identifier)
    if call is None or call.account.slug != asked.account.slug:
        raise Refusal("error", "communication_id", identifier, text=f"There is no communication {identifier}")
    return _mark(call, asked)


def tags_of(call: Call) -> list[dict[str, Any]]:
    """A call's tags, as live lists and reports show them."""
    return [{"tag_id": tag.id, "tag_name": tag.name} for tag in call.tags]


def _mark(call: Call, asked: Asked) -> Given:
    tag = _tag(asked.account, asked.params["tag_id"])
    if tag in call.tags:
        raise Refusal("duplicate_tag", "tag_id", tag.id, tag_id=tag.id)
    call.tag(tag)
    return Given({"success": "true"})


def _tag(account: Account, identifier: float) -> Tag:
    for tag in account.tags:
        if tag.id == identifier:
            return tag
    raise Refusal("tag_not_found", "tag_id", identifier, tag_id=identifier)
