"""Letting people in and out: a new one-time password, disabling, enabling."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from ...web.decorators import admin_required
from ...web.http import MemberRequest
from .. import services
from ..rights import may_reset
from .people import find, one_time


@require_POST
@never_cache
@sensitive_variables("password")
@admin_required
def reset(request: MemberRequest, pk: int) -> HttpResponse:
    person = find(request, pk)
    if not may_reset(request.member, person.user):
        raise PermissionDenied
    password = services.reset_password(person)
    return one_time(request, person, password)


@require_POST
@admin_required
def disable(request: MemberRequest, pk: int) -> HttpResponse:
    person = find(request, pk)
    try:
        services.disable_member(person)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("accounts:person", pk=pk)
    messages.success(request, _("%(name)s can't sign in any more.") % {"name": person.name})
    return redirect("accounts:people")


@require_POST
@admin_required
def enable(request: MemberRequest, pk: int) -> HttpResponse:
    person = find(request, pk)
    services.enable_member(person)
    messages.success(request, _("%(name)s can sign in again.") % {"name": person.name})
    return redirect("accounts:person", pk=pk)
