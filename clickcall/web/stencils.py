"""What stands many times on a page: its template is rendered once for each look, and then only filled in.

A template spends its time on looking names up, again for each of 25 rows. But rows are mostly alike, except for a few
texts: so the template draws one with holes, and the texts of every row are put into them, escaped as templates do.
What was drawn is kept as long as the process lives.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_HOLE = re.compile("\x02([a-z_]+)\x03")  # control characters stand in no template


def hole(name: str) -> str:
    """What a template is given instead of a text; it must not be changed there, as by a filter."""
    return f"\x02{name}\x03"


@dataclass(frozen=True, slots=True)
class Stencil:
    """A piece of HTML with holes, by their names."""

    text: str
    names: frozenset[str]

    @classmethod
    def cut(cls, html: str) -> "Stencil":
        """From what a template made of holes."""
        return cls(_HOLE.sub(r"%(\1)s", html.replace("%", "%%")), frozenset(_HOLE.findall(html)))

    def fill(self, values: Mapping[str, Any]) -> SafeString:
        """With all holes filled; what is safe already, such as a button, stays as it is."""
        texts = {name: _escaped(values[name]) for name in self.names}
        return mark_safe(self.text % texts)  # noqa: S308 - the template's own text, and values that were escaped


def _escaped(text: str) -> str:
    """As Django's `conditional_escape` does with a text, ten times faster."""
    return text if isinstance(text, SafeString) else escape(text)


class Stencils:
    """Those of one template by their looks: all that it may see beside the texts that are filled in."""

    MOST = 500  # looks: of one that shows an hour or a name there may be many

    def __init__(self) -> None:
        self._cut: dict[Hashable, Stencil] = {}

    def __len__(self) -> int:
        return len(self._cut)

    def of(self, look: Hashable, html: Callable[[], str]) -> Stencil:
        """The stencil of a look in the language of the page; `html` draws it where there is none yet."""
        look = get_language(), look
        if (found := self._cut.get(look)) is None:
            found = Stencil.cut(html())
            if len(self._cut) >= self.MOST:
                self.clear()
            if not settings.DEBUG:  # there, templates change
                self._cut[look] = found
        return found

    def clear(self) -> None:
        self._cut.clear()


_ROWS = Stencils()


def draw_rows(template: str, rows: Iterable[Mapping[str, object]], **same: Hashable) -> SafeString:
    """Every row as the template draws it by the name of `row`, beside what is the same for all.

    A row looks like another one if all is alike but the texts, and the same texts are empty: so a template may ask
    whether there is a text, and show it, and nothing else.
    """
    drawn = []
    for row in rows:
        look = frozenset([(name, bool(value) if isinstance(value, str) else value) for name, value in row.items()])
        drawn.append(_ROWS.of((template, *same.items(), look), partial(_row, template, row, same)).fill(row))
    return mark_safe("".join(drawn))  # noqa: S308 - pieces that are safe


def _row(template: str, row: Mapping[str, object], same: Mapping[str, object]) -> str:
    one = {name: hole(name) if value and isinstance(value, str) else value for name, value in row.items()}
    # So that a row may have forms: `{% csrf_token %}` asks the page, not the row.
    return get_template(template).render({"row": one, "csrf_token": one.get("csrf_token"), **same})
