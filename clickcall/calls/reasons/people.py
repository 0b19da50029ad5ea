"""Calls that ended as calls do, with a colleague, or on the client's side: 'caller' is the client, 'numa' the phone."""

from django.utils.translation import gettext_lazy as _

from . import remedies
from .reason import Reason, Who

# They say nothing about whether people talked: the durations and the legs do.
NORMAL = {
    "success_finish": Reason(_("the call ended in the usual way"), remedies.NOTHING, Who.CLIENT),
    "operator_answer": Reason(_("our side picked up"), remedies.NOTHING, Who.CLIENT),
    "caller_disconnects": Reason(_("the client hung up"), remedies.NOTHING, Who.CLIENT),
    "operator_disconnects": Reason(_("our side hung up"), remedies.NOTHING, Who.CLIENT),
    "transfer_disconnects": Reason(_("our side hung up during a transfer"), remedies.NOTHING, Who.CLIENT),
    "scenario_disconnects": Reason(_("the settings of the number ended the call"), remedies.NOTHING, Who.CLIENT),
    "fax_session_done": Reason(_("a fax was received"), remedies.NOTHING, Who.CLIENT),
    "no_operation": Reason(_("the settings of the number had no next step"), remedies.NOTHING, Who.CLIENT),
}

SOMEONE_ELSE = {
    "another_operator_answer": Reason(
        _("a colleague picked up: this number rings others too"),
        remedies.ONE_PHONE,
        Who.ADMIN,
        _("%(name)s: a colleague picked up, the number rings other phones too"),
        midway=True,
    ),
}

CLIENT = {
    "caller_busy": Reason(_("the client's line was busy"), remedies.LATER, Who.CLIENT),
    "caller_not_responsive": Reason(_("the client did not answer"), remedies.LATER, Who.CLIENT),
    "caller_number_problems": Reason(
        _("the client's number cannot be reached"), _("Check the phone or try again later"), Who.ME
    ),
    "no_success_caller_call": Reason(_("the call did not get through to the client"), remedies.LATER, Who.CLIENT),
    # the provider does not dial these
    "numa_in_black_list": Reason(_("the number is on the PBX blacklist"), _("The admin can remove it"), Who.ADMIN),
    "numa_in_spam_list": Reason(
        _("%(brand)s takes this number for spam"),
        _("The admin can ask %(brand)s to take it off the list"),
        Who.PROVIDER,
    ),
    "numa_dnd_interval": Reason(_("this number was called a short while ago"), remedies.WAIT, Who.CLIENT),
    "too_many_identical_incoming_calls": Reason(
        _("there were too many calls like this one in a short time"), remedies.WAIT, Who.CLIENT
    ),
    "locked_numb": Reason(_("the security settings forbid calls to this number"), remedies.ALLOW, Who.ADMIN),
}
