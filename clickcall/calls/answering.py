"""What a press is answered with: the used button, and the bar with its call.

Nearly every answer is the same one, "on its way", about another call. So its template is drawn once for each look, and
from then on filled in: it took a fifth of a press's own time.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from ..models import Call, Status
from ..web.stencils import Stencils, hole
from . import drawing
from .buttons import Button

TEMPLATE = "calls/answer.html"
_PLACES = ("row", "icon", "back", "due")  # where the answer is a button of its own
_ODD = ("again", "anew", "asked", "asks_outcome", "my_phone", "note", "stamp")  # what the bar of such a call has not
_TEXTS = ("tab_title", "version", "who")  # what differs in the bar
# Keys that no row has: they stand in addresses, where a template takes nothing but numbers.
_KEYS = {"call_key": 7_000_000_000_000_001, "contact_key": 7_000_000_000_000_002}
_stencils = Stencils()  # places, ways to call, with and without a contact


@dataclass(frozen=True, slots=True)
class _Used(drawing.Outline):
    """A button that was pressed, with a hole for what it says now as well."""

    words = mark_safe(hole("words"))  # noqa: S308 - nothing in it that could be escaped


def draw(request: HttpRequest, button: Button, call: Call, bar: Mapping[str, Any]) -> SafeString:
    """The answer's HTML, the same as its template's; `bar` is what `bar.contents` says of the call."""
    if not _is_usual(button, call, bar):
        return render_to_string(TEMPLATE, {**bar, "button": button}, request)
    stencil = _stencils.of(_look(button, call, bar), lambda: _outline(request, button, call, bar))
    keys = {"call_key": str(call.pk), "contact_key": str(call.contact_id), "company": call.contact_company}
    texts = {f"bar_{name}": bar[name] for name in _TEXTS}
    return stencil.fill({**drawing.texts(button, stencil.names), "words": button.words, **keys, **texts})


def _is_usual(button: Button, call: Call, bar: Mapping[str, Any]) -> bool:
    """Whether the call has just been accepted, by a button that can be pressed again."""
    is_plain = call.status == Status.ACCEPTED and not any(bar.get(name) for name in _ODD)
    return is_plain and button.place in _PLACES and button.used_at is not None and button.ready.pause is None


def _look(button: Button, call: Call, bar: Mapping[str, Any]) -> Hashable:
    """All that the template may see beside the texts that are filled in."""
    rest = frozenset((name, value) for name, value in bar.items() if name not in (*_TEXTS, "call"))
    seen = bool(call.contact_id), bool(call.contact_company), call.is_final, call.told_admin_at
    return button.place, bool(button.contact_id), rest, seen


def _outline(request: HttpRequest, button: Button, call: Call, bar: Mapping[str, Any]) -> str:
    """The answer's HTML with holes."""
    outline = Call(status=call.status, is_final=call.is_final, told_admin_at=call.told_admin_at)
    outline.pk, outline.contact_id = _KEYS["call_key"], _KEYS["contact_key"] if call.contact_id else None
    outline.contact_company = hole("company") if call.contact_company else ""
    texts = {name: hole(f"bar_{name}") for name in _TEXTS}
    used = drawing.outline(_Used, button, used_at=button.used_at)
    html: str = render_to_string(TEMPLATE, {**bar, **texts, "call": outline, "button": used}, request)
    for name, key in _KEYS.items():
        html = html.replace(str(key), hole(name))
    return html
