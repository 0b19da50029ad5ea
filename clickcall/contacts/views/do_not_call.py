"""*Do not call*: who is on it and why; anybody may put a contact on it, managers take off."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ... import phones
from ...models import DoNotCall
from ...web.decorators import manager_required, member_required
from ...web.http import MemberRequest, page
from ...web.paging import keyset
from .. import callbacks
from ..rule_forms import DoNotCallForm, WhyForm
from ..rules import do_not_call
from .contact import visible


@manager_required
def index(request: MemberRequest) -> HttpResponse:
    """The list with a field to look a phone up; `lifted=1` shows who was on it before."""
    account = request.member.account
    form = DoNotCallForm(account, request.POST if request.method == "POST" else None)
    if form.is_valid():
        digits = form.cleaned_data["phone"]
        do_not_call.note(account=account, digits=digits, member=request.member, why=form.cleaned_data["why"])
        messages.success(request, _("%(phone)s is on “Do not call”") % {"phone": phones.shown(digits)})
        return redirect("contacts:do_not_call")
    return _page(request, form, status=422 if form.is_bound else 200)


def _page(request: MemberRequest, form: DoNotCallForm, status: int = 200) -> HttpResponse:
    asked = request.GET
    term, lifted = asked.get("q", "").strip(), asked.get("lifted") == "1"
    rows = DoNotCall.objects.filter(account=request.member.account, lifted_at__isnull=not lifted)
    if term:
        rows = rows.filter(digits__contains=_digits(term, request.member.account.country))
    found = keyset(
        rows.select_related("member", "lifted_by"),
        order=("-at", "-pk"),
        after=asked.get("after", ""),
        before=asked.get("before", ""),
    )
    context: dict[str, Any] = {"page": found, "form": form, "q": term, "lifted": lifted}
    return page(request, "contacts/do_not_call.html", context, status=status)


def _digits(term: str, country: str) -> str:
    """A whole phone as it is stored, else the digits that were typed: any part of it."""
    try:
        return phones.read(term, country).digits
    except phones.PhoneError:
        return "".join(filter(str.isdecimal, term)) or "no digits"


@require_POST
@manager_required
def lift(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes a phone off the list, with a reason."""
    entry = get_object_or_404(DoNotCall, pk=pk, account=request.member.account)
    phone = {"phone": phones.shown(entry.digits)}
    try:
        if do_not_call.lift(entry, member=request.member, why=request.POST.get("why", "")):
            messages.success(request, _("%(phone)s may be called again") % phone)
    except ValidationError as error:
        messages.error(request, f"{phone['phone']}: {error.messages[0]}")
    return redirect("contacts:do_not_call")


@require_POST
@member_required
def forbid(request: MemberRequest, pk: int) -> HttpResponse:
    """A contact asked not to be called: none of their phones is called any more, whatever was agreed before."""
    contact = visible(request.member, pk)
    form = WhyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why."))
        return redirect("contacts:detail", contact.pk)
    for phone in contact.phones.all():
        do_not_call.note(
            account=request.member.account, digits=phone.digits, member=request.member, why=form.cleaned_data["why"]
        )
    callbacks.settle(contact.pk)
    messages.success(request, _("%(name)s will not be called any more") % {"name": contact.name})
    return redirect("contacts:detail", contact.pk)
