"""`{{ field|control }}`: a bound field's widget with the class that `app.css` draws, and the focus if it was wrong."""

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

SELECTS = {"select", "selectmultiple", "nullbooleanselect"}


@register.filter
def control(field: BoundField) -> SafeString:
    """The widget as HTML; classes that the form gave it stay."""
    return _drawn(field, "form-select" if field.widget_type in SELECTS else "form-control")


@register.filter
def check(field: BoundField) -> SafeString:
    """A single check box as HTML."""
    return _drawn(field, "form-check-input")


def _drawn(field: BoundField, look: str) -> SafeString:
    own = field.field.widget.attrs.get("class", "")
    attrs: dict[str, Any] = {"class": f"{look} {own}".strip()}
    if field.errors and field.name == _first_wrong(field):
        attrs["autofocus"] = True  # of several forms on a page the browser takes the first
    return field.as_widget(attrs=attrs)


def _first_wrong(field: BoundField) -> str | None:
    """The field where a person goes on."""
    return next((name for name in field.form.fields if name in field.form.errors), None)
