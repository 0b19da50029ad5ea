"""Parameter tables and the check of a request against one: unknown names, types, presence, values, in this order."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clickcall.simulator.refusals import Refusal

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}


@dataclass(frozen=True, slots=True)
class Param:
    """One row of a parameter table. `fields` is the table of an object's own members, empty = left to the method."""

    type: str = "string"
    required: bool = False
    allowed: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    least: int | None = None
    most: int | None = None
    fields: Mapping[str, "Param"] = field(default_factory=dict)


Schema = Mapping[str, Param]
Visit = Callable[[Schema, Mapping[str, Any], str], None]


def one_of(*values: str, required: bool = False) -> Param:
    """A string that must be one of `values`."""
    return Param(required=required, allowed=frozenset(values))


def check(schema: Schema, params: Mapping[str, Any]) -> None:
    """Raise the Refusal that a strict provider answers for `params`, if there is one."""
    for visit in (_unexpected, _types, _required, _values):
        for table, values, prefix in _levels(schema, params, ""):
            visit(table, values, prefix)


def has_type(value: Any, name: str) -> bool:
    """Whether `value` is of the JSON type `name`: a boolean is no number, null is nothing."""
    return isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


def _levels(schema: Schema, params: Mapping[str, Any], prefix: str) -> Iterator[tuple[Schema, Mapping[str, Any], str]]:
    yield schema, params, prefix
    for name, row in schema.items():
        if row.fields and isinstance(params.get(name), dict):
            yield from _levels(row.fields, params[name], f"{prefix}{name}.")


def _unexpected(schema: Schema, params: Mapping[str, Any], prefix: str) -> None:
    for name, value in params.items():
        if name not in schema:
            raise Refusal("unexpected_parameters", prefix + name, value)


def _types(schema: Schema, params: Mapping[str, Any], prefix: str) -> None:
    for name, value in params.items():
        if not has_type(value, schema[name].type):
            raise Refusal("data_type_error", prefix + name, value, expected=schema[name].type)


def _required(schema: Schema, params: Mapping[str, Any], prefix: str) -> None:
    for name, row in schema.items():
        if row.required and name not in params:
            raise Refusal("required_parameter_missed", prefix + name)


def _values(schema: Schema, params: Mapping[str, Any], prefix: str) -> None:
    for name, value in params.items():
        if not _allowed(schema[name], value):
            raise Refusal("invalid_parameter_value", prefix + name, value)


def _allowed(row: Param, value: Any) -> bool:
    if row.allowed and value not in row.allowed:
        return False
    if row.pattern and not row.pattern.fullmatch(value):
        return False
    return (row.least is None or value >= row.least) and (row.most is None or value <= row.most)
