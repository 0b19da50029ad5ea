"""What was asked or pointed out before a call, in words, and the parameters by their names on the wire."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..calls import payload

_ORDER = {name: place for place, name in enumerate(payload.TYPES)}

# Codes of `Call.confirmed`: the member was told and pressed all the same.
CONFIRMED = {
    "in_call": _("was in another call and called all the same"),
    "number_busy": _("the number was in use by a colleague"),
    "just_called": _("the same phone had just been called"),
    "not_yours": _("somebody else's client"),
    "no_consent": _("no consent to advertising"),
    "outside_hours": _("outside the calling hours of the company"),
    "time_unknown": _("the time there was not known"),
    "attempts_day": _("more attempts on the day than the company's rules allow"),
    "attempts_month": _("more attempts in 30 days than the company's rules allow"),
}
# Codes of `Call.warnings`: nobody was asked.
WARNINGS = {
    **CONFIRMED,
    "in_call": _("the caller was in another call"),
    "number_management_unknown": _("not known whether numbers may be chosen automatically"),
    "tts_length_unknown": _("not known how long the robot's text may be"),
    "media_files_unknown": _("not known which files the provider has"),
    "switch_at_once_without_effect": _("“Connect at once” has no effect while a robot reads a text"),
}


def in_words(codes: Iterable[str], words: Mapping[str, Any]) -> list[str]:
    """A code that is not known is shown as it is."""
    return [str(words.get(code, code)) for code in codes]


def parameters(params: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Names and values as sent: nested names with a dot, booleans as true and false.

    The order is that of the payload's table: PostgreSQL's JSON does not keep the one in which they were stored.
    """
    found: list[tuple[str, str]] = []
    for name, value in sorted(params.items(), key=lambda item: (_ORDER.get(item[0], len(_ORDER)), item[0])):
        if isinstance(value, Mapping):
            found += parameters(value, f"{prefix}{name}.")
        else:
            found.append((prefix + name, str(value).lower() if isinstance(value, bool) else str(value)))
    return found
