"""Step 4: the numbers that we call from, fetched from the provider."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...models import VirtualNumber
from ..known import Known
from ..step import State, Step
from .findings import seen


def step(known: Known) -> Step:
    """Done with one number that can be called from."""
    good = [number for number in known.numbers if not number.trouble]
    state = State.DONE if good else State.OPEN
    if known.numbers and not good:
        state = State.BAD
    return Step(
        "numbers",
        _("Numbers"),
        _summary(known, good),
        state,
        at=known.sync.finished_at if known.numbers else None,
        seen=seen(known, "number_without_scenario"),
        extra={"sync": known.sync, "is_waiting": not good},
    )


def _summary(known: Known, good: list[VirtualNumber]) -> str:
    if not known.numbers:
        return _("They come from %(brand)s by themselves") % {"brand": known.brand}
    count = len(known.numbers)
    parts = [ngettext("%(count)d number", "%(count)d numbers", count) % {"count": count}]
    if unfit := count - len(good):
        parts.append(ngettext("%(count)d cannot be used", "%(count)d cannot be used", unfit) % {"count": unfit})
    if bare := sum(not number.label_text for number in good):
        parts.append(ngettext("%(count)d has no label", "%(count)d have no label", bare) % {"count": bare})
    return ". ".join(parts)
