"""Small middlewares: a request's name, its member, its language and htmx' chores."""

import uuid
from collections.abc import Callable

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from ..models import Member, User
from .logs import request_id

GetResponse = Callable[[HttpRequest], HttpResponse]
MEMBER_KEY = "member"  # in the session: the membership that the person chose


class RequestIdMiddleware:
    """Names each request: in the log lines and in the answer, so that a report can be found."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = uuid.uuid4().hex[:12]
        token = request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = name
        return response


class MemberMiddleware:
    """Sets `request.member`, the account's zone, and sends people with a one-time password to change it first.

    What a signed-in person sees is stored nowhere, unless the view says otherwise: at a shared machine the next one
    would find whole phones by going back.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = None  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        response = self._answer(request, request.user)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _answer(self, request: HttpRequest, user: User) -> HttpResponse:
        member = current_member(user, request.session.get(MEMBER_KEY))
        request.member = member  # type: ignore[attr-defined]
        if user.must_change_password and request.path not in _open_paths():
            return redirect("account_change_password")
        with timezone.override(member.account.tz if member else None):
            return self.get_response(request)


def current_member(user: User, chosen: object) -> Member | None:
    """The chosen membership, else the oldest one that is not archived."""
    members = user.active_memberships
    return next((member for member in members if member.pk == chosen), members[0] if members else None)


def _open_paths() -> set[str]:
    return {reverse("account_change_password"), reverse("account_logout"), reverse("set_language")}


class LanguageMiddleware:
    """The member's language, else the cookie of the sign-in page, else the browser's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") or translation.get_language_from_request(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


class HtmxResponseMiddleware:
    """`Vary` for fragments, redirects that replace the whole page, and messages beside a swapped fragment."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ("HX-Request",))
        if not getattr(request, "htmx", False):
            return response
        if response.status_code in (301, 302, 303):
            response["HX-Redirect"] = response["Location"]
            del response["Location"]
            response.status_code, response.content = 204, b""
        elif response.status_code == 200 and self._is_html(response) and self._has_unread(request):
            html = render_to_string("components/messages.html", {"oob": True}, request=request)
            response.write(html)
        return response

    @staticmethod
    def _has_unread(request: HttpRequest) -> bool:
        """Messages that the answer itself has not shown."""
        waiting = get_messages(request)
        return bool(waiting) and not getattr(waiting, "used", False)

    @staticmethod
    def _is_html(response: HttpResponse) -> bool:
        return not response.streaming and response.get("Content-Type", "").startswith("text/html")


def home_of(member: Member | None) -> str:
    """Where a role's day begins."""
    if member is None or not member.is_manager:
        return reverse("contacts:list")
    return reverse("setup:index") if member.is_admin else reverse("reports:log")
