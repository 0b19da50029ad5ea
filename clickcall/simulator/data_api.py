"""The methods of Data API v2.0."""

from collections.abc import Iterator
from typing import Any

from clickcall.simulator import directory
from clickcall.simulator.config import Account, Media, Number
from clickcall.simulator.legs_report import SCHEMA as LEGS
from clickcall.simulator.legs_report import get_call_legs_report
from clickcall.simulator.listing import PAGING, Field, listing
from clickcall.simulator.methods import Asked, Given, Method
from clickcall.simulator.recordings import file_link
from clickcall.simulator.reports import SCHEMA, get_calls_report
from clickcall.simulator.sessions import log_out
from clickcall.simulator.tags import COMMUNICATION, set_tag_communications, unset_tag_communications
from clickcall.simulator.world import World

ACCOUNT = {"app_id": Field("number"), "name": Field(), "timezone": Field()}
NUMBERS = {
    "id": Field("number"),
    "virtual_phone_number": Field(),
    "name": Field(),
    "comment": Field(),
    "status": Field(),
    "category": Field(),
    "type": Field(),
    "scenarios": Field("array"),
}
MEDIA = {
    "id": Field("number"),
    "name": Field(),
    "duration": Field("number"),
    "size": Field("number"),
    "play_link": Field(),
    "type": Field(),
}


def get_account(world: World, asked: Asked) -> Given:
    """The account itself: a list of one, and metadata spelled as in the documentation's sample."""
    account = asked.account
    row = {"app_id": account.app_id, "name": account.name or account.slug, "timezone": account.timezone}
    return listing([row], ACCOUNT, asked.params, spelling="meta_data")


def get_virtual_numbers(world: World, asked: Asked) -> Given:
    """The numbers that the account rents, with their scenarios."""
    return listing(_number_rows(asked.account), NUMBERS, asked.params)


def get_media_files(world: World, asked: Asked) -> Given:
    """The files that can be played, the system's and the account's own."""
    rows = [_media_row(media, world.exchange.base_url) for media in asked.account.media]
    return listing(rows, MEDIA, asked.params)


METHODS = {
    "get.account": Method(lambda account: PAGING, get_account),
    "get.virtual_numbers": Method(lambda account: PAGING, get_virtual_numbers),
    "get.media_files": Method(lambda account: PAGING, get_media_files),
    "get.calls_report": Method(lambda account: SCHEMA, get_calls_report),
    "get.call_legs_report": Method(lambda account: LEGS, get_call_legs_report),
    "set.tag_communications": Method(lambda account: COMMUNICATION, set_tag_communications),
    "unset.tag_communications": Method(lambda account: COMMUNICATION, unset_tag_communications),
    **directory.METHODS,
    "logout.user": Method(lambda account: {}, log_out),
}


def _number_rows(account: Account) -> Iterator[dict[str, Any]]:
    for position, number in enumerate(account.numbers, 1):
        identifier = account.app_id * 1000 + position
        yield {
            "id": identifier,
            "virtual_phone_number": number.number,
            "name": number.name or None,
            "comment": None,
            "status": number.status,
            "category": number.category,
            "type": number.type,
            "scenarios": list(_scenario_rows(number, identifier)),
        }


def _scenario_rows(number: Number, identifier: int) -> Iterator[dict[str, Any]]:
    for place, scenario in enumerate(number.all_scenarios):
        yield {
            "scenario_id": identifier + place * 1_000_000,
            "scenario_name": scenario.name,
            "is_active": scenario.is_active,
        }


def _media_row(media: Media, base_url: str) -> dict[str, Any]:
    return {
        "id": int(media.id) if media.id.isdecimal() else media.id,
        "name": media.name or media.id,
        "duration": media.duration,
        "size": media.duration * 16_000,
        "play_link": file_link(base_url, media.id),
        "type": media.type,
    }
