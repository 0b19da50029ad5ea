"""`{% icon "phone" %}`: a Lucide drawing, inlined where it stands. A builtin, so templates do not load it."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django import template
from django.contrib.staticfiles import finders
from django.template import Context
from django.template.base import FilterExpression, token_kwargs
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from django.template.base import Parser, Token

register = template.Library()


@cache
def shapes(name: str) -> SafeString:
    """The inside of `static/icons/<name>.svg`; `TemplateSyntaxError` if there is none."""
    path = finders.find(f"icons/{name}.svg") if re.fullmatch(r"[a-z0-9-]+", name) else None
    if not path:
        raise template.TemplateSyntaxError(f"There is no icon {name!r} in static/icons")
    drawing = Path(path).read_text(encoding="utf-8")
    inside = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    return mark_safe(inside)  # noqa: S308  # our own file, listed with its sum in VENDOR.toml


def draw(name: str, *, css: str = "", label: str = "") -> SafeString:
    """The `<svg>`: hidden from screen readers, or, with a label, an image of that name."""
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" {}>{}</svg>',
        f"icon {css}".strip(),
        # escape, not only format_html: `_("…")` in a template counts as safe and may hold a quotation mark
        format_html('role="img" aria-label="{}"', escape(label)) if label else mark_safe('aria-hidden="true"'),
        shapes(name),
    )


def _said(options: dict[str, FilterExpression], name: str) -> str:
    """What is written out for an option."""
    return str(options[name].var) if name in options else ""


class IconNode(template.Node):
    def __init__(self, name: FilterExpression, options: dict[str, FilterExpression]) -> None:
        self.name = name
        self.options = options
        # Most are written out in full: those are drawn once for all pages. A label is in the reader's language.
        plain = all(isinstance(it.var, str) and not it.filters for it in (name, *options.values()))
        self.drawn = draw(name.var, css=_said(options, "class")) if plain and "label" not in options else None

    def render(self, context: Context) -> SafeString:
        if self.drawn is not None:
            return self.drawn
        options = {key: str(value.resolve(context)) for key, value in self.options.items()}
        name = str(self.name.resolve(context))
        return draw(name, css=options.get("class", ""), label=options.get("label", ""))


@register.tag("icon")
def icon(parser: "Parser", token: "Token") -> IconNode:
    """`{% icon name [class=…] [label=…] %}`. A name written out is looked up at compile time."""
    tag, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError(f"{tag!r} needs the name of an icon")
    name = parser.compile_filter(bits.pop(0))
    options = token_kwargs(bits, parser)
    if bits or not options.keys() <= {"class", "label"}:
        raise template.TemplateSyntaxError(f"{tag!r} takes a name, class=… and label=…")
    if not name.is_var:
        shapes(name.resolve(Context()))
    return IconNode(name, options)
