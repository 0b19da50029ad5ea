"""Who may enter a view. Rows are a matter of `visible_to(member)`: what a member may not see is a 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from ..models import Member
from .http import MemberRequest

P = ParamSpec("P")
View = Callable[Concatenate[MemberRequest, P], HttpResponseBase]


def _guarded(view: View[P], allowed: Callable[[Member], bool]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def enter(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in(request)
        member = getattr(request, "member", None)
        if member is None or not allowed(member):
            raise PermissionDenied
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return enter


def _sign_in(request: HttpRequest) -> HttpResponse:
    """After signing in a person comes back to the page; never to the address of a POST or a fragment.

    What was pressed on a page after the session had ended is undone: the sign-in page says so.
    """
    if request.method == "GET" and "HX-Request" not in request.headers:
        return redirect_to_login(request.get_full_path())
    response = redirect_to_login(_open_page(request))
    if request.method == "POST":
        response["Location"] += "&undone=1"
    return response


def _open_page(request: HttpRequest) -> str:
    """Where the person was when a part of the page was asked for; the start page where nobody knows."""
    address = request.headers.get("HX-Current-URL", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(address)
    return urlunsplit(("", "", parts.path or "/", parts.query, ""))


def member_required(view: View[P]) -> Callable[..., Any]:
    """Anybody who belongs to the account."""
    return _guarded(view, lambda member: True)


def manager_required(view: View[P]) -> Callable[..., Any]:
    """Managers and admins."""
    return _guarded(view, lambda member: member.is_manager)


def admin_required(view: View[P]) -> Callable[..., Any]:
    """Admins only."""
    return _guarded(view, lambda member: member.is_admin)
