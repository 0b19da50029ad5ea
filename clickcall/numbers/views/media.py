"""The page for admins about files that a call can play."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ...models import MediaFile
from ...web.decorators import admin_required
from ...web.http import MemberRequest, page
from ...web.media import is_playable, plays_media
from ...web.paging import keyset
from .. import queries, services
from ..forms import MediaFileForm


@require_http_methods(["GET", "POST"])
@admin_required
@plays_media
def index(request: MemberRequest) -> HttpResponse:
    account = request.member.account
    form = MediaFileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_media_file(account=account, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The file is on the list."))
            return redirect("numbers:media")
    rows = keyset(
        queries.media_files(account),
        order=("name", "provider_id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    files = [(row, is_playable(account, row.play_link)) for row in rows.rows]
    context = {"form": form, "page": rows, "files": files}
    return page(request, "numbers/media.html", context, status=422 if form.errors else 200)


@require_POST
@admin_required
def gone(request: MemberRequest, pk: int) -> HttpResponse:
    media_file = _file(request, pk)
    services.mark_media_gone(account=request.member.account, provider_id=media_file.provider_id)
    return redirect("numbers:media")


@require_POST
@admin_required
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    services.restore_media_file(_file(request, pk))
    return redirect("numbers:media")


def _file(request: MemberRequest, pk: int) -> MediaFile:
    return get_object_or_404(queries.media_files(request.member.account), pk=pk)
