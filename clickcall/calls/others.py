"""What those read who did not press: about the person who did, or about a session without a press.

Nobody who did not press is spoken to as "you".
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from ..models import Call, Member, Status, Witness
from . import endings
from .whose import ours, rung, who


def _ringing_ours(call: Call, viewer: Member) -> dict[str, Any]:
    name = rung(call)
    return {"heading": _("Ringing %(name)s") % {"name": name} if name else _("Ringing the salesperson"), "second": ""}


def _talking(call: Call, viewer: Member) -> dict[str, Any]:
    name = call.answered_by or rung(call)
    return {"second": _("%(name)s is on the line") % {"name": name} if name else ""}


def _talked(call: Call, viewer: Member) -> dict[str, Any]:
    return {"second": _("%(name)s picked up") % {"name": call.answered_by} if call.answered_by else ""}


def _somebody_else(call: Call, viewer: Member) -> dict[str, Any]:
    names = {"name": call.answered_by, "member": call.member_name}
    heading = _("A colleague picked up, not %(member)s") if call.member_name else _("A colleague picked up")
    if call.answered_by:
        heading = _("%(name)s picked up, not %(member)s") if call.member_name else _("%(name)s picked up")
    return {"heading": heading % names, "second": _("This number rings other phones too")}


def _unknown(call: Call, viewer: Member) -> dict[str, Any]:
    said = {
        Witness.NONE.value: _("Their answer got lost. Nothing is sent again"),
        Witness.RANG.value: _("Their answer got lost. %(name)s said that the phone rang"),
        Witness.SILENT.value: _("Their answer got lost. %(name)s said that the phone did not ring"),
    }
    brand = call.account.brand_name
    return {
        "heading": _("Checking with %(brand)s whether the call went out") % {"brand": brand},
        "second": said[call.witness] % {"name": ours(call)},
        "clock": call.requested_at,
    }


OTHERS: dict[Status, Callable[[Call, Member], dict[str, Any]]] = {
    Status.ACCEPTED: lambda call, viewer: {"second": ""},
    Status.RINGING_YOU: _ringing_ours,
    Status.RINGING_CONTACT: lambda call, viewer: {
        "heading": _("Ringing %(name)s") % {"name": who(call, viewer)},
        "second": "",
    },
    Status.TALKING: _talking,
    Status.TALKED: _talked,
    Status.YOU_MISSED: lambda call, viewer: {
        "heading": _("%(name)s did not pick up") % {"name": ours(call)},
        "second": endings.missed(call, own=False),
    },
    Status.YOU_OFFLINE: lambda call, viewer: {
        "heading": _("%(name)s: the phone was offline") % {"name": ours(call)},
        "second": endings.client(call),
    },
    Status.SOMEBODY_ELSE: _somebody_else,
    Status.ENDED: lambda call, viewer: {**endings.ended(call, own=False)},
    Status.UNKNOWN: _unknown,
}
