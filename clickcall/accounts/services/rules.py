"""What all services of this feature check the same way."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.functional import Promise


def tidy(fields: dict[str, Any]) -> dict[str, Any]:
    """Texts without the blanks that come along with copying."""
    return {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}


def check_fields(row: Model, fields: dict[str, Any], *, leave: tuple[str, ...] = ()) -> None:
    """Raises `ValidationError` by field if the row could not hold these values; the row stays as it is.

    A name that the table does not have is a mistake of the caller: `TypeError`.
    """
    columns = {field.name for field in row._meta.fields}
    if unknown := sorted(fields.keys() - columns):
        raise TypeError(f"{type(row).__name__} has no {', '.join(unknown)}")
    draft = copy(row)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.clean_fields(exclude=(columns - fields.keys()) | set(leave))


@contextmanager
def unique(field: str, message: str | Promise) -> Iterator[None]:
    """Turns the database's word on a second row of the same name into a message beside the field.

    The rows inside have passed `check_fields`, so that uniqueness is all that is left to be broken.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ValidationError({field: [message]}) from error
