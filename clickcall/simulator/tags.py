"""Tags on calls: `tag.call` while a call runs, `set.tag_communications` and `unset.tag_communications` at any time."""

from collections.abc import Callable, Iterable
from typing import Any

from clickcall.simulator.calls import Call
from clickcall.simulator.config import Account, Tag
from clickcall.simulator.methods import Asked, Given
from clickcall.simulator.past import Row
from clickcall.simulator.refusals import Refusal
from clickcall.simulator.schema import Param, Schema, one_of
from clickcall.simulator.world import World

Change = Callable[[list[Tag], Tag], None]
COMMUNICATION: Schema = {
    "communication_id": Param("number", required=True),
    "communication_type": one_of("call", required=True),
    "tag_id": Param("number", required=True),
}


def tag_call(world: World, asked: Asked) -> Given:
    """Mark a running call."""
    return _mark(world.exchange.find(asked.account, asked.params["call_session_id"]), asked, _put)


def set_tag_communications(world: World, asked: Asked) -> Given:
    """Mark a call by its communication, also when it is over."""
    return _mark(_communication(world, asked), asked, _put)


def unset_tag_communications(world: World, asked: Asked) -> Given:
    """Take the mark off again."""
    return _mark(_communication(world, asked), asked, _take_off)


def tags_of(call: Call) -> list[dict[str, Any]]:
    """A call's tags, as live lists and reports show them."""
    return _shown(call.tags)


def _communication(world: World, asked: Asked) -> Call | Row:
    """A call of this run, or of before the simulator was started."""
    identifier = asked.params["communication_id"]
    call = world.exchange.communication(identifier)
    if call is not None and call.account.slug == asked.account.slug:
        return call
    row = world.exchange.past.communication(asked.account, identifier)
    if row is None:
        raise Refusal("error", "communication_id", identifier, text=f"There is no communication {identifier}")
    return row


def _mark(marked: Call | Row, asked: Asked, change: Change) -> Given:
    tag = _tag(asked.account, asked.params["tag_id"])
    if isinstance(marked, Call):
        change(marked.tags, tag)
        marked.row = None  # the report made it before the change
    else:
        known = {one["tag_id"] for one in marked["tags"]}
        tags = [one for one in asked.account.tags if one.id in known]
        change(tags, tag)
        marked["tags"] = _shown(tags)
    return Given({"success": "true"})


def _put(tags: list[Tag], tag: Tag) -> None:
    if tag in tags:
        raise Refusal("duplicate_tag", "tag_id", tag.id, tag_id=tag.id)
    tags.append(tag)


def _take_off(tags: list[Tag], tag: Tag) -> None:
    if tag not in tags:
        raise Refusal("tag_not_found", "tag_id", tag.id, tag_id=tag.id)
    tags.remove(tag)


def _shown(tags: Iterable[Tag]) -> list[dict[str, Any]]:
    return [{"tag_id": tag.id, "tag_name": tag.name} for tag in tags]


def _tag(account: Account, identifier: float) -> Tag:
    for tag in account.tags:
        if tag.id == identifier:
            return tag
    raise Refusal("tag_not_found", "tag_id", identifier, tag_id=identifier)
