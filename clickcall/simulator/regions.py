"""Where a phone number is from, as the report names it: `cpn_region_name`, null for numbers that nobody knows.

The digest of the API does not list the field; public clients of the Data API read it from every row. Of the numbering
plan only some codes are here, landlines and mobiles: enough for a demo and for tests.
"""

from collections.abc import Mapping

_CODES = {
    "Москва и Московская область": "495 496 498 499 903 915 916 925 926 977",
    "Санкт-Петербург и Ленинградская область": "812 813 911 921",
    "Калининградская область": "401",
    "Самарская область": "846 848 927",
    "Свердловская область": "343 912 922",
    "Омская область": "381",
    "Новосибирская область": "383 913 923",
    "Красноярский край": "390 391",
    "Республика Саха /Якутия/": "411",
    "Приморский край": "423",
    "Хабаровский край": "421 914",
    "Российская Федерация": "800",
}
REGIONS: Mapping[str, str] = {code: region for region, codes in _CODES.items() for code in codes.split()}


def region_of(phone: str) -> str | None:
    """The region of a Russian number in E.164 digits."""
    return REGIONS.get(phone[1:4]) if len(phone) == 11 and phone.startswith("7") else None
