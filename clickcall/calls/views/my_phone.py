"""My phone: which phones ring for me, how they are, and one press that checks it. Everybody sees their own."""

from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ...accounts.employee_status import in_words
from ...models import Call, PhoneAnswer, PhoneCheck
from ...web.decorators import member_required
from ...web.http import STOP_POLLING, UNCHANGED, MemberRequest, page
from .. import services
from ..guards import Question, answered, as_answer
from ..phone_checks import CheckForm, begin, light, linked_phone, story, tell
from ..preflight import preflight
from ..questions import ask


@require_GET
@member_required
def index(request: MemberRequest) -> HttpResponse:
    return _page(request, CheckForm(member=request.member))


@require_POST
@member_required
def start(request: MemberRequest) -> HttpResponse:
    """Begins a phone check: the same ID again begins nothing."""
    external_id = request.POST.get("external_id", "")
    form = CheckForm(request.POST, member=request.member)
    if not external_id:
        form.add_error(None, _("This page is out of date. Reload it and press again."))
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        begun = begin(form, external_id=external_id, confirmed=answered(request.POST.get("confirm", "")))
    except Call.DoesNotExist as error:
        raise Http404 from error
    except ValidationError as error:
        form.add_error(None, error.messages[0])
        return _page(request, form, status=422)
    if begun.questions:
        return _page(request, form, status=409, questions=begun.questions, external_id=external_id)
    return redirect("calls:my_phone")


@require_GET
@member_required
def state(request: MemberRequest, pk: int) -> HttpResponse:
    """The question of one's own check; 204 while nothing changed, 286 once there is nothing more to wait for."""
    asked = story.asked(_mine(request, pk), request.member)
    if asked is None:
        raise Http404
    if request.GET.get("seen") == asked.version:
        return HttpResponse(status=UNCHANGED)
    status = 200 if asked.is_open and not asked.call.is_final else STOP_POLLING
    return render(request, "calls/my_phone_check.html", _check(request, asked), status=status)


@require_POST
@member_required
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Stores what the member says of a check, and ends its call."""
    said = request.POST.get("answer", "")
    check = _mine(request, pk)
    if said not in PhoneAnswer.values or not said:
        raise BadRequest("There is no such answer")
    tell(check, PhoneAnswer(said), member=request.member)
    return redirect("calls:my_phone")


def _mine(request: MemberRequest, pk: int) -> PhoneCheck:
    own = PhoneCheck.objects.filter(account=request.member.account, member=request.member)
    return get_object_or_404(own.select_related("call", "number"), pk=pk)


def _check(request: MemberRequest, asked: story.Asked | None) -> dict[str, Any]:
    """What the panel of the check shows."""
    member = request.member
    return {
        "asked": asked,
        "number": asked.check.number if asked else member.default_number,
        "own": story.phones_of(member),
        "ask_phone": not linked_phone(member),
        "external_id": services.new_external_id(),
    }


def _page(
    request: MemberRequest,
    form: CheckForm,
    *,
    status: int = 200,
    questions: list[Question] | None = None,
    external_id: str = "",
) -> HttpResponse:
    member = request.member
    context = _check(request, story.newest(member)) | {
        "form": form,
        "typed": request.POST.get("phone", ""),
        "errors": [text for texts in form.errors.values() for text in texts],
        "questions": [ask(question, member) for question in questions or []],
        "to_confirm": as_answer(questions or []),
        "ready": preflight(member),
        "light": light(member),
        "scenarios": story.scenarios(member.default_number) if member.default_number else [],
        "status": in_words(member.employee.status) if member.employee else "",
        "heard": story.heard(member),
        "troubles": story.troubles(member),
    }
    if external_id:
        context["external_id"] = external_id
    return page(request, "calls/my_phone.html", context, status=status)
