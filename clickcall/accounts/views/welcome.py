"""Behind the one-time link of an empty database: the account and its first admin."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from .. import invite
from ..forms.errors import beside_fields
from ..forms.welcome import WelcomeForm


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password", "again")
@sensitive_variables("form", "admin")
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    if not invite.is_open(token):
        return render(request, "accounts/welcome_closed.html", status=404)
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with beside_fields(form, slug="username"):
            admin = invite.FirstAdmin(**{name: form.cleaned_data[name] for name in ("username", "name", "password")})
            member = invite.accept(admin=admin, account=form.account())
            login(request, member.user)
            return redirect("home")
    return render(request, "accounts/welcome.html", {"form": form}, status=422 if form.errors else 200)
