"""The place of a page's own button while its call lives: the call stands there, and then the button again."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ...models import Call
from ...web.decorators import member_required
from ...web.http import UNCHANGED, MemberRequest
from .. import buttons, endings


@require_GET
@member_required
def place(request: MemberRequest, pk: int) -> HttpResponse:
    """The call in a few words; 204 while it is as `seen`; once it is over, the button that may call again."""
    mine = Call.objects.visible_to(request.member).filter(member=request.member)
    call = get_object_or_404(mine.select_related("account", "contact"), pk=pk)
    is_over = endings.is_over(call)
    if not is_over and request.GET.get("seen") == call.status:
        return HttpResponse(status=UNCHANGED)
    button = buttons.again(request.GET, request.member, call)
    template = "calls/button.html" if is_over else "calls/button_live.html"
    return render(request, template, {"button": button, "call": call, "csrf_token": ""})
