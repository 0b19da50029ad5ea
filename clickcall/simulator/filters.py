"""The Data API's `filter`: a tree of conditions, compiled to a predicate over rows."""

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from clickcall.simulator.refusals import Refusal
from clickcall.simulator.schema import has_type

Row = Mapping[str, Any]
Predicate = Callable[[Row], bool]

ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
OPERATORS = frozenset({"=", "!=", "like", "regexp", "in", *ORDERED})


def compile_filter(node: Any, types: Mapping[str, str], path: str = "filter") -> Predicate:
    """A predicate for `{field, operator, value}` or `{filters, condition}`; `types`: field -> its JSON type.

    Raises Refusal, its field the dotted path of what is wrong.
    """
    if not isinstance(node, dict):
        raise Refusal("data_type_error", path, node, expected="object")
    if "filters" in node:
        return _compile_group(node, types, path)
    _require(node, path, "field", "operator", "value")
    field, name, value = node["field"], node["operator"], node["value"]
    if not isinstance(field, str) or field not in types:
        raise Refusal("invalid_parameter_value", f"{path}.field", field)
    if not isinstance(name, str) or name not in OPERATORS or types[field] == "array":
        raise Refusal("invalid_parameter_value", f"{path}.operator", name)
    _check_value(name, value, types[field], f"{path}.value")
    return _compare(field, name, value, f"{path}.value")


def _compile_group(node: dict[str, Any], types: Mapping[str, str], path: str) -> Predicate:
    _require(node, path, "filters", "condition")
    if not isinstance(node["filters"], list):
        raise Refusal("data_type_error", f"{path}.filters", node["filters"], expected="array")
    if node["condition"] not in ("and", "or"):
        raise Refusal("invalid_parameter_value", f"{path}.condition", node["condition"])
    parts = [compile_filter(part, types, f"{path}.filters") for part in node["filters"]]
    join = all if node["condition"] == "and" else any
    return lambda row: join(part(row) for part in parts)


def _require(node: dict[str, Any], path: str, *names: str) -> None:
    for name in node:
        if name not in names:
            raise Refusal("unexpected_parameters", f"{path}.{name}", node[name])
    for name in names:
        if name not in node:
            raise Refusal("required_parameter_missed", f"{path}.{name}")


def _check_value(name: str, value: Any, expected: str, path: str) -> None:
    if name == "in" and not isinstance(value, list):
        raise Refusal("data_type_error", path, value, expected="array")
    if value is None and name in ("=", "!="):
        return
    kind = "string" if name in ("like", "regexp") else expected
    for item in value if name == "in" else [value]:
        if not has_type(item, kind):
            raise Refusal("data_type_error", path, value, expected=kind)


def _compare(field: str, name: str, value: Any, path: str) -> Predicate:
    if name == "=":
        return lambda row: bool(row[field] == value)
    if name == "!=":
        return lambda row: bool(row[field] != value)
    if name == "in":
        wanted = frozenset(value)
        return lambda row: row[field] in wanted
    if name in ORDERED:
        holds = ORDERED[name]
        return lambda row: row[field] is not None and holds(row[field], value)
    pattern = _pattern(name, value, path)
    return lambda row: row[field] is not None and bool(pattern.search(str(row[field])))


def _pattern(name: str, value: str, path: str) -> re.Pattern[str]:
    """`like`: `%` is any text, `_` any character, letters of either case. `regexp`: as it is."""
    if name == "like":
        text = re.escape(value).replace("%", ".*").replace("_", ".")
        return re.compile(f"^{text}$", re.IGNORECASE | re.DOTALL)
    try:
        return re.compile(value)
    except re.error as error:
        raise Refusal("invalid_parameter_value", path, value) from error
