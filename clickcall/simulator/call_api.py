"""The methods of Call API v4.0."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from clickcall.simulator.calls import Call
from clickcall.simulator.config import Account
from clickcall.simulator.fates import ON_THE_WIRE, REFUSED, UNPLACED, Fate
from clickcall.simulator.methods import Asked, Given, Method
from clickcall.simulator.plans import plan_press
from clickcall.simulator.refusals import Refusal
from clickcall.simulator.rules import E164, judge, table
from clickcall.simulator.schema import Param, one_of
from clickcall.simulator.sessions import log_out
from clickcall.simulator.tags import tag_call, tags_of
from clickcall.simulator.usage import shown_number
from clickcall.simulator.world import World


def start_vnumber_call(world: World, asked: Asked) -> Given:
    """Ring both sides. Not idempotent: asked twice, it rings twice."""
    judge(asked.account, asked.params, world.blacklists.phones(asked.account))
    fate = world.config.fates.get(asked.params["contact"], Fate.ANSWERED)
    if fate in REFUSED:
        raise _refusal(fate, asked)
    travels = fate if fate in ON_THE_WIRE else None
    if fate in UNPLACED:
        return Given(None, fate=travels)
    return Given({"call_session_id": _place(world, asked, fate).id}, fate=travels)


def list_calls(world: World, asked: Asked) -> Given:
    """The running calls; needs the component *Call management*."""
    if not asked.account.call_management:
        raise Refusal("component_disabled", component="call_management")
    now = world.clock()
    wanted = {
        "direction": asked.params.get("direction"),
        "virtual_phone_number": asked.params.get("virtual_phone_number"),
    }
    rows = [_live_row(call, now) for call in world.exchange.live(asked.account)]
    return Given([row for row in rows if all(value in (None, row[key]) for key, value in wanted.items())])


def release_call(world: World, asked: Asked) -> Given:
    """Hang up a running call; part of the basic set."""
    world.exchange.release(asked.account, asked.params["call_session_id"])
    return Given({"success": "true"})


METHODS = {
    "start.vnumber_call": Method(table, start_vnumber_call),
    "list.calls": Method(
        lambda account: {"direction": one_of("in", "out"), "virtual_phone_number": Param(pattern=E164)},
        list_calls,
    ),
    "release.call": Method(lambda account: {"call_session_id": Param("number", required=True)}, release_call),
    "tag.call": Method(
        lambda account: {"call_session_id": Param("number", required=True), "tag_id": Param("number", required=True)},
        tag_call,
    ),
    "logout.user": Method(lambda account: {}, log_out),
}


def _place(world: World, asked: Asked, fate: Fate) -> Call:
    account, params, contact = asked.account, asked.params, asked.params["contact"]
    number = account.number(params["virtual_phone_number"])
    rule = params.get("virtual_phone_usage_rule", "fixed")
    shown = shown_number(account, params["virtual_phone_number"], rule, contact, world.exchange.count(account))
    return world.exchange.place(
        account,
        plan_press(fate, contact, params["first_call"]),
        contact=contact,
        virtual_number=shown,
        direction=params.get("direction", "in"),
        employee=account.employee(number) if number else None,
        external_id=params.get("external_id"),
        request_id=str(asked.request_id),
        dtmf=params.get("dtmf_string", ""),
    )


def _refusal(fate: Fate, asked: Asked) -> Refusal:
    contact = asked.params["contact"]
    if fate is Fate.BLACKLISTED:
        return Refusal(REFUSED[fate], "contact", contact, contact=contact)
    if fate is Fate.ACCESS_TOKEN_EXPIRED:
        return Refusal(REFUSED[fate], "access_token", asked.token)
    if fate is Fate.LIMIT_EXCEEDED:
        limit = asked.account.minute_limit
        return Refusal(REFUSED[fate], limit_type="minute", limit_max_value=limit)
    return Refusal(REFUSED[fate])


def _live_row(call: Call, now: float) -> dict[str, Any]:
    return {
        "call_session_id": call.id,
        "direction": call.direction,
        "start_time": _start_time(call.account, call),
        "virtual_phone_number": call.virtual_number,
        "contact_phone_number": call.contact,
        "external_id": call.external_id,
        "tags": tags_of(call),
        "legs": call.legs(now),
    }


def _start_time(account: Account, call: Call) -> str:
    """One of the three spellings that the documentation uses; without Z it is in the account's zone."""
    moment = datetime.fromtimestamp(call.placed_at, UTC)
    local = moment.astimezone(ZoneInfo(account.timezone)).replace(tzinfo=None)
    return (
        local.isoformat(sep=" ", timespec="seconds"),
        local.isoformat(timespec="milliseconds"),
        moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z",
    )[call.id % 3]
