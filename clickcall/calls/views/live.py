"""The live bar: read from the table, never from the provider."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ...models import Call, Witness
from ...models.calls import CallQuerySet
from ...web.decorators import admin_required, member_required
from ...web.http import STOP_POLLING, UNCHANGED, MemberRequest, wants_fragment
from .. import bar, services
from ..wrapup import services as wrapup
from ..wrapup.reading import read_note
from .press import press, turned

_NOT_ENDED_BY_US = {
    services.HangUp.OVER: gettext_lazy("This call is over already. If you still hear the line, hang up your phone."),
    services.HangUp.UNKNOWN: gettext_lazy(
        "%(brand)s did not answer: nobody knows whether the call was ended. "
        "If you still hear the line, hang up your phone."
    ),
    services.HangUp.FAILED: gettext_lazy("The call could not be ended from here. Hang up your phone."),
}


@require_GET
@member_required
def live(request: MemberRequest, pk: int) -> HttpResponse:
    """The bar of one's own call; 204 while nothing changed, 286 with the last picture once it has ended."""
    call = get_object_or_404(_mine(request), pk=pk)
    if request.GET.get("seen") == bar.version(call, request.member):
        return HttpResponse(status=UNCHANGED)
    status = 200 if bar.may_turn(call) else STOP_POLLING
    response = render(request, "calls/livebar.html", bar.contents(call, request.member), status=status)
    return turned(response, call)


@require_POST
@member_required
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """Puts the bar of an ended call away, and keeps what was typed into it until now."""
    call = get_object_or_404(_mine(request), pk=pk)
    if "note" in request.POST:
        wrapup.keep(call, read_note(request.POST), by=request.member)
    services.close(call)
    return HttpResponse("") if wants_fragment(request) else redirect("home")


@require_POST
@member_required
def hang_up(request: MemberRequest, pk: int) -> HttpResponse:
    """Ends a live call: allowed to the caller and to managers."""
    calls = Call.objects.visible_to(request.member).select_related("account")
    call = get_object_or_404(calls if request.member.is_manager else _mine(request), pk=pk)
    became = services.hang_up(call, member=request.member)
    if became != services.HangUp.ASKED:
        text = str(_NOT_ENDED_BY_US[became]) % {"brand": call.account.brand_name}
        messages.add_message(request, messages.INFO if became == services.HangUp.OVER else messages.ERROR, text)
    if not wants_fragment(request):
        return redirect("reports:call", pk=call.pk)
    return _bar(request, call)


@require_POST
@member_required
def witness(request: MemberRequest, pk: int) -> HttpResponse:
    """Keeps whether the caller's phone rang; with "no" goes on to a press with an ID of its own, which asks as any."""
    call = get_object_or_404(_mine(request), pk=pk)
    said = request.POST.get("said", "")
    if said in Witness.values:
        services.testify(call, Witness(said), by=request.member)
    if said == Witness.SILENT and request.POST.get("external_id"):
        answer: HttpResponse = press(request)
        return answer
    if not wants_fragment(request):
        return redirect("reports:call", pk=call.pk)
    return _bar(request, call)


@require_POST
@member_required
def tell(request: MemberRequest, pk: int) -> HttpResponse:
    """Tells the admins that this call did not work, with one press."""
    call = get_object_or_404(_mine(request), pk=pk)
    services.tell_admin(call)
    if not wants_fragment(request):
        messages.success(request, _("The admin has been told."))
        return redirect("reports:call", pk=call.pk)
    return _bar(request, call)


@require_POST
@admin_required
def done(request: MemberRequest, pk: int) -> HttpResponse:
    """An admin has dealt with what they were told."""
    call = get_object_or_404(Call.objects.visible_to(request.member), pk=pk)
    services.admin_is_done(call)
    return redirect("reports:call", pk=call.pk)


def _bar(request: MemberRequest, call: Call) -> HttpResponse:
    """As the call stands now."""
    call.refresh_from_db()
    return render(request, "calls/livebar.html", bar.contents(call, request.member))


def _mine(request: MemberRequest) -> CallQuerySet:
    return Call.objects.visible_to(request.member).filter(member=request.member).select_related("account", "contact")
