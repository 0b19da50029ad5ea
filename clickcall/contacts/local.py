"""The time where a contact is, and the zones that a person can choose from."""

from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Account, Contact
from .zones import Source, Zone, zone_of

# One zone for each offset from Kaliningrad to Kamchatka, known by its largest city. Source: the IANA data base.
RUSSIAN = {
    "Europe/Kaliningrad": gettext_lazy("Kaliningrad"),
    "Europe/Moscow": gettext_lazy("Moscow"),
    "Europe/Samara": gettext_lazy("Samara"),
    "Asia/Yekaterinburg": gettext_lazy("Yekaterinburg"),
    "Asia/Omsk": gettext_lazy("Omsk"),
    "Asia/Novosibirsk": gettext_lazy("Novosibirsk"),
    "Asia/Krasnoyarsk": gettext_lazy("Krasnoyarsk"),
    "Asia/Irkutsk": gettext_lazy("Irkutsk"),
    "Asia/Yakutsk": gettext_lazy("Yakutsk"),
    "Asia/Vladivostok": gettext_lazy("Vladivostok"),
    "Asia/Magadan": gettext_lazy("Magadan"),
    "Asia/Kamchatka": gettext_lazy("Kamchatka"),
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


def choices(own: str = "") -> list[tuple[str | Promise, object]]:
    """For a select: unknown, the Russian zones from west to east, then all others by IANA name.

    Imports and commands take any zone that `is_zone` knows: `own`, what the contact has, is offered whatever it is.
    """
    others = _others() if not own or own in RUSSIAN or own in _others() else (own, *_others())
    return [
        ("", gettext_lazy("Unknown")),
        (gettext_lazy("Russia"), list(RUSSIAN.items())),
        (gettext_lazy("Other countries"), [(name, name.replace("_", " ")) for name in others]),
    ]


def clock_and_place(contact: Contact, moment: datetime, digits: str = "") -> "tuple[str, str | Promise]":
    """Both of `clock_there` and `place`, of a zone that is looked up once."""
    zone = _zone(contact, digits)
    return _clock(zone, moment), _place(contact, zone)


def clock_there(contact: Contact, moment: datetime, digits: str = "") -> str:
    """`moment` by the contact's clock, as 14:20; empty where the zone is unknown. `digits`: see `place`."""
    return _clock(_zone(contact, digits), moment)


def _clock(zone: Zone, moment: datetime) -> str:
    tz = zone.tz
    return f"{moment.astimezone(tz):%H:%M}" if tz else ""


def place(contact: Contact, digits: str = "") -> "str | Promise":
    """The contact's city, else its region, else its number's, else the city that the zone is known by, else nothing.

    A phone tells its zone: `digits`, or the contact's main phone (to be prefetched).
    """
    return _place(contact, _zone(contact, digits))


def _place(contact: Contact, zone: Zone) -> "str | Promise":
    return contact.city or contact.region or zone.region or RUSSIAN.get(zone.name, "")


def how_known(contact: Contact, account: Account) -> str:
    """Who says what time it is there; empty where nobody does."""
    match _zone(contact, "").source:
        case Source.PERSON:
            return _("Set in the contact")
        case Source.PLACE:
            return _("By the city or region")
        case Source.REPORT:
            return _("By the number's region, as %(brand)s reports it") % {"brand": account.brand_name}
        case Source.CODE:
            return _("By the area code of the phone")
        case _:
            return ""


def _zone(contact: Contact, digits: str) -> Zone:
    main = next(iter(contact.fetched_phones), None) if not digits else None
    return zone_of(contact, main.digits if main else digits)
