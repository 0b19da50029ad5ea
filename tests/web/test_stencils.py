"""What is drawn once and filled in is what the template would have drawn for each, whatever stands in it."""

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from clickcall.models import Member, Role
from clickcall.web.stencils import Stencil, draw_rows, hole

ROW = "contacts/row.html"
TEXTS = ("key", "url", "name", "company", "there", "place", "due", "pill", "called_at", "button")
texts = st.text(max_size=12) | st.sampled_from(
    ["<b>&\"'</b>", "%s", "%(name)s", "100 %", "{{ row.name }}", hole("name")]
)
rows = st.fixed_dictionaries(dict.fromkeys(TEXTS, texts) | dict.fromkeys(("is_current", "is_shared"), st.booleans()))


@settings(max_examples=25, deadline=None)
@given(st.lists(rows, max_size=4), st.sampled_from(Role))
def test_rows_are_what_their_template_draws(many: list[dict[str, object]], role: Role) -> None:
    member = Member(role=role)
    expected = [render_to_string(ROW, {"row": row, "member": member}) for row in many]
    assert draw_rows(ROW, many, member=member) == "".join(expected)


def test_what_is_safe_stays_as_it_is_and_all_else_is_escaped() -> None:
    stencil = Stencil.cut(f"<p>{hole('name')} 5 % {hole('button')}</p>")
    assert stencil.fill({"name": "<b>", "button": mark_safe("<b>")}) == "<p>&lt;b&gt; 5 % <b></p>"


def test_a_hole_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        Stencil.cut(hole("name")).fill({})
