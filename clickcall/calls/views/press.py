"""The press of a button: known already? valid? any question? then one call."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ...accounts.standing import ask_apart
from ...models import Call, Preset
from ...web.decorators import member_required
from ...web.http import MemberRequest, wants_fragment
from .. import answering, bar, buttons, services
from ..forms import CallForm
from ..guards import Question, answered, as_answer
from ..preflight import ORDINARY, preflight
from ..questions import ask
from ..wrapup.pending import unsaid
from ..wrapup.shown import NOTHING, Known
from .asking import ask_beside
from .dialpad import pad
from .say_first import Refused, ask_first

_ANSWERS = ("csrfmiddlewaretoken", "confirm", "reason")  # what a question asks for anew
_IN_HEADER = ""  # a fragment's forms need no CSRF token of their own: the page around them sends one in a header


@require_POST
@member_required
def press(request: MemberRequest, refused: Refused | None = None) -> HttpResponse:
    """One press. The same `external_id` again, from anywhere, shows the first press's call and sends nothing.

    `refused`: what was said of the call before, if it could not be meant.
    """
    external_id = request.POST.get("external_id", "")
    if known := services.find_press(request.member.account, external_id):
        return _answer(request, services.wait_for(_visible(known, request)).call, request.POST)
    form = call_form(request)
    if not external_id:
        form.add_error(None, _("This page is out of date. Reload it and press again."))
    if not form.is_valid():
        services.note_forbidden(form)
        return _invalid(request, form)
    if waiting := unsaid(request.member):
        return ask_first(request, waiting, refused)
    try:
        placed = services.place_call(form, external_id=external_id, **_answers(request))
    except ValidationError as error:
        form.add_error(None, error.messages[0])
        return _invalid(request, form)
    if placed.questions:
        services.note_stopped(form)
        return _questions(request, placed.questions)
    if placed.call and placed.duplicate:
        _visible(placed.call, request)
    return _answer(request, placed.call, request.POST, said=None if placed.duplicate else NOTHING)


@require_http_methods(["GET", "POST"])
@member_required
def state(request: MemberRequest, external_id: str) -> HttpResponse:
    """What became of a press whose answer did not arrive; 404 when it has not reached us.

    It may still be on its way, or wait here for its turn. A POST of the same form calls it off: from then on it places
    no call, and only then may a page say so.
    """
    call = services.find_press(request.member.account, external_id)
    if call is None and request.method == "POST":
        call = _called_off(request, external_id)
    if call is None:
        raise Http404
    return _answer(request, _visible(call, request), request.GET)


def _called_off(request: MemberRequest, external_id: str) -> Call | None:
    """None for a form that is not valid: it would place no call either."""
    form = call_form(request)
    ours = external_id.isascii() and external_id == request.POST.get("external_id")
    return services.call_off(form, external_id=external_id) if ours and form.is_valid() else None


def _answers(request: MemberRequest) -> dict[str, Any]:
    """What was said to the questions of the same press."""
    return {"confirmed": answered(request.POST.get("confirm", "")), "reason": request.POST.get("reason", "")}


def call_form(request: MemberRequest) -> CallForm:
    """What the button sends, over the chosen preset, the account's own or the ordinary one."""
    data: dict[str, Any] = request.POST.dict()
    ready = preflight(request.member)
    chosen = data.get("preset")
    preset = _chosen(chosen, request) if chosen else ready.preset
    if not data.get("virtual_phone_number") and ready.number:
        data["virtual_phone_number"] = ready.number.digits
    return CallForm(data if preset else {**ORDINARY, **data}, member=request.member, preset=preset)


def _chosen(text: str, request: MemberRequest) -> Preset | None:
    """None, which the form refuses, when nobody may call like this (any more)."""
    ours = Preset.objects.visible_to(request.member).active()
    return ours.filter(pk=text).first() if text.isdecimal() else None


def _visible(call: Call, request: MemberRequest) -> Call:
    """Somebody else's press is none of this member's business, though its ID is taken."""
    if not Call.objects.visible_to(request.member).filter(pk=call.pk).exists():
        raise Http404
    return call


def _answer(request: MemberRequest, call: Call | None, data: QueryDict, said: Known | None = None) -> HttpResponse:
    """The used button with a new one's ID, and the live bar; without htmx the card of the call. `said`: if known."""
    if call is None:
        raise Http404
    if not wants_fragment(request):
        return redirect("reports:call", pk=call.pk)
    ask_apart(request.member)
    button = buttons.again(data, request.member, call)
    shown = {**bar.contents(call, request.member, said), "csrf_token": _IN_HEADER}
    response = HttpResponse(answering.draw(request, button, call, shown))
    response["X-Replaces"] = f"#guard-{button.contact_id}"
    return turned(response, call)


def turned(response: HttpResponse, call: Call) -> HttpResponse:
    """Tells the page around the bar that a call of this contact stands otherwise than before."""
    if call.contact_id:
        response["HX-Trigger"] = f"call-of-{call.contact_id}"
    return response


def _questions(request: MemberRequest, questions: list[Question]) -> HttpResponse:
    """Asks; the answer is a press with the same ID."""
    needs_reason = any(question.needs_reason for question in questions)
    reason = request.POST.get("reason", "").strip()
    context = {
        "asked": as_answer(questions),
        "needs_reason": needs_reason,
        "reason": reason,  # typed before another question came up
        "reason_missing": needs_reason and bool(request.POST.get("confirm")) and not reason,
        "questions": [ask(question, request.member) for question in questions],
    }
    return ask_beside(request, "calls/question.html", context, anew=_ANSWERS)


def _invalid(request: MemberRequest, form: CallForm) -> HttpResponse:
    """Nothing was sent and nothing is lost: what was pressed stays, and the message stands beside the field."""
    if not wants_fragment(request):
        return render(request, "calls/dialpad.html", pad(form), status=422)
    if request.POST.get("place") == "dialpad":
        response = render(request, "calls/dialpad.html#form", pad(form))
        response["HX-Retarget"], response["HX-Reswap"] = "#dialpad", "outerHTML"
        return response
    texts = [text for texts in form.errors.values() for text in texts]
    stopped = form.verdict.words(form.member) if form.verdict.kind == "block" and len(texts) == 1 else None
    response = render(request, "calls/question.html#invalid", {"texts": texts, "stopped": stopped})
    response["HX-Retarget"], response["HX-Reswap"] = "#press-question", "innerHTML"
    return response
