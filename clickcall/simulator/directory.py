"""What the Data API keeps beside calls: employees, tags, the blacklist."""

from typing import Any

from clickcall.simulator.blacklist import Entry
from clickcall.simulator.config import Employee, Tag
from clickcall.simulator.listing import PAGING, Field, listing
from clickcall.simulator.methods import Asked, Given, Method
from clickcall.simulator.refusals import Refusal
from clickcall.simulator.rules import E164
from clickcall.simulator.schema import Param
from clickcall.simulator.world import World

EMPLOYEES = {
    "id": Field("number"),
    "full_name": Field(),
    "status": Field(),
    "phone_numbers": Field("array"),
    "extension": Field(),
    "email": Field(),
}
TAGS = {"id": Field("number"), "name": Field(), "is_system": Field("boolean")}
BLACKLIST = {"id": Field("number"), "phone_number": Field(), "comment": Field()}


def get_employees(world: World, asked: Asked) -> Given:
    """The people whom scenarios can ring."""
    return listing(map(_employee_row, asked.account.employees), EMPLOYEES, asked.params)


def get_tags(world: World, asked: Asked) -> Given:
    """The tags that calls can carry."""
    return listing(map(_tag_row, asked.account.tags), TAGS, asked.params)


def get_blacklist(world: World, asked: Asked) -> Given:
    """The phones that are not rung and cannot ring."""
    return listing(map(_blacklist_row, world.blacklists.entries(asked.account)), BLACKLIST, asked.params)


def add_to_blacklist(world: World, asked: Asked) -> Given:
    """A new entry; its id."""
    phone = asked.params["phone_number"]
    entry = world.blacklists.add(asked.account, phone, asked.params.get("add_comment", ""))
    if entry is None:
        raise Refusal("error", "phone_number", phone, text=f"The phone number {phone} is in the blacklist already")
    return Given({"id": entry.id})


def delete_from_blacklist(world: World, asked: Asked) -> Given:
    """Takes an entry away."""
    identifier = asked.params["id"]
    if not world.blacklists.remove(asked.account, identifier):
        raise Refusal("error", "id", identifier, text=f"The blacklist has no entry {identifier}")
    return Given({"success": "true"})


METHODS = {
    "get.employees": Method(lambda account: PAGING, get_employees),
    "get.tags": Method(lambda account: PAGING, get_tags),
    "get.blacklist_phone_numbers": Method(lambda account: PAGING, get_blacklist),
    "create.phone_number_to_blacklist": Method(
        lambda account: {"phone_number": Param(required=True, pattern=E164), "add_comment": Param()}, add_to_blacklist
    ),
    "delete.phone_number_from_blacklist": Method(
        lambda account: {"id": Param("number", required=True)}, delete_from_blacklist
    ),
}


def _employee_row(employee: Employee) -> dict[str, Any]:
    return {
        "id": employee.id,
        "full_name": employee.name,
        "status": employee.status,
        "phone_numbers": list(employee.phones),
        "extension": employee.extension or None,
        "email": employee.email or None,
    }


def _tag_row(tag: Tag) -> dict[str, Any]:
    return {"id": tag.id, "name": tag.name, "is_system": tag.is_system}


def _blacklist_row(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "phone_number": entry.phone, "comment": entry.comment or None}
