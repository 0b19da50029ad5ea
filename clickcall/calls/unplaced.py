"""The words for presses that the provider has not accepted: under way, refused, not sent, not placed."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from ..models import Call
from .causes import explain


def calling(call: Call) -> dict[str, Any]:
    return {"heading": _("Calling…"), "clock": call.requested_at}


def refused(call: Call) -> dict[str, Any]:
    if call.cause == "limit_exceeded":
        return _paused(call)
    return _said(call)


def _said(call: Call, remedy: str = "") -> dict[str, Any]:
    cause, usual = explain(call.cause, str(call.account.brand_name))
    return {
        "heading": _("Not called: %(cause)s") % {"cause": cause},
        "second": _("%(remedy)s. The client was not disturbed") % {"remedy": remedy or usual},
    }


def _paused(call: Call) -> dict[str, Any]:
    """Out of points: for the rest of the minute, or of the day; over as soon as they are renewed.

    The resets are seconds from the answer.
    """
    limits: dict[str, Any] = (call.error or {}).get("limits") or {}
    params: dict[str, Any] = (call.error or {}).get("params") or {}
    answered_at = call.attempted_at or call.requested_at
    is_of_the_day = params.get("limit_type") == "day" or limits.get("day_remaining") == 0
    told = limits.get("day_reset") if is_of_the_day else limits.get("minute_reset") or 60
    until = answered_at + timedelta(seconds=told or 0)
    if told and until <= now():
        return _said(call, _("You can press again"))
    if is_of_the_day:
        again = localtime(until)
        heading = _("Today's %(brand)s limit is used up") % {"brand": call.account.brand_name}
        second = _("Renews at %(time)s. The client was not disturbed") % {"time": f"{again:%H:%M}"}
        return {"heading": heading, "second": second}
    return {
        "heading": _("Paused"),
        "until": until,
        "second": _("You can press again then. The client was not disturbed"),
    }


def not_placed(call: Call) -> dict[str, Any]:
    brand = call.account.brand_name
    second = _("Checked with %(brand)s: no call was made, the client was not disturbed") % {"brand": brand}
    return {"heading": _("The call did not happen"), "second": second}


def not_sent(call: Call) -> dict[str, Any]:
    brand = str(call.account.brand_name)
    if call.cause in ("refused", "dns", "connect_timeout", "unreachable", ""):
        heading = _("Can't reach %(brand)s") % {"brand": brand}
        return {"heading": heading, "second": _("Nothing was sent, no call was made. You can press again")}
    cause, remedy = explain(call.cause, brand)
    return {
        "heading": _("Not called: %(cause)s") % {"cause": cause},
        "second": _("Nothing was sent, no call was made. %(remedy)s") % {"remedy": remedy},
    }
