"""The salesperson as the witness of a lost answer: when to ask "Did your phone ring?", and how it is put.

What they say is a fact of its own. It never changes what is known of the request: only the provider settles that.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from ..models import Call, Dispatch, FirstCall, Member, Witness
from . import lifecycle
from .whose import is_own


def is_asked(call: Call, viewer: Member) -> bool:
    """Whether the caller is to be asked now: the answer got lost, and a phone would have rung meanwhile."""
    if call.dispatch != Dispatch.UNKNOWN or call.witness != Witness.NONE or not is_own(call, viewer):
        return False
    begun = call.attempted_at or call.requested_at
    return now() >= begun + timedelta(seconds=settings.CLICKCALL_WITNESS_SECONDS)


def may_press_anew(call: Call) -> bool:
    """Whether somebody whose phone stayed silent is offered another press: only where that phone would ring first."""
    return call.dispatch == Dispatch.UNKNOWN and lifecycle.first_call_of(call) == FirstCall.EMPLOYEE


def words(call: Call, viewer: Member) -> dict[str, Any]:
    """Heading, second line and clock of a call whose answer got lost, as its caller reads them."""
    brand = call.account.brand_name
    if is_asked(call, viewer):
        lost_at = f"{localtime(call.attempted_at or call.requested_at):%H:%M}"
        second = _("The answer of %(brand)s got lost at %(time)s. We won't dial again by ourselves")
        return {"heading": _("Did your phone ring?"), "second": second % {"brand": brand, "time": lost_at}}
    second = _("Their answer got lost. If your phone rings, pick up. We won't dial again by ourselves")
    if call.witness == Witness.RANG:
        second = _("You said that your phone rang. We keep checking and won't dial again by ourselves")
    if call.witness == Witness.SILENT:
        second = _("You said that your phone did not ring. We keep checking and won't dial again by ourselves")
    heading = _("Checking with %(brand)s whether the call went out") % {"brand": brand}
    return {"heading": heading, "second": second, "clock": call.requested_at}
