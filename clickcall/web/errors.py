"""Pages for requests that cannot be served; each says that no call was placed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key has gone stale, mostly by signing in again in another tab. Nothing was done."""
    return render(request, "403_csrf.html", status=403)


class NoBlankPageMiddleware:
    """An address that only buttons send to is no page: whoever comes to it by a link or a reload reads so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or "HX-Request" in request.headers:
            return response
        response["Content-Type"] = "text/html; charset=utf-8"
        response.content = render_to_string("404.html", request=request)
        return response
