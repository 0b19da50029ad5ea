"""A state in a table: an icon, few words and a colour. Words first: they read without the other two."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pill:
    """`look` is one of app.css's: is-good, is-attn, is-bad, or empty for grey."""

    label: str
    icon: str
    look: str = ""
