"""The company rules of an account: hours, attempts and what follows a call."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ...web.decorators import admin_required
from ...web.http import MemberRequest, page
from ..forms import take_errors
from ..rule_forms import CompanyRulesForm
from ..rules import company, stopped


@admin_required
def edit(request: MemberRequest) -> HttpResponse:
    account = request.member.account
    form = CompanyRulesForm(request.POST if request.method == "POST" else None, instance=company.rules_of(account.pk))
    if form.is_valid():
        try:
            company.change(account, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The rules hold from now on"))
            return redirect("contacts:company_rules")
    context = {"form": form, "stopped": stopped.newest(account)}
    return page(request, "contacts/company_rules.html", context, status=422 if form.is_bound else 200)
