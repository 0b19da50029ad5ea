"""The time zone of a Russian landline, by its area code.

A table of our own: the area codes of the Russian numbering plan (ABC codes, with those of the regions they serve) with
the IANA zone of the region. Left out is what lies in more than one zone: an unknown hour is better than a wrong one.
Mobile numbers (9xx) go along with people and say nothing. +7 6xx and 7xx are Kazakhstan's.
"""

from collections.abc import Mapping

_CODES = {
    "Europe/Kaliningrad": "401",
    "Europe/Moscow": """
        471 472 473 474 475 481 482 483 484 485 486 487 491 492 493 494 495 496 498 499
        811 812 813 814 815 816 817 818 820 821 831 834 835 836 841 843 847 855
        861 862 863 865 866 867 871 872 873 877 878 879""",
    "Europe/Simferopol": "365 869",
    "Europe/Kirov": "833",
    "Europe/Volgograd": "844",
    "Europe/Astrakhan": "851",
    "Europe/Saratov": "845",
    "Europe/Ulyanovsk": "842",
    "Europe/Samara": "341 846 848",
    "Asia/Yekaterinburg": "342 343 345 346 347 349 351 352 353",
    "Asia/Omsk": "381",
    "Asia/Tomsk": "382",
    "Asia/Novosibirsk": "383",
    "Asia/Novokuznetsk": "384",
    "Asia/Barnaul": "385 388",
    "Asia/Krasnoyarsk": "390 391 394",
    "Asia/Irkutsk": "301 395",
    "Asia/Chita": "302",
    # Yakutia lies in three zones: only its towns in the first of them.
    "Asia/Yakutsk": "4112 41136 41145 41147 416",
    "Asia/Vladivostok": "421 423 426",
    "Asia/Sakhalin": "424",
    "Asia/Magadan": "413",
    "Asia/Kamchatka": "415",
    "Asia/Anadyr": "427",
}
ZONES: Mapping[str, str] = {code: zone for zone, codes in _CODES.items() for code in codes.split()}
_LONGEST = max(map(len, ZONES))


def zone_of(digits: str) -> str:
    """The zone of a landline by its E.164 digits; empty for every other number."""
    if len(digits) != 11 or not digits.startswith("7"):
        return ""
    codes = (digits[1 : 1 + length] for length in range(_LONGEST, 2, -1))
    return next((ZONES[code] for code in codes if code in ZONES), "")
