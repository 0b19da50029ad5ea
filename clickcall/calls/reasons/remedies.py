"""What to do, where several reasons ask for the same."""

from django.utils.translation import gettext_lazy as _

NOTHING = _("Nothing has to be put right")
LATER = _("Try again later")
WAIT = _("Wait a little and press again")
SOON = _("Press again in a minute")
SET_UP = _("The admin can set the number up in the %(brand)s cabinet")
SWITCH_ON = _("The admin can switch this on in the %(brand)s cabinet")
ALLOW = _("The admin can allow this in the %(brand)s cabinet")
SCHEDULE = _("The admin can change the schedule in the %(brand)s cabinet")
ADD_PHONE = _("The admin can add a phone in the %(brand)s cabinet")
ONE_PHONE = _("The admin can lead the number to one phone only")
AVAILABLE = _("Set the status to “Available” and press again")
ASK_TO_ADD = _("The admin can ask %(brand)s to add it")
ASK_WHY = _("The admin can ask %(brand)s why")
ASK_TO_RAISE = _("The admin can ask %(brand)s to raise it")
TOP_UP = _("The admin can top up the account")
MORE_LINES = _("Press again in a minute; the admin can order more lines")
SUPPORT = _("Press again; if it goes on, the admin can tell the support of %(brand)s")

# With these the caller presses first, and asks an admin only if that was no better.
PRESS_FIRST = (MORE_LINES, SUPPORT)
