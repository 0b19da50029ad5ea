"""The time where a contact is, and the zones that a person can choose from."""

from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Contact
from .zones import Zone, zone_of

# One zone for each offset from Kaliningrad to Kamchatka, known by its largest city. Source: the IANA data base.
RUSSIAN = {
    "Europe/Kaliningrad": _("Kaliningrad"),
    "Europe/Moscow": _("Moscow"),
    "Europe/Samara": _("Samara"),
    "Asia/Yekaterinburg": _("Yekaterinburg"),
    "Asia/Omsk": _("Omsk"),
    "Asia/Novosibirsk": _("Novosibirsk"),
    "Asia/Krasnoyarsk": _("Krasnoyarsk"),
    "Asia/Irkutsk": _("Irkutsk"),
    "Asia/Yakutsk": _("Yakutsk"),
    "Asia/Vladivostok": _("Vladivostok"),
    "Asia/Magadan": _("Magadan"),
    "Asia/Kamchatka": _("Kamchatka"),
}


@cache
def _others() -> tuple[str, ...]:
    areas = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return tuple(sorted(name for name in available_timezones() if name.startswith(areas) and name not in RUSSIAN))


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """A zone that `zoneinfo` knows."""
    return name in _known()


def choices() -> list[tuple[str | Promise, object]]:
    """For a select: unknown, the Russian zones from west to east, then all others by IANA name."""
    return [
        ("", _("Unknown")),
        (_("Russia"), list(RUSSIAN.items())),
        (_("Other countries"), [(name, name.replace("_", " ")) for name in _others()]),
    ]


def clock_there(contact: Contact, moment: datetime, digits: str = "") -> str:
    """`moment` by the contact's clock, as 14:20; empty where the zone is unknown. `digits`: see `place`."""
    tz = _zone(contact, digits).tz
    return f"{moment.astimezone(tz):%H:%M}" if tz else ""


def place(contact: Contact, digits: str = "") -> "str | Promise":
    """The contact's city, else its region, else the city that the zone is known by, else nothing.

    A landline tells its zone: `digits`, or the contact's main phone (to be prefetched).
    """
    return contact.city or contact.region or RUSSIAN.get(_zone(contact, digits).name, "")


def _zone(contact: Contact, digits: str) -> Zone:
    main = next(iter(contact.phones.all()), None) if not digits else None
    return zone_of(contact, main.digits if main else digits)
