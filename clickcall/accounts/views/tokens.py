"""Pages for admins: access keys, in their order of use. Write-only: no page has a way to show a secret."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ...models import Token
from ...web.decorators import admin_required
from ...web.http import MemberRequest, page
from .. import queries, services
from ..forms.errors import beside_fields
from ..forms.keys import KeyNameForm, NewKeyForm, ReplaceSecretForm
from ..standing import KeyState


@require_GET
@admin_required
def index(request: MemberRequest) -> HttpResponse:
    keys = [(token, KeyState.of(token)) for token in queries.tokens(request.member)]
    return page(request, "accounts/tokens.html", {"keys": keys})


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("secret", "password")
@sensitive_variables("form")
@admin_required
def add(request: MemberRequest) -> HttpResponse:
    form = NewKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with beside_fields(form):
            name = form.cleaned_data["name"]
            services.add_token(account=request.member.account, name=name, **form.credentials())
            messages.success(request, _("The key is stored. It is used after those above it."))
            return redirect("accounts:tokens")
    return page(request, "accounts/token_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@admin_required
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Its name; the forms beside it replace the secret and take the key out of use."""
    token = _find(request, pk)
    form = KeyNameForm(request.POST or None, token=token)
    if request.method == "POST" and form.is_valid():
        with beside_fields(form):
            services.update_token(token, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("accounts:tokens")
    context = {"form": form, "token": token, "state": KeyState.of(token), "last": _is_last(request)}
    return page(request, "accounts/token.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("secret", "password")
@sensitive_variables("form")
@admin_required
def replace(request: MemberRequest, pk: int) -> HttpResponse:
    token = _find(request, pk)
    form = ReplaceSecretForm(request.POST or None, initial={"kind": token.kind, "login": token.login})
    if request.method == "POST" and form.is_valid():
        with beside_fields(form):
            services.replace_secret(token, **form.credentials())
            messages.success(request, _("The new key is stored and used from now on."))
            return redirect("accounts:tokens")
    return page(
        request, "accounts/token_replace.html", {"form": form, "token": token}, status=422 if form.errors else 200
    )


@require_POST
@admin_required
def move(request: MemberRequest, pk: int) -> HttpResponse:
    services.move_token(_find(request, pk), up=request.POST.get("direction") == "up")
    return redirect("accounts:tokens")


@require_POST
@admin_required
def archive(request: MemberRequest, pk: int) -> HttpResponse:
    services.archive_token(_find(request, pk))
    messages.success(request, _("The key is not used any more."))
    return redirect("accounts:tokens")


def _find(request: MemberRequest, pk: int) -> Token:
    return get_object_or_404(queries.tokens(request.member), pk=pk)


def _is_last(request: MemberRequest) -> bool:
    return queries.tokens(request.member).count() == 1
