"""Rows that were read as columns, and the instances that they are."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)


@cache
def attnames(model: Any) -> list[str]:
    """The columns of a model's own table, the key first. The list is shared."""
    return [field.attname for field in model._meta.concrete_fields]


def loaded(model: type[M], names: Sequence[str], columns: Sequence[Any]) -> M:
    """The instance that `from_db` would make of a row's first columns; those without a name here are deferred.

    `Model.__init__` sets each attribute on its own and tells those who listen: that costs more than the question did.
    Ours have no `__init__` of their own, and nobody listens.
    """
    instance = model.__new__(model)
    instance.__dict__.update(zip(names, columns, strict=False))
    instance._state = state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    return instance
