"""The page for admins with the account's settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ... import points
from ...web.decorators import admin_required
from ...web.http import MemberRequest, page
from .. import services, zones
from ..forms.account import AccountForm
from ..forms.errors import beside_fields


@require_http_methods(["GET", "POST"])
@admin_required
def edit(request: MemberRequest) -> HttpResponse:
    account = request.member.account
    form = AccountForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        with beside_fields(form):
            services.update_account(account, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("accounts:account")
    context = {"form": form, "zones": zones.by_place(), "meter": points.meter(account.pk)}
    return page(request, "accounts/account.html", context, status=422 if form.errors else 200)
