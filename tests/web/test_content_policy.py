"""The policy that is worked out once is the library's own, word for word."""

from typing import Any

import pytest
from csp.constants import HEADER
from csp.decorators import csp_exempt, csp_replace, csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from pytest_django import Settings

from clickcall.web.content_policy import ContentPolicyMiddleware


def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def with_its_own(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={HEADER: "sandbox"})


VIEWS = [
    plain,
    with_its_own,
    csp_update({"media-src": ["https://recordings.example"]})(plain),
    csp_replace({"default-src": ["'self'"]})(plain),
    csp_exempt()(plain),
]


def header(middleware: type[CSPMiddleware], view: Any) -> str | None:
    request = HttpRequest()
    request.path_info = "/"
    found: str | None = middleware(view)(request).headers.get(HEADER)
    return found


def in_parts(policy: str | None) -> list[str]:
    """The library puts them into no order."""
    return sorted((policy or "").split("; "))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("debug", [False, True])
def test_each_answer_has_the_policy_that_the_library_gives_it(view: Any, debug: bool, settings: Settings) -> None:
    settings.DEBUG = debug
    assert in_parts(header(ContentPolicyMiddleware, view)) == in_parts(header(CSPMiddleware, view))


def test_what_one_page_may_show_no_other_page_may() -> None:
    views = {"/recordings": VIEWS[2], "/": plain}
    middleware = ContentPolicyMiddleware(lambda request: views[request.path_info](request))
    found = []
    for path in ("/", "/recordings", "/"):
        request = HttpRequest()
        request.path_info = path
        found.append("https://recordings.example" in middleware(request).headers[HEADER])
    assert found == [False, True, False]
