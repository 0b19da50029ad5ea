"""Rows of the Data API's lists become typed records: unknown fields are passed over, nulls are empty, nothing raises.

Source of the field names: the table of methods in the provider's API digest.
"""

from dataclasses import dataclass
from typing import Any

from clickcall.provider.coerce import digits, flag, mapping, seconds, text, whole

Row = dict[str, Any]
_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """`timezone` is the provider's word for it, which need not be a zone that exists."""

    app_id: str
    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class ScenarioRecord:
    """A scenario that a number leads to; one of which nothing is told counts as active."""

    id: str
    name: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class NumberRecord:
    """A virtual number. `scenarios` is None where the provider was silent about them."""

    id: str
    digits: str
    name: str
    status: str
    kind: str
    category: str
    scenarios: tuple[ScenarioRecord, ...] | None

    @property
    def has_scenario(self) -> bool | None:
        """Whether any scenario is active; None = not told."""
        return None if self.scenarios is None else any(one.is_active for one in self.scenarios)


@dataclass(frozen=True, slots=True)
class MediaRecord:
    """A file to play; `duration` in seconds, `size` in bytes, `play_link` only if it is one for a browser."""

    id: str
    name: str
    is_system: bool
    duration: int | None
    size: int | None
    play_link: str


@dataclass(frozen=True, slots=True)
class EmployeeRecord:
    """Somebody who can be rung, on `phones` (digits) in this order."""

    id: str
    name: str
    email: str
    status: str
    phones: tuple[str, ...]
    extension: str


@dataclass(frozen=True, slots=True)
class TagRecord:
    id: str
    name: str
    is_system: bool


@dataclass(frozen=True, slots=True)
class BlacklistRecord:
    id: str
    digits: str
    comment: str


def account(row: Row) -> AccountRecord:
    """From `get.account`."""
    return AccountRecord(text(row.get("app_id")), text(row.get("name")), text(row.get("timezone")))


def number(row: Row) -> NumberRecord:
    """From `get.virtual_numbers`."""
    return NumberRecord(
        id=text(row.get("id")),
        digits=digits(row.get("virtual_phone_number")),
        name=text(row.get("name")),
        status=text(row.get("status")).lower(),
        kind=text(row.get("type")).lower(),
        category=text(row.get("category")),
        scenarios=_scenarios(row.get("scenarios")),
    )


def _scenarios(value: object) -> tuple[ScenarioRecord, ...] | None:
    if not isinstance(value, list):
        return None
    found = [mapping(one) for one in value]
    return tuple(
        ScenarioRecord(
            text(one.get("scenario_id")), text(one.get("scenario_name")), flag(one.get("is_active")) is not False
        )
        for one in found
        if one
    )


def media(row: Row) -> MediaRecord:
    """From `get.media_files`."""
    link, size = text(row.get("play_link")), whole(row.get("size"))
    return MediaRecord(
        id=text(row.get("id")),
        name=text(row.get("name")),
        is_system=text(row.get("type")) == "system",
        duration=seconds(row.get("duration")),
        size=size if size is not None and 0 <= size < 2**63 else None,
        play_link=link if link.startswith(_WEB) else "",
    )


def employee(row: Row) -> EmployeeRecord:
    """From `get.employees`; a phone may be a text or an object that holds it, and so may the extension."""
    phones = row.get("phone_numbers")
    found = [digits(_held(one, "phone_number")) for one in phones] if isinstance(phones, list) else []
    return EmployeeRecord(
        id=text(row.get("id")),
        name=text(row.get("full_name")),
        email=text(row.get("email")),
        status=text(row.get("status")),
        phones=tuple(one for one in found if one),
        extension=text(_held(row.get("extension"), "extension_phone_number")),
    )


def _held(value: object, name: str) -> object:
    return mapping(value).get(name) if isinstance(value, dict) else value


def tag(row: Row) -> TagRecord:
    """From `get.tags`."""
    return TagRecord(text(row.get("id")), text(row.get("name")), flag(row.get("is_system")) is True)


def blacklist(row: Row) -> BlacklistRecord:
    """From `get.blacklist_phone_numbers`."""
    return BlacklistRecord(text(row.get("id")), digits(row.get("phone_number")), text(row.get("comment")))
