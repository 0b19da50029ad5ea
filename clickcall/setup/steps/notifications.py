"""Step 7: the provider tells us by itself how calls go. It can wait."""

from django.utils.translation import gettext as _

from ..known import Known
from ..step import State, Step


def step(known: Known) -> Step:
    """Done once one has come."""
    last = max(known.notifications.values(), default=None)
    summary = _("%(brand)s tells by itself when a call has ended. It can wait") % {"brand": known.brand}
    if last:
        summary = _("They come")
    return Step(
        "notifications",
        _("Notifications"),
        summary,
        State.DONE if last else State.LATER,
        at=last,
        extra={"seen": known.notifications},
    )
