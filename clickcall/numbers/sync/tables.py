"""The lists that are fetched: how each is asked for, and what becomes of its rows."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from ...models import BlacklistEntry, Employee, MediaFile, MediaKind, Tag, VirtualNumber
from ...models.numbers import CALL_TRACKING, DIGITS
from ...provider import catalogue
from ...provider.data_api import DataApi, Gate, Listing

Values = dict[str, Any]
_IS_NUMBER = re.compile(DIGITS.regex)
_PHONE_LENGTH = 20  # of a blacklist entry


def _nothing_more(values: Values) -> Values:
    return {}


@dataclass(frozen=True, slots=True)
class Table:
    """`key` is the column that names a row within its account; `read` gives None for a row that has no such name.

    `kept` are columns that the provider only fills where they are empty, `stamp` one that says when a row was last
    seen; `first` gives further values for a row that is new here.
    """

    name: str
    model: type[Model]
    key: str
    ask: Callable[[DataApi, str, Gate], Listing]
    read: Callable[[catalogue.Row], Values | None]
    first: Callable[[Values], Values] = _nothing_more
    kept: tuple[str, ...] = ()
    stamp: str = ""


def _number(row: catalogue.Row) -> Values | None:
    found = catalogue.number(row)
    if not _IS_NUMBER.fullmatch(found.digits):
        return None
    values: Values = {
        "digits": found.digits,
        "provider_id": found.id,
        "name": found.name,
        "status": found.status,
        "kind": found.kind,
        "category": found.category,
    }
    if found.scenarios is not None:
        values["scenarios"] = [{"id": one.id, "name": one.name, "is_active": one.is_active} for one in found.scenarios]
        values["has_scenario"] = found.has_scenario
    return values


def _first_use(values: Values) -> Values:
    """A number that cannot be called from is not put into use by itself."""
    return {"enabled": values["status"] in ("", "active") and values["kind"] not in CALL_TRACKING}


def _media(row: catalogue.Row) -> Values | None:
    found = catalogue.media(row)
    return (
        found.id
        and {
            "provider_id": found.id,
            "name": found.name,
            "kind": MediaKind.SYSTEM if found.is_system else MediaKind.USER,
            "duration": found.duration,
            "size": found.size,
            "play_link": found.play_link,
        }
    ) or None


def _employee(row: catalogue.Row) -> Values | None:
    found = catalogue.employee(row)
    return (
        found.id
        and {
            "provider_id": found.id,
            "name": found.name,
            "email": found.email,
            "status": found.status,
            "phones": list(found.phones),
            "extension": found.extension,
        }
    ) or None


def _tag(row: catalogue.Row) -> Values | None:
    found = catalogue.tag(row)
    return {"provider_id": found.id, "name": found.name, "is_system": found.is_system} if found.id else None


def _blacklist(row: catalogue.Row) -> Values | None:
    found = catalogue.blacklist(row)
    if not 0 < len(found.digits) <= _PHONE_LENGTH:
        return None
    return {"digits": found.digits, "provider_id": found.id, "comment": found.comment}


TABLES = (
    Table(
        "numbers",
        VirtualNumber,
        "digits",
        lambda api, name, gate: api.get_virtual_numbers(request_id=name, gate=gate),
        _number,
        first=_first_use,
        kept=("name",),
        stamp="synced_at",
    ),
    Table(
        "media",
        MediaFile,
        "provider_id",
        lambda api, name, gate: api.get_media_files(request_id=name, gate=gate),
        _media,
    ),
    Table(
        "employees",
        Employee,
        "provider_id",
        lambda api, name, gate: api.get_employees(request_id=name, gate=gate),
        _employee,
    ),
    Table("tags", Tag, "provider_id", lambda api, name, gate: api.get_tags(request_id=name, gate=gate), _tag),
    Table(
        "blacklist",
        BlacklistEntry,
        "digits",
        lambda api, name, gate: api.get_blacklist(request_id=name, gate=gate),
        _blacklist,
    ),
)
