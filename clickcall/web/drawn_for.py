"""Which membership a page was drawn for: what is sent from a page of one account is never done in another.

Somebody in several accounts may switch in one tab while a page of the other account is open in another. The key of the
membership travels with the token that guards every form and every fragment already, so that no form needs a field of
its own; it is no secret. It does so for somebody in a single account as well: there may be two before the page is sent.
Programs may send the bare token.
"""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from ..models import Member

_FIELD, _HEADER = "csrfmiddlewaretoken", "HTTP_X_CSRFTOKEN"
_BETWEEN = "."  # stands in no token
# About the person, whatever the account.
_ANYWHERE = frozenset(("accounts:switch", "account_logout", "account_change_password", "set_language"))


def token_for(request: HttpRequest, member: Member) -> "SimpleLazyObject[str]":
    """The token of this page's forms."""
    return SimpleLazyObject(lambda: f"{get_token(request)}{_BETWEEN}{member.pk}")


class DrawnForMiddleware:
    """Takes the key off the token before the token is checked, and refuses what was drawn for another membership."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without a member as well: whoever has signed out meanwhile is to be asked to sign in.
        if request.method == "POST" and settings.CSRF_COOKIE_NAME in request.COOKIES:
            request.drawn_for = _taken(request)  # type: ignore[attr-defined]
        response: HttpResponse = self.get_response(request)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        member: Member | None = getattr(request, "member", None)
        drawn_for = getattr(request, "drawn_for", "")
        if not drawn_for or member is None or drawn_for == str(member.pk):
            return None
        if request.resolver_match and request.resolver_match.view_name in _ANYWHERE:
            return None
        before = next((other for other in member.user.active_memberships if str(other.pk) == drawn_for), None)
        if request.headers.get("HX-Request"):
            return _in_words(before, member)
        return render(request, "403_switched.html", {"before": before}, status=403)


def _in_words(before: Member | None, now: Member) -> HttpResponse:
    """For a page that stays as it is: `X-Says` holds a heading and a line, which its scripts show (`words.js`)."""
    said = [_("You switched accounts in another tab"), _("Nothing was sent, no call was made.")]
    if before:
        names = {"before": before.account.name, "now": now.account.name}
        said = [
            _("This page belongs to %(before)s") % names,
            _(
                "You work in %(now)s now. Nobody was called, nothing was saved. "
                "To go on here, switch to %(before)s again"
            )
            % names,
        ]
    return HttpResponse(status=403, headers={"X-Says": json.dumps(said)})


def _taken(request: HttpRequest) -> str:
    """The key that came along; what is left is the token alone."""
    header, _dot, key = str(request.META.get(_HEADER, "")).partition(_BETWEEN)
    if key:
        request.META[_HEADER] = header
    try:
        token, _dot, of_form = str(request.POST.get(_FIELD, "")).partition(_BETWEEN)
    except UnreadablePostError:  # the check of the token says so
        return key
    if of_form:
        said: Any = request.POST.copy()
        said[_FIELD] = token
        request.POST = said
    return of_form or key
