"""One contact: the page, its history, and writing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ...models import Call, Contact, Member
from ...web.decorators import member_required
from ...web.http import MemberRequest
from ...web.paging import keyset
from .. import local, rules, services
from ..callbacks import shown as agreed
from ..forms import ContactForm, as_typed_so_far, take_errors
from ..history import timeline
from ..notes import last_note
from ..queries import lists_of, of_account, sharing, with_what_is_seen
from ..queue import attempts
from ..rules import Words, standing

HISTORY = 20
TEMPLATE = "contacts/form.html"


def visible(member: Member, pk: int) -> Contact:
    """The contact if the member sees it, else 404."""
    return get_object_or_404(Contact.objects.visible_to(member).select_related("list", "owner"), pk=pk)


@require_GET
@member_required
def detail(request: MemberRequest, pk: int) -> HttpResponse:
    """The contact with a page of its history, whoever called, newest first."""
    member, at = request.member, now()
    rows = Contact.objects.visible_to(member).select_related("list", "owner", "queue_entry").prefetch_related("phones")
    contact = get_object_or_404(with_what_is_seen(rows, member), pk=pk)
    rules.weigh(member, [(contact, phone.digits) for phone in contact.phones.all()], at)
    shared, found = sharing(contact, member), standing.histories(contact)
    context = {
        "contact": contact,
        "there": local.clock_there(contact, at),
        "place": local.place(contact),
        "how_known": local.how_known(contact, member.account),
        "phones": [(phone, shared.get(phone.digits, [])) for phone in contact.phones.all()],
        "stopped": _stopped(contact, member),
        "standing": found,
        "all_forbidden": all(one.forbidden for one in found),
        **attempts.of_contact(contact, at),
        **agreed.of_contact(contact, member, at),
        **_history(contact, request),
    }
    return render(request, "contacts/detail.html", context)


@require_GET
@member_required
def happened(request: MemberRequest, pk: int) -> HttpResponse:
    """Last note and history, for a page that is open already: the same calls of it as the page has."""
    contact = visible(request.member, pk)
    return render(request, "contacts/happened.html", {"contact": contact, **_history(contact, request)})


@require_GET
@member_required
def agreed_rows(request: MemberRequest, pk: int) -> HttpResponse:
    """What was agreed with the contact, for a page that is open already."""
    contact = visible(request.member, pk)
    found = agreed.of_contact(contact, request.member, now())
    return render(request, "callbacks/agreed_rows.html", {"contact": contact, **found})


def _history(contact: Contact, request: MemberRequest) -> dict[str, Any]:
    """Calls with what happened between them; on the first page also the newest note."""
    asked = request.GET
    calls = keyset(
        contact.calls.select_related("wrap_up__member"),
        order=("-requested_at", "-pk"),
        after=asked.get("after", ""),
        before=asked.get("before", ""),
        size=HISTORY,
    )
    of_account(calls.rows, request.member.account)
    return {
        "history": calls,
        "timeline": timeline(contact, calls),
        "last_note": None if calls.before else last_note(calls.rows),
        "may_open": _may_open(calls.rows, request.member),
    }


def _stopped(contact: Contact, member: Member) -> Words | None:
    """What stands in the way of a call to the main phone."""
    main = next(iter(contact.phones.all()), None)
    found = rules.known(member, contact.pk, main.digits) if main else None
    return found.words(member) if found else None


def _may_open(calls: list[Call], member: Member) -> set[int]:
    """Everybody who sees a contact sees that others called; what was said there is not for everybody."""
    keys = [call.pk for call in calls]
    if member.is_manager or not keys:
        return set(keys)
    return set(Call.objects.visible_to(member).filter(pk__in=keys).order_by().values_list("pk", flat=True))


@member_required
def new(request: MemberRequest) -> HttpResponse:
    """A new contact, on the list named in the address, owned by whoever adds it."""
    if not lists_of(request.member):
        return redirect("contacts:list")
    form = ContactForm(request.member, initial={"list": request.GET.get("list"), "owner": request.member})
    if request.method == "POST":
        form = _posted(request, None)
        if form.is_bound and form.is_valid() and (added := _save(form, None, request.member)):
            messages.success(request, _("%(name)s is on the list") % {"name": added.name})
            return redirect("contacts:detail", added.pk)
    return render(request, TEMPLATE, {"form": form})


@member_required
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    contact = visible(request.member, pk)
    form = ContactForm(request.member, contact=contact)
    if request.method == "POST":
        form = _posted(request, contact)
        if form.is_bound and form.is_valid() and _save(form, contact, request.member):
            return redirect("contacts:detail", contact.pk)
    return render(request, TEMPLATE, {"form": form, "contact": contact})


def _posted(request: MemberRequest, contact: Contact | None) -> ContactForm:
    """The form to judge; unbound, with all that was typed and one more row, when only a row was asked for."""
    if "add_phone" in request.POST:
        return ContactForm(request.member, contact=contact, initial=as_typed_so_far(request.POST))
    return ContactForm(request.member, request.POST, contact=contact)


def _save(form: ContactForm, contact: Contact | None, member: Member) -> Contact | None:
    try:
        if contact is None:
            return services.add_contact(**form.details())
        services.update_contact(contact, by=member, **form.details())
    except ValidationError as error:
        take_errors(form, error)
        return None
    return contact


@require_POST
@member_required
def archive(request: MemberRequest, pk: int) -> HttpResponse:
    """Hides the contact; its page stays, for the calls that name it."""
    contact = visible(request.member, pk)
    services.archive_contact(contact)
    messages.success(request, _("%(name)s is archived") % {"name": contact.name})
    return redirect("contacts:list")


@require_POST
@member_required
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    contact = visible(request.member, pk)
    services.restore_contact(contact)
    return redirect("contacts:detail", contact.pk)
