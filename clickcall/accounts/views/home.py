"""The address without a path: each role's day begins elsewhere."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from ...web.http import MemberRequest
from ...web.middleware import home_of


@require_GET
@login_required
def home(request: MemberRequest) -> HttpResponse:
    """Somebody who is signed in, but in no account any more, is told so."""
    if request.member is None:
        return render(request, "account/no_access.html", status=403)
    return redirect(home_of(request.member))
