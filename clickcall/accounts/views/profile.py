"""What a person chooses for themselves: language and theme in the menu of every page, the rest on an own page."""

from django.conf import settings
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from ...web.decorators import member_required
from ...web.http import MemberRequest, page
from .. import services

_SWITCH = {"on": True, "off": False}


@require_http_methods(["GET", "POST"])
@member_required
def profile(request: MemberRequest) -> HttpResponse:
    """The page; a POST changes what was sent, then goes back to the page it came from."""
    if request.method == "GET":
        # The browser puts the link in place of %s, with its scheme and escaped.
        address = f"{request.build_absolute_uri(reverse('dial'))}?number=%s"
        return page(request, "accounts/profile.html", {"link_address": address})
    try:
        changes = _changes(request)
        services.update_profile(request.user, **changes)
    except (KeyError, ValidationError) as error:
        raise BadRequest("There is no such choice") from error
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if here else "home")
    if language := changes.get("language"):  # so that the sign-in page speaks it as well
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            str(language),
            max_age=settings.SESSION_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def _changes(request: MemberRequest) -> dict[str, str | bool]:
    """Raises `KeyError` for a switch that is neither on nor off."""
    changes: dict[str, str | bool] = {
        name: request.POST[name] for name in ("language", "theme") if name in request.POST
    }
    if "single_keys" in request.POST:
        changes["single_keys"] = _SWITCH[request.POST["single_keys"]]
    return changes
