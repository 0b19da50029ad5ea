"""Calls that ended at the provider: money, lines and blocks of the account ('app', 'tp' is its plan), the platform."""

from django.utils.translation import gettext_lazy as _

from . import remedies
from .reason import Reason, Who

_MONEY = _("No money at %(brand)s")
_BLOCKED = _("Blocked at %(brand)s")
_TIME = _("Time ran out")

LIMITS = {
    "not_enough_money": Reason(
        _("there is not enough money at %(brand)s for this call"), remedies.TOP_UP, Who.ADMIN, short=_MONEY
    ),
    "no_money": Reason(_("there is no money left at %(brand)s"), remedies.TOP_UP, Who.ADMIN, short=_MONEY),
    "limit_exceeded": Reason(_("the spending limit at %(brand)s is reached"), remedies.ASK_TO_RAISE, Who.ADMIN),
    "call_not_allowed_on_tp": Reason(
        _("the plan does not allow this call"), _("The admin can ask %(brand)s for another plan"), Who.ADMIN
    ),
    "max_in_call_reached": Reason(_("all lines for inbound calls are taken"), remedies.MORE_LINES, Who.ADMIN),
    "max_out_call_reached": Reason(_("all lines for outbound calls are taken"), remedies.MORE_LINES, Who.ADMIN),
    "no_resources": Reason(_("our limit at %(brand)s is used up"), remedies.ASK_TO_RAISE, Who.ADMIN),
    # blocks: only the provider can lift them
    "app_is_inactive": Reason(_("%(brand)s has blocked the account"), remedies.ASK_WHY, Who.PROVIDER, short=_BLOCKED),
    "account_not_found": Reason(
        _("%(brand)s does not find our account"), remedies.ASK_WHY, Who.PROVIDER, short=_BLOCKED
    ),
    "contract_not_found": Reason(
        _("%(brand)s does not find our contract"), remedies.ASK_WHY, Who.PROVIDER, short=_BLOCKED
    ),
    "sip_trunk_is_locked": Reason(_("%(brand)s has blocked our line"), remedies.ASK_WHY, Who.PROVIDER, short=_BLOCKED),
    "fmc_is_locked": Reason(
        _("%(brand)s has blocked the company's mobile line"), remedies.ASK_WHY, Who.PROVIDER, short=_BLOCKED
    ),
    "net_lock": Reason(
        _("%(brand)s has blocked the operator's network"), remedies.ASK_WHY, Who.PROVIDER, short=_BLOCKED
    ),
}

# The call may have been on its way to the client when it broke.
PLATFORM = {
    "internal_error": Reason(_("something broke at %(brand)s"), remedies.SUPPORT, Who.PROVIDER, midway=True),
    "platform_not_found": Reason(
        _("%(brand)s found no equipment for the call"), remedies.SUPPORT, Who.PROVIDER, midway=True
    ),
    "timeout": Reason(_("the time for reaching people ran out"), remedies.LATER, Who.CLIENT, short=_TIME, midway=True),
    "add_cdr_timeout": Reason(
        _("%(brand)s does not know how the call ended"), remedies.SUPPORT, Who.PROVIDER, midway=True
    ),
    "locked_phone": Reason(_("the network did not let the call through"), remedies.SUPPORT, Who.PROVIDER, midway=True),
    "disconnect_before_call_processing": Reason(
        _("the call broke off before anybody was rung"), remedies.SUPPORT, Who.PROVIDER
    ),
}
