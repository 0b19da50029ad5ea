"""The page for admins about one number: who calls from it, its label, how it stands at the provider."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ...models import Account, Member, VirtualNumber
from ...phones import shown
from ...web.decorators import admin_required
from ...web.http import MemberRequest, page
from .. import proofs, queries, services
from ..forms import DefaultNumberForm, LabelForm, NumberForm
from ..health import health, status_words

LABEL = ("label_text", "label_category", "label_date")


@require_http_methods(["GET", "POST"])
@admin_required
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    number = _number(request, pk)
    form = _form(request.member.account, number, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.update_number(number, name=form.cleaned_data["name"])
        services.assign_number(number, form.cleaned_data["members"])
        messages.success(request, _("Saved."))
        return redirect("numbers:edit", number.pk)
    return _page(request, number, form=form)


@require_POST
@admin_required
def label(request: MemberRequest, pk: int) -> HttpResponse:
    number = _number(request, pk)
    form = LabelForm(request.POST)
    if not form.is_valid():
        return _page(request, number, label_form=form)
    if services.update_number(number, **form.cleaned_data):
        messages.success(request, _("Saved."))
    return redirect("numbers:edit", number.pk)


def _form(account: Account, number: VirtualNumber, data: Any = None) -> NumberForm:
    members = [member.pk for member in number.members.all()]
    return NumberForm(account, data, number=number, initial={"name": number.name, "members": members})


def _page(
    request: MemberRequest,
    number: VirtualNumber,
    *,
    form: NumberForm | None = None,
    label_form: LabelForm | None = None,
) -> HttpResponse:
    """The page with a form that was refused, if one was."""
    brand, said = str(request.member.account.brand_name), proofs.answers([number])
    refused = any(one is not None and one.errors for one in (form, label_form))
    context = {
        "number": number,
        "form": form or _form(request.member.account, number),
        "label_form": label_form or LabelForm(initial={name: getattr(number, name) for name in LABEL}),
        "owners": [(one, proofs.of_member(one, said.get((number.pk, one.pk)))) for one in number.members.all()],
        "health": health(number, brand),
        "status_words": status_words(number, brand),
    }
    return page(request, "numbers/edit.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@admin_required
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    """Says first who will not be able to call."""
    number = _number(request, pk)
    if request.method == "POST":
        if services.update_number(number, enabled=False):
            messages.success(request, _("%(number)s is not used any more.") % {"number": shown(number.digits)})
        return redirect("numbers:list")
    people = Member.objects.active().filter(default_number=number)
    return page(request, "numbers/stop.html", {"number": number, "people": people})


@require_POST
@admin_required
def use(request: MemberRequest, pk: int) -> HttpResponse:
    number = _number(request, pk)
    if services.update_number(number, enabled=True):
        messages.success(request, _("%(number)s is in use again.") % {"number": shown(number.digits)})
    return redirect("numbers:list")


@require_POST
@admin_required
def default(request: MemberRequest, pk: int) -> HttpResponse:
    number = _number(request, pk)
    form = DefaultNumberForm(number, request.POST)
    if form.is_valid():
        member = form.cleaned_data["member"]
        if not form.cleaned_data["taken_away"]:
            services.set_default_number(member, number)
        elif member.default_number_id == number.pk:
            services.set_default_number(member, None)
    else:
        messages.warning(request, _("This person does not call from the number any more. Nothing was changed."))
    return redirect("numbers:edit", number.pk)


def _number(request: MemberRequest, pk: int) -> VirtualNumber:
    return get_object_or_404(queries.numbers(request.member.account), pk=pk)
