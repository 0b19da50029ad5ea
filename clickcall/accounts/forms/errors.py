"""From a service's words to the fields of a form."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.forms import BaseForm


@contextmanager
def beside_fields(form: BaseForm, **other_names: str) -> Iterator[None]:
    """Puts what a service refuses beside the form's fields; what has no field there stands above the form.

    `other_names` maps a service's field to the form's, where they differ.
    """
    try:
        yield
    except ValidationError as error:
        for name, errors in error.error_dict.items():
            field = other_names.get(name, name)
            form.add_error(field if field in form.fields else None, list(errors))
