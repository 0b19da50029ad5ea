"""Why a number cannot be called from, for whoever presses. Keys: `VirtualNumber.trouble`."""

from django.utils.translation import gettext_lazy as _

# Code of the field's error, and words. The last one is named as the provider names it.
OF_A_PRESS = {
    "gone": ("gone", _("This number is not at %(brand)s any more. Choose another one.")),
    "call_tracking": ("call_tracking", _("This number only counts calls from advertising. Choose another one.")),
    "off": ("inactive", _("This number is switched off at %(brand)s. Choose another one; the admin sees why.")),
    "stopped": ("stopped", _("This number is no longer in use here. Choose another one.")),
    "no_scenario": (
        "scenario_not_found",
        _("This number rings nobody: it is not set up at %(brand)s. The admin can set it up."),
    ),
}

# The same about a member's own number, on a button that is grey.
OF_MY_NUMBER = {
    "gone": _("Your number is not at %(brand)s any more. The admin can give you another one."),
    "call_tracking": _("Your number only counts calls from advertising. The admin can give you another one."),
    "off": _("Your number is switched off at %(brand)s. The admin sees why and can give you another one."),
    "stopped": _("Your number is no longer in use. The admin can give you another one."),
    "no_scenario": _("Your number rings nobody: it is not set up at %(brand)s. The admin can set it up."),
}
