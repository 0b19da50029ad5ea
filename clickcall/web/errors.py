"""Pages for requests that cannot be served; each says that no call was placed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key has gone stale, mostly by signing in again in another tab. Nothing was done."""
    return render(request, "403_csrf.html", status=403)
