"""What is drawn once and filled in is what the template would have drawn for each, whatever stands in it."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from clickcall.web.stencils import Stencil, Stencils, draw_rows, hole

texts = st.text(max_size=12) | st.sampled_from(
    ["<b>&\"'</b>", "%s", "%(name)s", "100 %", "{{ row.name }}", hole("name")]
)
CONTACT = "contacts/row.html", "key url name company there place due pill called_at button", "is_current is_shared"
CALLBACK = (
    "callbacks/row.html",
    "key url name when company note keeper move_url off_url options csrf_token button",
    "is_overdue asked_by_client is_anyones",
)


def rows(names: str, flags: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    one = dict.fromkeys(names.split(), texts) | dict.fromkeys(flags.split(), st.booleans())
    return st.lists(st.fixed_dictionaries(one), max_size=4)


@pytest.mark.parametrize(("template", "names", "flags"), [CONTACT, CALLBACK])
@hypothesis_settings(max_examples=25, deadline=None)
@given(st.data(), st.booleans(), st.sampled_from(["ru", "en"]))
def test_rows_are_what_their_template_draws(
    template: str, names: str, flags: str, data: st.DataObject, is_manager: bool, language: str
) -> None:
    many = data.draw(rows(names, flags))
    with translation.override(language):
        own = [{"row": row, "is_manager": is_manager, "csrf_token": row.get("csrf_token")} for row in many]
        expected = [render_to_string(template, context) for context in own]
        assert draw_rows(template, many, is_manager=is_manager) == "".join(expected)


def test_a_look_is_drawn_once_in_each_language() -> None:
    drawn: list[str | None] = []

    def html() -> str:
        drawn.append(get_language())
        return hole("name")

    kept = Stencils()
    for language in ("ru", "en", "ru"):
        with translation.override(language):
            assert kept.of("row", html).fill({"name": language}) == language
    assert drawn == ["ru", "en"]


def test_looks_are_not_kept_without_end() -> None:
    kept = Stencils()
    for look in range(Stencils.MOST + 3):
        kept.of(look, str)
    assert len(kept) == 3


def test_where_templates_change_nothing_is_kept(settings: Any) -> None:
    settings.DEBUG = True
    kept = Stencils()
    kept.of("row", str)
    assert len(kept) == 0


def test_what_is_safe_stays_as_it_is_and_all_else_is_escaped() -> None:
    stencil = Stencil.cut(f"<p>{hole('name')} 5 % {hole('button')}</p>")
    assert stencil.fill({"name": "<b>", "button": mark_safe("<b>")}) == "<p>&lt;b&gt; 5 % <b></p>"


def test_a_hole_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        Stencil.cut(hole("name")).fill({})
