"""`{% icon %}` inlines a drawing, and a name that does not exist is found before anybody sees the page."""

import pytest
from django.template import Context, Template, TemplateSyntaxError, engines
from django.utils.safestring import mark_safe


def rendered(source: str, **context: object) -> str:
    return engines["django"].engine.from_string(source).render(Context(context))


def test_an_icon_is_hidden_from_screen_readers() -> None:
    html = rendered('{% icon "check" %}')
    assert html.startswith('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="')
    assert html.endswith("</svg>")
    assert html.count("<svg") == 1


def test_an_icon_with_a_label_is_an_image_of_that_name() -> None:
    html = rendered('{% icon "check" class="icon-lg" label=words %}', words="Saved")
    assert '<svg class="icon icon-lg" viewBox="0 0 24 24" role="img" aria-label="Saved">' in html
    assert "aria-hidden" not in html


@pytest.mark.parametrize("words", ['"><script>', mark_safe('"><script>')])
def test_a_label_cannot_leave_its_attribute(words: str) -> None:
    assert "<script>" not in rendered('{% icon "check" label=words %}', words=words)


def test_a_name_may_come_from_the_context() -> None:
    assert rendered("{% icon item.icon %}", item={"icon": "phone"}) == rendered('{% icon "phone" %}')


@pytest.mark.parametrize(
    "source",
    ['{% icon "no-such-icon" %}', '{% icon "../app.css" %}', "{% icon %}", '{% icon "phone" colour="red" %}'],
)
def test_a_wrong_tag_is_found_when_the_template_is_compiled(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(source)


def test_an_unknown_name_from_the_context_is_an_error_too() -> None:
    with pytest.raises(TemplateSyntaxError, match="no-such-icon"):
        rendered("{% icon name %}", name="no-such-icon")
