"""What all `get.*` methods share: limit, offset, filter, sort, fields."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clickcall.simulator.filters import Row, compile_filter
from clickcall.simulator.methods import Given
from clickcall.simulator.refusals import Refusal
from clickcall.simulator.schema import Param, Schema

PAGING: Schema = {
    "limit": Param("integer", least=1, most=10_000),
    "offset": Param("integer", least=0, most=100_000),
    "filter": Param("object"),
    "sort": Param("array"),
    "fields": Param("array"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a row: its JSON type, and whether it is answered when nobody asked for it."""

    type: str = "string"
    default: bool = True


Fields = Mapping[str, Field]


def listing(rows: Iterable[Row], fields: Fields, params: dict[str, Any], spelling: str = "metadata") -> Given:
    """The page of `rows` that `params` ask for. Raises Refusal for unknown fields anywhere."""
    shown = _shown(fields, params)
    order = _order(fields, params.get("sort", []))
    if "filter" in params:
        matches = compile_filter(params["filter"], {name: one.type for name, one in fields.items()})
        rows = filter(matches, rows)
    found = list(rows)
    for key, backwards in reversed(order):
        found.sort(key=key, reverse=backwards)
    offset = params.get("offset", 0)
    page = found[offset : offset + params.get("limit", 1000)]
    data = [{name: row[name] for name in shown} for row in page]
    return Given(data, total_items=len(found), spelling=spelling)


def _shown(fields: Fields, params: dict[str, Any]) -> list[str]:
    if "fields" not in params:
        return [name for name, one in fields.items() if one.default]
    for name in params["fields"]:
        _known(fields, name, "fields")
    return list(params["fields"])


def _order(fields: Fields, sort: list[Any]) -> list[tuple[Callable[[Row], Any], bool]]:
    order: list[tuple[Callable[[Row], Any], bool]] = []
    for entry in sort:
        if not isinstance(entry, dict):
            raise Refusal("data_type_error", "sort", entry, expected="object")
        if missing := sorted({"field", "order"} - set(entry)):
            raise Refusal("required_parameter_missed", f"sort.{missing[0]}")
        if more := sorted(set(entry) - {"field", "order"}):
            raise Refusal("unexpected_parameters", f"sort.{more[0]}", entry[more[0]])
        _known(fields, entry["field"], "sort.field")
        if entry["order"] not in ("asc", "desc") or fields[entry["field"]].type == "array":
            raise Refusal("invalid_parameter_value", "sort.order", entry["order"])
        order.append((_key(entry["field"]), entry["order"] == "desc"))
    return order


def _key(field: str) -> Callable[[Row], Any]:
    """Sorts by the field, nulls last when ascending."""
    return lambda row: (row[field] is None, "" if row[field] is None else row[field])


def _known(fields: Fields, name: Any, path: str) -> None:
    if not isinstance(name, str):
        raise Refusal("data_type_error", path, name, expected="string")
    if name not in fields:
        raise Refusal("invalid_parameter_value", path, name)
