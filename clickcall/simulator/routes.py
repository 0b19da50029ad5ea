"""What the simulator answers beside the two APIs: its journal, recordings, and orders to itself."""

import json
import re
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from clickcall.simulator.config import ConfigError
from clickcall.simulator.delivery import Reply, plain
from clickcall.simulator.playing import play_file, play_talk
from clickcall.simulator.reports import FIELDS, moment
from clickcall.simulator.rules import E164
from clickcall.simulator.world import World

ABOUT = (
    "ClickCall provider simulator: POST /v4.0, POST /v2.0, GET /journal, POST /reset, "
    'POST /webhook {"account", "url", "templates"}, '
    'POST /inbound {"account", "contact", "virtual_phone_number", "missed"}, '
    'POST /past {"account", "rows"}'
)
TALK = re.compile(r"/system/media/talk/([0-9]{1,18})/([0-9a-f]{32})/")
FILE = re.compile(r"/system/media/file/([^/]+)/")


def get(world: World, path: str, wanted: str) -> Reply:
    """The reply to a GET; `wanted` is its Range."""
    if path == "/":
        return plain(200, ABOUT)
    if path == "/journal":
        with world.lock:
            world.exchange.settle()
            return Reply(world.journal.text(), content_type="application/x-ndjson; charset=UTF-8")
    if talk := TALK.fullmatch(path):
        return play_talk(world, int(talk[1]), talk[2], wanted)
    if file := FILE.fullmatch(path):
        return play_file(world, file[1], wanted)
    return plain(404, "There is nothing here")


def order(world: World, path: str, body: bytes) -> Reply:
    """The reply to a POST that is for no API."""
    carry_out = ORDERS.get(path)
    if carry_out is None:
        return plain(404, "There is nothing here")
    try:
        return carry_out(world, body)
    except (ConfigError, TypeError, ValueError) as error:
        return plain(400, str(error))


def _reset(world: World, body: bytes) -> Reply:
    world.reset()
    return Reply(status=204)


def _webhook(world: World, body: bytes) -> Reply:
    given = _read(body, account="", url="", templates={})
    with world.lock:
        world.webhooks.aim(world.config.account(given["account"]), given["url"], given["templates"])
    return Reply(status=204)


def _past(world: World, body: bytes) -> Reply:
    given = _read(body, account="", rows=[])
    account = world.config.account(given["account"])
    zone = ZoneInfo(account.timezone)
    rows = [(_start(row, zone), row) for row in given["rows"]]
    with world.lock:
        world.exchange.past.add(account, rows)
    return Reply(status=204)


def _start(row: Any, zone: ZoneInfo) -> float:
    wanted = FIELDS.keys() - {"cpn_region_name"}  # the number tells
    if not isinstance(row, dict) or row.keys() - {"cpn_region_name"} != wanted:
        raise ConfigError(f"rows: each wants {', '.join(name for name in FIELDS if name in wanted)}")
    return moment(row["start_time"], zone).timestamp()


def _inbound(world: World, body: bytes) -> Reply:
    given = _read(body, account="", contact="", virtual_phone_number="", missed=False)
    if not E164.fullmatch(given["contact"]):
        raise ConfigError("contact: E.164 digits are wanted")
    with world.lock:
        account = world.config.account(given["account"])
        number = account.ringing_number(given["virtual_phone_number"])
        call = world.exchange.let_in(account, number, given["contact"], missed=given["missed"])
    return Reply(json.dumps({"call_session_id": call.id}).encode(), 201)


def _read(body: bytes, **defaults: Any) -> dict[str, Any]:
    """The members of a JSON object, each of the type of its default. Raises ValueError."""
    given = json.loads(body)
    if not isinstance(given, dict):
        raise ConfigError("a JSON object is wanted")
    for name, value in given.items():
        if name not in defaults or type(value) is not type(defaults[name]):
            raise ConfigError(f"{name} is unknown or has the wrong type")
    return defaults | given


ORDERS: dict[str, Callable[[World, bytes], Reply]] = {
    "/reset": _reset,
    "/webhook": _webhook,
    "/inbound": _inbound,
    "/past": _past,
}
