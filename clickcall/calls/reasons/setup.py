"""Calls that ended in what an admin sets up: the number ('numb') and its way, groups of people, rights."""

from django.utils.translation import gettext_lazy as _

from . import remedies
from .reason import Reason, Who

SETTINGS = {
    # the number and what it does with a call
    "numb_not_exists": Reason(
        _("%(brand)s says that this number is not ours"), _("The admin can choose another number"), Who.ADMIN
    ),
    "numb_is_inactive": Reason(_("the number we call from is switched off"), remedies.SWITCH_ON, Who.ADMIN),
    "no_active_scenario": Reason(_("this number rings nobody"), remedies.SET_UP, Who.ADMIN),
    "incorrect_input": Reason(_("the menu of the number does not know the keys pressed"), remedies.SET_UP, Who.ADMIN),
    "incorrect_config": Reason(_("the number is not set up properly"), remedies.SET_UP, Who.ADMIN),
    "simple_forwarding_is_not_configured": Reason(_("the number forwards calls nowhere"), remedies.SET_UP, Who.ADMIN),
    "sitephone_is_not_configured": Reason(_("the site's phone is not set up"), remedies.SET_UP, Who.ADMIN),
    "call_generator_is_not_configured": Reason(_("the site's call form is not set up"), remedies.SET_UP, Who.ADMIN),
    "site_not_exists": Reason(_("%(brand)s does not find the site of this number"), remedies.SET_UP, Who.ADMIN),
    "processing_method_not_found": Reason(
        _("the number does not say what to do with a call"), remedies.SET_UP, Who.ADMIN
    ),
    "max_transition_count_exceeded": Reason(
        _("the settings of the number send the call round in a circle"), remedies.SET_UP, Who.ADMIN, midway=True
    ),
    "action_interval_exceeded": Reason(
        _("a step of the number's settings took too long"), remedies.SET_UP, Who.ADMIN, midway=True
    ),
    "call_enqueued": Reason(_("the call went to a queue"), remedies.ONE_PHONE, Who.ADMIN),
    # whom the number rings
    "employees_not_exists": Reason(
        _("%(brand)s does not find the person whom the number rings"), remedies.SET_UP, Who.ADMIN
    ),
    "group_phone_inactive": Reason(
        _("a phone of the group that the number rings is switched off"), remedies.SWITCH_ON, Who.ADMIN
    ),
    "group_inactive_by_schedule": Reason(
        _("by the schedule the group that the number rings takes no calls at this hour"),
        remedies.SCHEDULE,
        Who.ADMIN,
    ),
    "group_without_phones": Reason(_("the group that the number rings has no phones"), remedies.ADD_PHONE, Who.ADMIN),
    # rights
    "in_call_not_allowed": Reason(_("inbound calls are not allowed"), remedies.ALLOW, Who.ADMIN),
    "out_call_not_allowed": Reason(_("outbound calls are not allowed"), remedies.ALLOW, Who.ADMIN),
    "external_call_not_allowed": Reason(_("calls outside the company are not allowed"), remedies.ALLOW, Who.ADMIN),
    "internal_call_not_allowed": Reason(_("calls to colleagues are not allowed"), remedies.ALLOW, Who.ADMIN),
    "api_permission_denied": Reason(
        _("our access key may not place calls"), _("The admin can change its rights in the cabinet"), Who.ADMIN
    ),
    "api_ip_now_allowed": Reason(
        _("%(brand)s does not let our address in"),
        _("The admin can add it to the allow list in the cabinet"),
        Who.ADMIN,
    ),
    # what is bought
    "component_is_inactive": Reason(_("the plan does not include this"), remedies.ASK_TO_ADD, Who.ADMIN),
    "communication_unavailable": Reason(_("this kind of call is not included"), remedies.ASK_TO_ADD, Who.ADMIN),
    "fmc_is_disabled": Reason(_("the company's mobile line is switched off"), remedies.SWITCH_ON, Who.ADMIN),
}
