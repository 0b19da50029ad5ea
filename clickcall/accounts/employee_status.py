"""What an employee's status at the provider means. Source: the statuses of which finish reasons speak."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "available": _("Available"),
    "break": _("Break"),
    "do_not_disturb": _("Do not disturb"),
    "not_at_workplace": _("Not at the desk"),
    "not_at_work": _("Not at work"),
    "auto_out_call": _("Automatic calls"),
}


def in_words(status: str) -> str:
    """Empty for nothing told; what is not known here is shown as it came."""
    return str(WORDS.get(status, status))
