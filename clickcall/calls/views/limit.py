"""Telling the admins that nobody can call any more today."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ...accounts import limit_told
from ...web.decorators import member_required
from ...web.http import MemberRequest, wants_fragment
from ..preflight import preflight


@require_POST
@member_required
def tell(request: MemberRequest) -> HttpResponse:
    """Nothing to tell where the points have renewed meanwhile."""
    pause = preflight(request.member).pause
    if pause and pause.kind == "day":
        limit_told.tell(request.member, pause)
    if wants_fragment(request):
        return render(request, "calls/limit_told.html")
    messages.success(request, _("The admin has been told."))
    return redirect("home")
