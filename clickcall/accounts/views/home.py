"""The address without a path: each role's day begins elsewhere."""

from django.http import HttpResponse
from django.shortcuts import redirect

from ...web.decorators import member_required
from ...web.http import MemberRequest
from ...web.middleware import home_of


@member_required
def home(request: MemberRequest) -> HttpResponse:
    return redirect(home_of(request.member))
