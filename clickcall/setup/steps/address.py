"""Step 3: our address on the provider's allow list, shown from the provider's own answer."""

from django.utils.translation import gettext as _

from ..known import Known
from ..step import State, Step
from .findings import seen

CODES = ("ip_not_allowed", "unreachable", "tls", "slow", "clock_skew", "version_deprecated", "points_low")


def step(known: Known) -> Step:
    """Done once any of our questions was let in, whatever came of it."""
    diagnosis = known.diagnosis
    found = seen(known, *CODES)
    if diagnosis is None or not known.tokens:
        state, summary = State.OPEN, _("%(brand)s answers only the addresses that you have allowed")
    elif diagnosis.found("ip_not_allowed"):
        state, summary = State.BAD, _("%(brand)s answers only the addresses that you have allowed")
    elif any(line.is_bad for line in found):
        state, summary = State.BAD, _("%(brand)s is not reached from here")
    else:
        state, summary = State.DONE, _("%(brand)s lets our questions in")
    return Step(
        "address",
        _("Our address on the allow list of %(brand)s") % {"brand": known.brand},
        summary % {"brand": known.brand},
        state,
        seen=found,
        extra={"address": diagnosis.address if diagnosis else "", "checked": diagnosis.at if diagnosis else None},
    )
