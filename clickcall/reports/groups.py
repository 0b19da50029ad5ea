"""Statuses as people look for them: the tabs of a call log, and beside them the calls that came in."""

from django.utils.translation import gettext_lazy as _

from ..models import Status

GROUPS = {
    "live": (
        _("On the line"),
        (
            Status.CALLING,
            Status.ACCEPTED,
            Status.INCOMING,
            Status.RINGING_YOU,
            Status.RINGING_CONTACT,
            Status.TALKING,
        ),
    ),
    "talked": (_("Talked"), (Status.TALKED,)),
    "not_reached": (_("Not reached"), (Status.NO_ANSWER, Status.BUSY, Status.UNAVAILABLE, Status.ENDED)),
    "missed": (_("Missed"), (Status.MISSED,)),
    "not_picked_up": (_("Not picked up here"), (Status.YOU_MISSED, Status.YOU_OFFLINE, Status.SOMEBODY_ELSE)),
    "not_called": (_("Not called"), (Status.REFUSED, Status.NOT_PLACED, Status.NOT_SENT)),
    "unknown": (_("Checking"), (Status.UNKNOWN,)),
}
INBOUND = "inbound"
TABS = [(key, label) for key, (label, _statuses) in GROUPS.items()]
TABS.insert(list(GROUPS).index("missed"), (INBOUND, _("Inbound")))
