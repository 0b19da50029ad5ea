"""A page's many buttons: the template is rendered once for each kind of place, and filled in for each contact.

Of a button only its ID, phone and name differ from row to row, but drawing it costs a template forty look-ups: with 25
rows that was a third of a list's own time.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from ..web.stencils import Stencils, hole
from .buttons import Button
from .preflight import Preflight

TEMPLATE = "calls/button.html"
_stencils = Stencils()
_SLOTS: Mapping[str, Callable[[Button], str]] = {
    "key": lambda button: button.key,
    "state_url": lambda button: button.state_url,
    "external_id": lambda button: button.external_id,
    "phone": lambda button: button.phone,
    "contact_id": lambda button: str(button.contact_id or ""),
    "name": lambda button: button.name,
    "who": lambda button: button.who,
}


@dataclass(frozen=True, slots=True)
class Outline(Button):
    """A button with a hole for everything that differs."""

    key = hole("key")
    state_url = hole("state_url")
    who = hole("who")


def draw(button: Button | None, csrf_token: Any) -> SafeString:
    """The button's HTML, the same as its template's."""
    if button is None or button.used_at:
        return mark_safe(_render(button, csrf_token))  # noqa: S308 - a template
    look = button.place, button.stop, button.said, button.ready.blocked, bool(csrf_token)
    stencil = _kept(button.ready).of(look, lambda: _outline(button, csrf_token))
    return stencil.fill({**texts(button, stencil.names), "csrf_token": csrf_token})


def texts(button: Button, names: Collection[str]) -> dict[str, str]:
    """What goes into those of the holes that are a button's."""
    return {name: text(button) for name, text in _SLOTS.items() if name in names}


def outline(kind: type[Outline], button: Button, **more: Any) -> Outline:
    """A button like this one, with holes for what is its own; `more` are fields that it has as well."""
    holes: dict[str, Any] = {name: hole(name) for name in ("external_id", "phone", "contact_id", "name")}
    return kind(button.place, ready=button.ready, **holes, **more)


def _kept(ready: Preflight) -> Stencils:
    """A pause is counted down: then they are the page's own."""
    return _stencils if ready.pause is None else ready.__dict__.setdefault("_stencils", Stencils())


def _outline(button: Button, csrf_token: Any) -> str:
    drawn = outline(Outline, button, stop=button.stop, said=button.said)
    return _render(drawn, hole("csrf_token") if csrf_token else csrf_token)


def _render(button: Button | None, csrf_token: Any) -> str:
    return get_template(TEMPLATE).render({"button": button, "csrf_token": csrf_token})
