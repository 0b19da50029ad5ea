"""The request as views see it: with a member, and with htmx' details."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from ..models import Member, User

UNCHANGED = 204  # htmx leaves the page as it is
STOP_POLLING = 286  # htmx swaps the answer in and asks no more


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in to an account (see `decorators`)."""

    user: User
    member: Member
    htmx: HtmxDetails


def wants_fragment(request: MemberRequest) -> bool:
    """htmx asks for a part of the page; a boosted link or a restored history entry needs the whole."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def page(
    request: MemberRequest, template: str, context: dict[str, Any], *, fragment: str = "", status: int = 200
) -> HttpResponse:
    """The page, or only its named partial when htmx asks for it."""
    name = f"{template}#{fragment}" if fragment and wants_fragment(request) else template
    return render(request, name, context, status=status)
