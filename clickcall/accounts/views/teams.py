"""Pages for admins: teams."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...web.decorators import admin_required
from ...web.http import MemberRequest, page
from .. import queries, services
from ..forms.errors import beside_fields
from ..forms.teams import TeamForm


@require_http_methods(["GET", "POST"])
@admin_required
def index(request: MemberRequest) -> HttpResponse:
    """The list, and a form that adds one."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with beside_fields(form):
            services.create_team(account=request.member.account, **form.cleaned_data)
            messages.success(request, _("The team is there. Its people are chosen on their own pages."))
            return redirect("accounts:teams")
    context = {"form": form, "teams": queries.teams(request.member)}
    return page(request, "accounts/teams.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@admin_required
def rename(request: MemberRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(queries.teams(request.member), pk=pk)
    form = TeamForm(request.POST or None, initial={"name": team.name})
    if request.method == "POST" and form.is_valid():
        with beside_fields(form):
            services.rename_team(team, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("accounts:teams")
    return page(request, "accounts/team.html", {"form": form, "team": team}, status=422 if form.errors else 200)
