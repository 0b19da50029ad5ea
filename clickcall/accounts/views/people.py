"""Pages for admins: who works here, in which role, and who may enter."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ...models import Member
from ...web.decorators import admin_required
from ...web.http import MemberRequest, page
from ...web.paging import keyset
from .. import queries, services
from ..employee_status import in_words
from ..forms.errors import beside_fields
from ..forms.people import EmployeeForm, NewPersonForm, PersonForm
from ..rights import may_reset


@require_GET
@admin_required
def index(request: MemberRequest) -> HttpResponse:
    disabled = request.GET.get("show") == "disabled"
    rows = keyset(
        queries.people(request.member).filter(archived_at__isnull=not disabled),
        order=("name", "pk"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return page(request, "accounts/people.html", {"page": rows, "disabled": disabled})


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_variables("new")
@admin_required
def add(request: MemberRequest) -> HttpResponse:
    form = NewPersonForm(request.POST or None, admin=request.member)
    if request.method == "POST" and form.is_valid():
        with beside_fields(form):
            new = services.add_member(account=request.member.account, **form.cleaned_data)
            if new.one_time_password:
                return one_time(request, new.member, new.one_time_password)
            messages.success(request, _("Added. They sign in with the password they have."))
            return redirect("accounts:people")
    return page(request, "accounts/person_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@admin_required
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    person = find(request, pk)
    form = PersonForm(request.POST or None, admin=request.member, initial=_shown(person))
    if request.method == "POST" and form.is_valid():
        with beside_fields(form):
            services.update_member(person, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("home" if person == request.member else "accounts:people")
    return _page(request, person, form, None)


@require_POST
@admin_required
def employee(request: MemberRequest, pk: int) -> HttpResponse:
    """Says who the person is at the provider, or that nobody is known to be."""
    person = find(request, pk)
    form = EmployeeForm(request.POST, person=person)
    if form.is_valid():
        with beside_fields(form):
            services.link_employee(person, form.cleaned_data["employee"])
            messages.success(request, _("Saved."))
            return redirect("accounts:person", pk=pk)
    return _page(request, person, PersonForm(admin=request.member, initial=_shown(person)), form)


def _shown(person: Member) -> dict[str, Any]:
    return {"name": person.name, "role": person.role, "team": person.team_id}


def _page(request: MemberRequest, person: Member, form: PersonForm, link: EmployeeForm | None) -> HttpResponse:
    context = {
        "form": form,
        "employee_form": link or EmployeeForm(person=person),
        "status": in_words(person.employee.status) if person.employee else "",
        "person": person,
        "numbers": person.numbers.all(),
        "may_reset": may_reset(request.member, person.user),
    }
    failed = form.errors or (link and link.errors)
    return page(request, "accounts/person.html", context, status=422 if failed else 200)


def find(request: MemberRequest, pk: int) -> Member:
    """Somebody of the admin's account; anybody else is a 404."""
    person = get_object_or_404(queries.people(request.member), pk=pk)
    person.account = request.member.account
    return person


def one_time(request: MemberRequest, person: Member, password: str) -> HttpResponse:
    """The only place where a one-time password is ever shown: in the answer itself, which no browser keeps."""
    return page(request, "accounts/one_time_password.html", {"person": person, "password": password})
