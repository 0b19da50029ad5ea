"""For people in several accounts: which one they work in now."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ...web.decorators import member_required
from ...web.http import MemberRequest, page
from ...web.middleware import MEMBER_KEY, home_of
from .. import queries


@require_http_methods(["GET", "POST"])
@member_required
def switch(request: MemberRequest) -> HttpResponse:
    memberships = list(queries.memberships(request.member))
    if request.method == "GET":
        return page(request, "accounts/switch.html", {"memberships": memberships})
    chosen = next((one for one in memberships if str(one.pk) == request.POST.get("member")), None)
    if chosen is None:
        raise Http404
    request.session[MEMBER_KEY] = chosen.pk
    return redirect(home_of(chosen))
