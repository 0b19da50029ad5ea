"""One page per contact: what was noted about consent to advertising and *Do not call*, as proof and for printing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ...models import Contact, Member
from ...web.decorators import member_required
from ...web.http import MemberRequest, page
from ..forms import take_errors
from ..masking import shown
from ..rule_forms import ConsentForm
from ..rules import consent, standing
from .contact import visible


@member_required
def consents(request: MemberRequest, pk: int) -> HttpResponse:
    """The history of each phone, and a form for one more entry."""
    contact = visible(request.member, pk)
    form = ConsentForm(_choices(contact, request.member), request.POST if request.method == "POST" else None)
    if form.is_valid() and _added(form, contact, request.member):
        messages.success(request, _("The consent is noted"))
        return redirect("contacts:consent", contact.pk)
    context = {"contact": contact, "form": form, "phones": standing.histories(contact), "printed_at": now()}
    return page(request, "contacts/consent.html", context, status=422 if form.is_bound else 200)


def _choices(contact: Contact, member: Member) -> list[tuple[str, str]]:
    """By the row's key: the page does not say digits that the member does not see."""
    return [(str(phone.pk), shown(phone.digits, member)) for phone in contact.phones.all()]


def _added(form: ConsentForm, contact: Contact, member: Member) -> bool:
    told = {name: form.cleaned_data[name] for name in ("state", "date", "source", "text")}
    digits = contact.phones.get(pk=form.cleaned_data["phone"]).digits
    try:
        consent.add(account=member.account, digits=digits, member=member, **told)
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True
