"""Which zone a contact's clock shows: what a person said, else the place, else the landline, else unknown."""

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from ..accounts.zones import known
from ..models import Contact
from . import zone_codes, zone_places


class Source(StrEnum):
    """Who says so, the most reliable first."""

    PERSON = "person"
    PLACE = "place"
    CODE = "code"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Zone:
    """`name` is an IANA zone, or empty where it is unknown."""

    name: str
    source: Source

    @property
    def tz(self) -> ZoneInfo | None:
        return ZoneInfo(self.name) if self.name else None


UNKNOWN = Zone("", Source.UNKNOWN)


def zone_of(contact: Contact | None, digits: str) -> Zone:
    """The zone that a phone is in. A mobile number says nothing about where its owner is."""
    if contact is None:
        return zone_by("", "", "", digits)
    return zone_by(contact.timezone, contact.city, contact.region, digits)


def zone_by(timezone: str, city: str, region: str, digits: str) -> Zone:
    """The same for somebody who is no contact yet."""
    if timezone in known():
        return Zone(timezone, Source.PERSON)
    if by_place := zone_places.zone_of(city, region):
        return Zone(by_place, Source.PLACE)
    if by_code := zone_codes.zone_of(digits):
        return Zone(by_code, Source.CODE)
    return UNKNOWN
