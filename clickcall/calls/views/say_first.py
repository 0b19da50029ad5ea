"""First say how it went: a press that has to wait until the call before it has its outcome."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ...models import Call
from ...web.http import MemberRequest, wants_fragment
from .. import buttons
from ..whose import who
from ..wrapup import shown

# What the form says about the call before; the rest is the press itself.
_SAID = ("csrfmiddlewaretoken", "outcome", "when", "at", "asked_by_client", "anyone", "note", "seen", "other")


def ask_first(request: MemberRequest, pk: int) -> HttpResponse:
    """Asks about the call before; the answer goes on with this press, and the same ID."""
    call = Call.objects.select_related("account", "contact").get(pk=pk)
    button = buttons.again(request.POST, request.member)
    name = who(call, request.member)
    context = {
        "call": call,
        "button": button,
        "text": _("First say how the talk with %(name)s went") % {"name": name},
        "state_url": replace(button, external_id=request.POST.get("external_id", "")).state_url,
        "fields": {name: value for name, value in request.POST.items() if name not in _SAID},
        **shown.form(call, request.member),
    }
    if not wants_fragment(request):
        return render(request, "calls/say_first.html", context, status=409)
    in_row = button.place == "row"
    response = render(request, f"calls/say_first.html#{'row' if in_row else 'panel'}", context)
    response["HX-Retarget"] = f"#row-{button.contact_id}" if in_row else "#press-question"
    response["HX-Reswap"] = "afterend" if in_row else "innerHTML"
    response["X-Replaces"] = f"#guard-{button.contact_id}"
    return response
