"""A page, or only the fragment that htmx asks for."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.template import engines
from django_htmx.middleware import HtmxMiddleware

from clickcall.web.http import page, wants_fragment

WHOLE = "<main>{% partialdef list inline %}<ul>{{ word }}</ul>{% endpartialdef %}</main>"


@pytest.fixture
def ask(rf: Any) -> Any:
    """ask(header=value, …): a request as the views see it."""

    def make(**headers: str) -> Any:
        request = rf.get("/", headers=headers)
        HtmxMiddleware(lambda request: HttpResponse())(request)
        return request

    return make


@pytest.fixture
def _template(settings: Any, tmp_path: Any) -> None:
    (tmp_path / "probe.html").write_text("{% load partials %}" + WHOLE, encoding="utf-8")
    changed = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    changed[0]["OPTIONS"] = {**changed[0]["OPTIONS"], "context_processors": []}
    settings.TEMPLATES = changed
    assert engines["django"]


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
@pytest.mark.usefixtures("_template")
def test_only_htmx_gets_the_fragment(ask: Any, headers: dict[str, str], fragment: bool) -> None:
    request = ask(**headers)
    assert wants_fragment(request) is fragment
    html = page(request, "probe.html", {"word": "hello"}, fragment="list").content.decode()
    assert html == ("<ul>hello</ul>" if fragment else "<main><ul>hello</ul></main>")


@pytest.mark.usefixtures("_template")
def test_a_page_without_fragments_is_always_whole(ask: Any) -> None:
    response = page(ask(**{"HX-Request": "true"}), "probe.html", {"word": "no"}, status=422)
    assert response.content.decode() == "<main><ul>no</ul></main>"
    assert response.status_code == 422
