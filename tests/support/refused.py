"""Rows that the database refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction


@contextmanager
def refused(name: str) -> Iterator[None]:
    """The database refuses what happens inside, by the constraint of this name (SQLite: or its last column)."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        yield
