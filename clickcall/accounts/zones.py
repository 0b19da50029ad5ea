"""Time zones by their IANA names."""

from functools import cache
from zoneinfo import available_timezones


@cache
def known() -> frozenset[str]:
    """All zones of this machine; read from many files, hence once."""
    return frozenset(available_timezones())


def by_place() -> list[str]:
    """Zones to choose from: without "Etc/…" and names that have no place."""
    return sorted(name for name in known() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
