"""Which zone a contact's clock shows.

What a person said, else the place, else the region of the provider's report, else the landline, else unknown.
"""

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
    REPORT = "report"
    CODE = "code"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Zone:
    """`name` is an IANA zone, or empty where it is unknown; `region` is what the report said, where it decided."""

    name: str
    source: Source
    region: str = ""

    @property
    def tz(self) -> ZoneInfo | None:
        return ZoneInfo(self.name) if self.name else None


UNKNOWN = Zone("", Source.UNKNOWN)


def zone_of(contact: Contact | None, digits: str, told: str | None = None) -> Zone:
    """The zone that a phone is in. Its number is asked last: people take their phones along.

    `told` is the region in the provider's report; without it the contact's phones are looked up, if they were not
    fetched and nothing better is known.
    """
    said = said_of(contact) if contact else UNKNOWN
    if said.name:
        return said
    return zone_by("", "", "", digits, _told(contact, digits) if told is None else told)


def said_of(contact: Contact) -> Zone:
    """As far as people have said where the contact is; nothing is looked up."""
    return zone_by(contact.timezone, contact.city, contact.region)


def zone_by(timezone: str, city: str, region: str, digits: str = "", told: str = "") -> Zone:
    """The same for somebody who is no contact yet. `told` is the region of the phone in the provider's report."""
    if timezone in known():
        return Zone(timezone, Source.PERSON)
    if by_place := zone_places.zone_of(city, region):
        return Zone(by_place, Source.PLACE)
    if by_report := zone_places.zone_of_region(told):
        return Zone(by_report, Source.REPORT, told)
    if by_code := zone_codes.zone_of(digits):
        return Zone(by_code, Source.CODE)
    return UNKNOWN


def _told(contact: Contact | None, digits: str) -> str:
    phones = contact.fetched_phones if contact and contact.pk else []
    return next((phone.region for phone in phones if phone.digits == digits), "")
