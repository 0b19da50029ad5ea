"""How a status looks, and its short words for pills."""

from django.utils.translation import gettext_lazy

from ..models import Status

# status: look, icon, class of the pill
LOOKS: dict[str, tuple[str, str, str]] = {
    Status.CALLING: ("is-live", "phone-outgoing", "is-live"),
    Status.ACCEPTED: ("is-live", "phone-outgoing", "is-live"),
    Status.INCOMING: ("is-live is-ringing", "phone-incoming", "is-live"),
    Status.RINGING_YOU: ("is-live is-ringing", "phone-call", "is-live"),
    Status.RINGING_CONTACT: ("is-live is-ringing", "phone-call", "is-live"),
    Status.TALKING: ("is-live is-talking", "audio-lines", "is-live"),
    Status.TALKED: ("is-done", "circle-check", "is-good"),
    Status.NO_ANSWER: ("", "phone-missed", ""),
    Status.BUSY: ("", "phone-off", ""),
    Status.UNAVAILABLE: ("", "phone-off", ""),
    Status.YOU_MISSED: ("is-attn", "phone-missed", "is-attn"),
    Status.YOU_OFFLINE: ("is-attn", "wifi-off", "is-attn"),
    Status.MISSED: ("is-attn", "phone-missed", "is-attn"),
    Status.SOMEBODY_ELSE: ("is-attn", "users", "is-attn"),
    Status.ENDED: ("", "phone-off", ""),
    Status.REFUSED: ("is-refused", "phone-off", "is-bad"),
    Status.UNKNOWN: ("is-unknown", "circle-question-mark", "is-unknown"),
    Status.NOT_PLACED: ("", "circle-minus", ""),
    Status.NOT_SENT: ("is-attn", "wifi-off", "is-attn"),
}

# The short words of pills, first as the caller reads them, then as everybody else does.
SHORT = {
    Status.CALLING: (gettext_lazy("Calling…"),) * 2,
    Status.ACCEPTED: (gettext_lazy("On its way"),) * 2,
    Status.INCOMING: (gettext_lazy("Calling us"),) * 2,
    Status.RINGING_YOU: (gettext_lazy("Ringing you"), gettext_lazy("Ringing the salesperson")),
    Status.RINGING_CONTACT: (gettext_lazy("Ringing the client"),) * 2,
    Status.TALKING: (gettext_lazy("Talking"),) * 2,
    Status.TALKED: (gettext_lazy("Talked"),) * 2,
    Status.NO_ANSWER: (gettext_lazy("No answer"),) * 2,
    Status.BUSY: (gettext_lazy("Busy"),) * 2,
    Status.UNAVAILABLE: (gettext_lazy("Unavailable"),) * 2,
    Status.YOU_MISSED: (gettext_lazy("You didn't pick up"), gettext_lazy("Not picked up here")),
    Status.YOU_OFFLINE: (gettext_lazy("Your phone was offline"), gettext_lazy("Phone was offline")),
    Status.MISSED: (gettext_lazy("Missed"),) * 2,
    Status.SOMEBODY_ELSE: (gettext_lazy("Not picked up by you"), gettext_lazy("A colleague picked up")),
    Status.ENDED: (gettext_lazy("Ended"),) * 2,
    Status.REFUSED: (gettext_lazy("Not called"),) * 2,
    Status.UNKNOWN: (gettext_lazy("Checking"),) * 2,
    Status.NOT_PLACED: (gettext_lazy("No call was made"),) * 2,
    Status.NOT_SENT: (gettext_lazy("Not sent"),) * 2,
}
