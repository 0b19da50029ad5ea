"""The provider's blacklist: managers read why a phone is refused, admins change it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ...accounts.tokens import NoReadyKey
from ...phones import shown
from ...provider.errors import AnswerUnknown, ProviderError, Refused
from ...web.decorators import admin_required, manager_required
from ...web.http import MemberRequest, page
from ...web.paging import keyset
from .. import blacklist, queries
from ..forms import BlacklistForm
from ..sync.words import in_words


@require_GET
@manager_required
def index(request: MemberRequest) -> HttpResponse:
    return _page(request, BlacklistForm(request.member.account))


@require_POST
@admin_required
def add(request: MemberRequest) -> HttpResponse:
    account = request.member.account
    form = BlacklistForm(account, request.POST)
    if form.is_valid():
        try:
            blacklist.block(account, form.cleaned_data["phone"], form.cleaned_data["comment"])
        except (ProviderError, NoReadyKey) as error:
            form.add_error(None, _failure(error))
        else:
            phone = shown(form.cleaned_data["phone"])
            messages.success(request, _("%(phone)s is on the PBX blacklist.") % {"phone": phone})
            return redirect("numbers:blacklist")
    return _page(request, form, status=422)


@require_POST
@admin_required
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(queries.blacklist(request.member.account).select_related("account"), pk=pk)
    try:
        blacklist.unblock(entry)
    except (ProviderError, NoReadyKey) as error:
        messages.error(request, _failure(error))
    else:
        phone = shown(entry.digits)
        messages.success(request, _("%(phone)s is off the PBX blacklist: calls go both ways again.") % {"phone": phone})
    return redirect("numbers:blacklist")


def _page(request: MemberRequest, form: BlacklistForm, status: int = 200) -> HttpResponse:
    account, asked = request.member.account, request.GET
    found = queries.blacklist(account, asked.get("q", ""))
    rows = keyset(found, order=("digits", "id"), after=asked.get("after", ""), before=asked.get("before", ""))
    context: dict[str, Any] = {"page": rows, "form": form, "q": asked.get("q", "")}
    return page(request, "numbers/blacklist.html", context, status=status)


def _failure(error: ProviderError | NoReadyKey) -> str:
    """What became of it, why, and what to do."""
    if isinstance(error, AnswerUnknown):
        return _("The provider's answer got lost: we don't know whether it did it. Match with it and look at the list.")
    if isinstance(error, Refused) and error.mnemonic == "error" and error.message:
        return _("Nothing was changed. The provider says: %(message)s") % {"message": error.message}
    cause = error.error if isinstance(error, NoReadyKey) else error
    trouble = in_words((getattr(cause, "mnemonic", "") or cause.cause) if cause else "no_key")
    if trouble is None:
        return _("Nothing was changed.")
    return _("Nothing was changed. %(what)s. %(remedy)s") % {"what": trouble.what, "remedy": trouble.remedy}
