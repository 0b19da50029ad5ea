"""The set-up for admins: a page that reads what is known, and buttons that ask."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from .. import points
from ..accounts import doctor, services, zones
from ..accounts.forms.errors import beside_fields
from ..accounts.standing import KeyState
from ..models import Account
from ..numbers import sync
from ..web.decorators import admin_required
from ..web.http import STOP_POLLING, UNCHANGED, MemberRequest, page
from .cannot_call import cannot_call
from .forms import BrandForm, KeyForm
from .known import Known
from .people_form import PeopleForm
from .survey import survey


@require_GET
@admin_required
def index(request: MemberRequest) -> HttpResponse:
    """With `?open=` also the inside of a step that is done or not yet due."""
    return _page(request, Known(request.member), unfolded=request.GET.get("open", ""))


@require_POST
@admin_required
def check(request: MemberRequest) -> HttpResponse:
    """Asks the provider what can be asked harmlessly, and lets the worker fetch the rest."""
    ask(request.member.account)
    return _back(request.POST.get("step", ""))


@require_POST
@admin_required
def brand(request: MemberRequest) -> HttpResponse:
    account = request.member.account
    form = BrandForm(request.POST, account=account)
    if form.is_valid():
        with beside_fields(form):
            services.update_account(account, **form.cleaned_data)
            return _back("")
    return _refused(request, "brand", form)


@require_POST
@never_cache
@sensitive_post_parameters("secret", "password")
@sensitive_variables("form")
@admin_required
def key(request: MemberRequest) -> HttpResponse:
    """Stores a key and tries it at once."""
    account = request.member.account
    form = KeyForm(request.POST)
    if form.is_valid():
        with beside_fields(form):
            services.add_token(account=account, name=form.cleaned_data["name"], **form.credentials())
            ask(account)
            return _back("")
    return _refused(request, "key", form)


@require_POST
@admin_required
def people(request: MemberRequest) -> HttpResponse:
    known = Known(request.member)
    form = PeopleForm(request.POST, known=known)
    if form.is_valid() and form.save():
        return _back("")
    return _refused(request, "people", form)


@require_GET
@admin_required
def fetching(request: MemberRequest) -> HttpResponse:
    """How far the fetching has come; 204 while that is unchanged, and the whole page anew once it is over."""
    state = sync.state(request.member.account)
    if state.is_over and request.GET.get("then") == "reload":
        return HttpResponse(status=STOP_POLLING, headers={"HX-Refresh": "true"})
    if request.GET.get("seen") == state.version:
        return HttpResponse(status=UNCHANGED)
    context = {"sync": state, "is_waiting": request.GET.get("then") == "reload"}
    return render(request, "setup/fetching.html", context, status=STOP_POLLING if state.is_over else 200)


def ask(account: Account) -> None:
    """The doctor at once, the synchronisation by the worker."""
    doctor.examine(account)
    sync.ask_for(account)


def _back(step: str) -> HttpResponse:
    """To the step that is next, or to the one that was checked."""
    return redirect(f"{reverse('setup:index')}#{step}" if step.isalpha() else "setup:index")


def _refused(request: MemberRequest, slug: str, form: Any) -> HttpResponse:
    """The page with what was typed, except for secrets, and the messages beside the fields."""
    return _page(request, Known(request.member), status=422, unfolded=slug, form=form)


def _page(
    request: MemberRequest, known: Known, *, status: int = 200, unfolded: str = "", form: Any = None
) -> HttpResponse:
    found = survey(known)
    for step in found.steps:
        if step.slug == unfolded:
            step.extra["is_unfolded"] = True
            if form is not None:
                step.extra["form"] = form
    context = {
        "survey": found,
        "known": known,
        "cannot_call": cannot_call(known, found.steps),
        "zones": zones.by_place(),
        "keys": [(token, KeyState.of(token)) for token in known.tokens],
        "meter": points.meter(known.account.pk),
    }
    return page(request, "setup/page.html", context, status=status)
