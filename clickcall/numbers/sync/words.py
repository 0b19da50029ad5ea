"""What a run does, and why it ended early, in words for admins."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ...accounts import key_troubles

STEPS = {
    "account": _("Account"),
    "numbers": _("Numbers"),
    "media": _("Files to play"),
    "employees": _("Employees"),
    "tags": _("Tags"),
    "blacklist": _("PBX blacklist"),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, and what to do about it."""

    what: str | Promise
    remedy: str | Promise


_NOT_BOUGHT = Trouble(
    _("This option is not switched on at the provider"),
    _("Nothing to do here if you don't need it. Otherwise ask your manager at the provider for it."),
)
_LATER = _("Nothing to do here: it goes on by itself.")

# Words of ours, and refusals that are not the key's fault. Those of keys and of the way there: `key_troubles`.
TROUBLES = {
    "busy": Trouble(_("It is being matched at this moment"), _("Wait until it is done.")),
    "taken_over": Trouble(_("It took very long and was begun anew"), _LATER),
    "no_key": Trouble(_("ClickCall has no access key yet"), _("Add one under “Access keys”.")),
    "points_low": Trouble(_("What is left of the request limit is kept for calls"), _LATER),
    "incomplete": Trouble(_("The provider did not give the whole list, so nothing of it was changed"), _LATER),
    "failed": Trouble(
        _("ClickCall stumbled over its own mistake"), _("It tries again by itself. The log of the worker says more.")
    ),
    "account_inactive": Trouble(
        _("The account is blocked at the provider"), _("Look at its balance and contract in the cabinet.")
    ),
    "forbidden": Trouble(
        _("No access key may do this"), _("In the provider's cabinet give its user access to Data API.")
    ),
    "no_data": Trouble(_("The provider's answer could not be read"), _LATER),
} | dict.fromkeys(
    ("component_disabled", "method_component_disabled", "parameter_component_disabled", "method_not_found"), _NOT_BOUGHT
)


def in_words(code: str) -> Trouble | None:
    """None where nothing went wrong; an unknown code has words too."""
    if not code or code in TROUBLES:
        return TROUBLES.get(code)
    found = key_troubles.in_words(code)
    return Trouble(found.what, found.remedy) if found else None


def step_words(name: str) -> str:
    return str(STEPS.get(name, name))
