"""What a person says about a call of their own: kept while they type, and set when they are done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ...contacts import callbacks
from ...contacts.callbacks import shown
from ...contacts.rules import do_not_call
from ...models import Call, Effect, WrapUp
from ...web.decorators import member_required
from ...web.http import MemberRequest, wants_fragment
from .. import bar
from ..wrapup import reading, services
from ..wrapup.effects import is_only_noted
from .press import press
from .say_first import Refused

_OVERTAKEN = gettext_lazy("There was a later call with this contact: what was said of that one holds")
_STILL_FORBIDDEN = gettext_lazy("This phone stays on “Do not call”: a manager can take it off")
DONE = "wrapped-up"  # what the page is told of an outcome: whoever waits for it may go on


@require_POST
@member_required
def keep(request: MemberRequest, pk: int) -> HttpResponse:
    """Keeps the note, and the outcome as far as it was chosen."""
    call = _mine(request, pk)
    saved = services.keep(call, reading.read_draft(request.POST, call, request.member, strict=False), by=request.member)
    if not wants_fragment(request):
        return redirect("reports:call", pk=call.pk)
    context = {"call": call, "stamp": saved.stamp, "other": saved.other, "kept": True}
    return render(request, "calls/note_state.html", context)


@require_POST
@member_required
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Sets the outcome; the bar goes."""
    call = _mine(request, pk)
    try:
        wrap_up = _decide(request, call)
    except ValidationError as error:
        return _wrong(request, call, error)
    if not wants_fragment(request):
        messages.success(request, told(wrap_up, call))
        return redirect("reports:call", pk=call.pk)
    messages.success(request, told(wrap_up, call))
    response = HttpResponse("")
    response["HX-Trigger"] = DONE
    return response


@require_POST
@member_required
def say(request: MemberRequest, pk: int) -> HttpResponse:
    """Sets the outcome of the call before, and goes on to the press that had to wait for it."""
    call, refused = _mine(request, pk), None
    try:
        _decide(request, call)
    except ValidationError as error:  # then the press asks once more
        refused = _refused(request, call, error)
    answer: HttpResponse = press(request, refused)
    return answer


def _decide(request: MemberRequest, call: Call) -> WrapUp:
    draft = reading.read_draft(request.POST, call, request.member, strict=True)
    return services.decide(call, draft, by=request.member)


def told(wrap_up: WrapUp, call: Call) -> str:
    """What was noted, for a line that passes by."""
    if promised := call.callbacks.filter(done_at=None).select_related("contact").first():
        said = [shown.told(promised, callbacks.replaced(promised))]
    else:
        said = [_("Noted: %(outcome)s") % {"outcome": wrap_up.outcome_name}]
        said += [str(_OVERTAKEN)] if is_only_noted(wrap_up, call) else []
    forbids = wrap_up.outcome is not None and wrap_up.outcome.effect == Effect.DO_NOT_CALL
    if not forbids and do_not_call.entry_of(call.account, call.contact_phone):
        said.append(str(_STILL_FORBIDDEN))
    return ". ".join(said)


def _wrong(request: MemberRequest, call: Call, error: ValidationError) -> HttpResponse:
    """The bar says what is missing."""
    refused = _refused(request, call, error)
    if not wants_fragment(request):
        messages.error(request, refused.text)
        return redirect("reports:call", pk=call.pk)
    context: dict[str, Any] = bar.contents(call, request.member)
    response = render(request, "calls/livebar.html", {**context, **refused.shown})
    response["HX-Retarget"], response["HX-Reswap"] = "#livebar", "morph:outerHTML"
    return response


def _refused(request: MemberRequest, call: Call, error: ValidationError) -> Refused:
    """Nothing typed is lost: note and outcome are kept as drafts, and the form has the time as it was typed."""
    services.keep(call, reading.read_draft(request.POST, call, request.member, strict=False), by=request.member)
    return Refused(call.pk, error.messages[0], when=request.POST.get("when", ""), typed=request.POST.get("at", "")[:40])


def _mine(request: MemberRequest, pk: int) -> Call:
    calls = Call.objects.visible_to(request.member).filter(member=request.member)
    return get_object_or_404(calls.select_related("account", "contact"), pk=pk)
