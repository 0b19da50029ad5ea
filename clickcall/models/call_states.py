"""What a call can be: its origin, what became of our request, and how it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    PRESS = "press", _("Call from ClickCall")
    INBOUND = "inbound", _("Inbound call")
    OTHER = "other", _("Other call")


class Dispatch(models.TextChoices):
    """What became of our request. `unknown` has no way back to `sending`."""

    NONE = "", _("No request of ours")
    SENDING = "sending", _("Calling…")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    NOT_SENT = "not_sent", _("Not sent")
    UNKNOWN = "unknown", _("Unknown")
    NOT_PLACED = "not_placed", _("Not placed")


RANG_NOBODY = (Dispatch.REFUSED, Dispatch.NOT_SENT, Dispatch.NOT_PLACED)


class Status(models.TextChoices):
    """What a call's facts add up to: derived by `calls.lifecycle`, kept in a column so that a log can filter by it."""

    CALLING = "calling", _("Calling…")
    ACCEPTED = "accepted", _("Call is on its way")
    INCOMING = "incoming", _("Somebody is calling")
    RINGING_YOU = "ringing_you", _("Ringing the salesperson")
    RINGING_CONTACT = "ringing_contact", _("Ringing the client")
    TALKING = "talking", _("Talking")
    TALKED = "talked", _("Talked")
    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy")
    UNAVAILABLE = "unavailable", _("Unavailable")
    YOU_MISSED = "you_missed", _("The salesperson did not pick up")
    YOU_OFFLINE = "you_offline", _("The salesperson's phone was offline")
    MISSED = "missed", _("Missed call")
    SOMEBODY_ELSE = "somebody_else", _("Somebody else picked up")
    ENDED = "ended", _("Ended")
    REFUSED = "refused", _("Not called")
    UNKNOWN = "unknown", _("Checking with the provider")
    NOT_PLACED = "not_placed", _("The call did not happen")
    NOT_SENT = "not_sent", _("Not sent")


LIVE = (
    Status.CALLING,
    Status.ACCEPTED,
    Status.INCOMING,
    Status.RINGING_YOU,
    Status.RINGING_CONTACT,
    Status.TALKING,
    Status.UNKNOWN,
)


class Witness(models.TextChoices):
    """What the salesperson says about a press whose answer was lost. Never changes dispatch."""

    NONE = "", _("Not asked")
    RANG = "rang", _("The phone rang")
    SILENT = "silent", _("The phone did not ring")
