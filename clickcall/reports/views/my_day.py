"""A member's own day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ...web.decorators import member_required
from ...web.http import MemberRequest
from ..my_day import my_day
from .log import zone_name


@require_GET
@member_required
def index(request: MemberRequest) -> HttpResponse:
    return render(request, "reports/my_day.html", {"day": my_day(request.member), "zone": zone_name()})
