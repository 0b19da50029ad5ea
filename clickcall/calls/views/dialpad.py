"""Any number by hand. An address never dials: the number is shown and waits for the press."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ...models import Preset, VirtualNumber
from ...web.decorators import member_required
from ...web.http import MemberRequest
from .. import references, services
from ..forms import CallForm
from ..preflight import preflight

KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "0", "⌫")


@require_GET
@member_required
def dialpad(request: MemberRequest) -> HttpResponse:
    """The pad, with the number of the address in it."""
    form = CallForm(member=request.member, initial={"contact": request.GET.get("number", "")[:40]})
    return render(request, "calls/dialpad.html", pad(form))


def pad(form: CallForm) -> dict[str, Any]:
    """The pad's context; a form that was refused keeps what was typed and chosen."""
    member = form.member
    if references.is_reference(str(form.data.get("contact", ""))):
        form.data = {**form.data, "contact": ""}  # what a button says of a phone is no phone
    ready = preflight(member)
    own = ready.number.digits if ready.number else ""
    preset = form.preset or ready.preset
    beside = {"contact", "virtual_phone_number", "preset", "__all__"}
    return {
        "form": form,
        "ready": ready,
        "external_id": services.new_external_id(),
        "numbers": VirtualNumber.objects.usable_by(member),
        "presets": Preset.objects.visible_to(member).active(),
        "chosen_number": form.data.get("virtual_phone_number") or own,
        "chosen_preset": str(preset.pk) if preset else "",
        "other_errors": {form[name].label: texts for name, texts in form.errors.items() if name not in beside},
        "keys": KEYS,
    }
