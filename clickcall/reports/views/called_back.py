"""Everybody whom this member is to call back."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ...calls.called_back import callers
from ...web.decorators import member_required
from ...web.http import MemberRequest


@require_GET
@member_required
def index(request: MemberRequest) -> HttpResponse:
    return render(request, "reports/called_back.html", {"callers": callers(request.member)})
