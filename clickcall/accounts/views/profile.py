"""A person's language and theme, from the menu on every page."""

from django.conf import settings
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ...web.decorators import member_required
from ...web.http import MemberRequest
from .. import services


@require_POST
@member_required
def profile(request: MemberRequest) -> HttpResponse:
    """Changes what was sent, then goes back to the page it came from."""
    changes = {name: request.POST[name] for name in ("language", "theme") if name in request.POST}
    try:
        services.update_profile(request.user, **changes)
    except ValidationError as error:
        raise BadRequest("There is no such choice") from error
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if here else "home")
    if changes.get("language"):  # so that the sign-in page speaks it as well
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            changes["language"],
            max_age=settings.SESSION_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response
