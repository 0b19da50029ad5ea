"""Tags of a call that is over, set and taken off by its caller, by managers and admins."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ... import points
from ...accounts.tokens import NoReadyKey
from ...models import Call, Tag
from ...provider.errors import ProviderError
from ...web.decorators import member_required
from ...web.http import MemberRequest
from ..wrapup import tag_troubles, tags


@require_POST
@member_required
def tag(request: MemberRequest, pk: int) -> HttpResponse:
    """`put` or `off`: the provider's ID of the tag."""
    call = get_object_or_404(Call.objects.visible_to(request.member).select_related("account", "member"), pk=pk)
    if not tags.may_tag(call, request.member):
        raise Http404
    if not call.communication_id:
        messages.error(request, tag_troubles.not_told_yet(call.account))
    elif not points.may_ask(call.account_id):
        messages.warning(request, _("What is left of the request limit is kept for calls. Try again later."))
    else:
        _change(request, call)
    return redirect("reports:call", pk=call.pk)


def _change(request: MemberRequest, call: Call) -> None:
    puts = "put" in request.POST
    name = request.POST.get("put" if puts else "off", "")[:40]
    chosen = tags.of_account(call.account_id).filter(provider_id=name).first()
    if not name or (puts and (chosen is None or chosen.gone_at)):
        messages.error(request, _("This tag is not on the list any more. Choose another one."))
        return
    chosen = chosen or Tag(provider_id=name)
    try:
        if puts:
            tags.put(call, chosen, by=request.member)
        else:
            tags.take_off(call, name, by=request.member)
    except (ProviderError, NoReadyKey) as error:
        messages.error(request, tag_troubles.in_plain_words(error, chosen, request.member))
    else:
        words = _("Tag set: %(tag)s") if puts else _("Tag taken off: %(tag)s")
        messages.success(request, words % {"tag": chosen})
