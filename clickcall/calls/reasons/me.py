"""Calls that ended with our person: the phone, the status in the cabinet, the schedule. 'operator' is our person."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from . import remedies
from .reason import Reason, Who

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_BUSY = _("Phone busy")
_STATUS = _("Status in the way")


def _by_status(cause: "StrPromise", others: "StrPromise", remedy: "StrPromise" = remedies.AVAILABLE) -> Reason:
    who = Who.ME if remedy is remedies.AVAILABLE else Who.ADMIN
    return Reason(cause, remedy, who, others, _STATUS)


ME = {
    # the phone was rung
    "operator_not_responsive": Reason(
        _("your phone rang and nobody picked up"),
        _("Press again and pick up when the phone rings"),
        Who.ME,
        _("%(name)s: nobody picked up"),
    ),
    "operator_busy": Reason(
        _("your phone was busy"),
        _("Finish the other call and press again"),
        Who.ME,
        _("%(name)s: the phone was busy"),
        _BUSY,
        beyond=True,
    ),
    "no_operator_confirmation": Reason(
        _("the call was not confirmed on your phone"),
        _("Press again, pick up and confirm the call as the voice asks"),
        Who.ME,
        _("%(name)s: the call was not confirmed on the phone"),
        beyond=True,
    ),
    "no_success_operator_call": Reason(
        _("the call did not get through to your phone"),
        _("Check that the phone is on and connected, then press again"),
        Who.ME,
        _("%(name)s: the call did not get through to the phone"),
        beyond=True,
    ),
    # it could not be rung
    "sip_offline": Reason(
        _("your phone was not connected to %(brand)s"),
        _("Open the softphone and try again"),
        Who.ME,
        _("%(name)s: the phone was not connected to %(brand)s"),
    ),
    "operator_number_problems": Reason(
        _("something is wrong with the number of your phone"),
        _("The admin can check it in the %(brand)s cabinet"),
        Who.ADMIN,
        _("%(name)s: something is wrong with the number of the phone"),
    ),
    "operator_channels_busy": Reason(
        _("all lines to your phone were busy"),
        remedies.SOON,
        Who.ME,
        _("%(name)s: all lines to the phone were busy"),
        _BUSY,
    ),
    "no_operator_cdr_found": Reason(
        _("your phone was not rung"),
        _("The admin can check whose phone the number rings"),
        Who.ADMIN,
        _("%(name)s: the phone was not rung"),
    ),
    "employee_busy": Reason(
        _("you were on another call"),
        _("Finish the other call and press again"),
        Who.ME,
        _("%(name)s was on another call"),
        _BUSY,
    ),
    "employee_busy_after_call": Reason(
        _("your pause after the last call was not over"),
        remedies.WAIT,
        Who.ME,
        _("%(name)s: the pause after the last call was not over"),
        _BUSY,
    ),
    # what the cabinet says about the person and the phone
    "employee_inactive": Reason(
        _("you are switched off at %(brand)s"),
        remedies.SWITCH_ON,
        Who.ADMIN,
        _("%(name)s is switched off at %(brand)s"),
    ),
    "employee_inactive_by_schedule": Reason(
        _("by the schedule you take no calls at this hour"),
        remedies.SCHEDULE,
        Who.ADMIN,
        _("%(name)s: no calls at this hour by the schedule"),
    ),
    "employee_phone_inactive": Reason(
        _("your phone is switched off at %(brand)s"),
        remedies.SWITCH_ON,
        Who.ADMIN,
        _("%(name)s: the phone is switched off at %(brand)s"),
    ),
    "employee_phone_inactive_by_schedule": Reason(
        _("by the schedule your phone does not ring at this hour"),
        remedies.SCHEDULE,
        Who.ADMIN,
        _("%(name)s: the phone does not ring at this hour by the schedule"),
    ),
    "employee_without_phones": Reason(
        _("you have no phone at %(brand)s"),
        remedies.ADD_PHONE,
        Who.ADMIN,
        _("%(name)s has no phone at %(brand)s"),
    ),
    # the status
    "employee_status_break": _by_status(_("your status is “Break”"), _("%(name)s: the status is “Break”")),
    "employee_status_do_not_disturb": _by_status(
        _("your status is “Do not disturb”"), _("%(name)s: the status is “Do not disturb”")
    ),
    "employee_auto_status_do_not_disturb": _by_status(
        _("your status turned to “Do not disturb” by itself"),
        _("%(name)s: the status turned to “Do not disturb” by itself"),
    ),
    "employee_status_not_at_work": _by_status(
        _("your status is “Not at work”"), _("%(name)s: the status is “Not at work”")
    ),
    "employee_status_auto_out_call": _by_status(
        _("your status is “Automatic calls”"), _("%(name)s: the status is “Automatic calls”")
    ),
    "employee_status_available": _by_status(
        _("the call was not let through in your status “Available”"),
        _("%(name)s: the call was not let through in the status “Available”"),
        remedies.ALLOW,
    ),
    "out_call_not_allowed_by_status": _by_status(
        _("your status does not allow outbound calls"), _("%(name)s: the status does not allow outbound calls")
    ),
    "external_call_not_allowed_by_status": _by_status(
        _("your status does not allow calls outside the company"),
        _("%(name)s: the status does not allow calls outside the company"),
    ),
    "internal_call_not_allowed_by_status": _by_status(
        _("your status does not allow calls to colleagues"),
        _("%(name)s: the status does not allow calls to colleagues"),
    ),
    "auto_out_calls_not_allowed_by_status": _by_status(
        _("your status does not allow automatic calls"), _("%(name)s: the status does not allow automatic calls")
    ),
    "phone_protocol_not_allowed_by_status": _by_status(
        _("your status does not allow calls on this phone"),
        _("%(name)s: the status does not allow calls on this phone"),
    ),
}
