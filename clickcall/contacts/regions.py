"""Where phones are from by the provider's report: kept at every contact's phone of that number."""

from collections import defaultdict
from collections.abc import Mapping

from ..models import Account, ContactPhone
from ..models.lots import lots
from .zone_places import zone_of_region

_LONGEST = 100
_CHUNK = 500  # numbers that are looked for at once


def note_regions(account: Account, told: Mapping[str, str]) -> int:
    """Keeps what was told, by digits; a region of which we know no zone says nothing. How many phones learnt something.

    Asks once for some hundred numbers, and writes only what is new.
    """
    learnt: dict[str, list[int]] = defaultdict(list)
    useful = [(digits, region) for digits, region in told.items() if digits and _is_useful(region)]
    for some in map(dict, lots(useful, _CHUNK)):
        phones = ContactPhone.objects.filter(account=account, digits__in=some).order_by()
        for key, digits, region in phones.values_list("pk", "digits", "region"):
            if region != some[digits]:
                learnt[some[digits]].append(key)
    return sum(ContactPhone.objects.filter(pk__in=keys).update(region=region) for region, keys in learnt.items())


def _is_useful(region: str) -> bool:
    return len(region) <= _LONGEST and bool(zone_of_region(region))
