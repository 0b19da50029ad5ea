"""Saving what changed, and only that."""

from typing import Any

from django.db.models import Model


def save_changes(row: Model, **fields: Any) -> bool:
    """Sets the fields and saves those that differ in one narrow update. True when something was saved."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)
