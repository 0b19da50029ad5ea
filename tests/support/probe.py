"""Pages beside the product's own that say what a view is given, and answer as they are asked to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone, translation

from clickcall.urls import urlpatterns as own
from clickcall.web.decorators import admin_required, manager_required, member_required
from clickcall.web.http import MemberRequest


def given(request: HttpRequest) -> HttpResponse:
    """What the middlewares made of the request."""
    member = request.member  # type: ignore[attr-defined]
    return JsonResponse(
        {
            "member": member.name if member else None,
            "account": member.account.slug if member else None,
            "zone": timezone.get_current_timezone_name(),
            "language": translation.get_language(),
            "said": request.LANGUAGE_CODE,
        }
    )


@member_required
def for_members(request: MemberRequest, word: str = "") -> HttpResponse:
    return HttpResponse(f"{request.member.name} {word}".strip())


@manager_required
def for_managers(request: MemberRequest) -> HttpResponse:
    return HttpResponse(request.member.name)


@admin_required
def for_admins(request: MemberRequest) -> HttpResponse:
    return HttpResponse(request.member.name)


def moved(request: HttpRequest) -> HttpResponse:
    """A redirect with a cookie and a message for the next page."""
    messages.success(request, "Saved.")
    response = redirect("/given/")
    response.set_cookie("kept", "yes")
    return response


def told(request: HttpRequest, how: str) -> HttpResponseBase:
    """An answer of this kind, with a message waiting."""
    messages.success(request, "Put away.")
    if how == "shown":
        return HttpResponse("".join(str(message) for message in messages.get_messages(request)))
    if how == "json":
        return JsonResponse({})
    if how == "stream":
        return StreamingHttpResponse(["a"], content_type="text/html")
    return HttpResponse("<p>fragment</p>", status=200 if how == "html" else int(how))


urlpatterns = [
    path("given/", given),
    path("members/", for_members),
    path("members/<str:word>/", for_members),
    path("managers/", for_managers),
    path("admins/", for_admins),
    path("moved/", moved),
    path("told/<str:how>/", told),
    *own,
]
