"""Limit, offset, filter, sort and fields, on the lists of the demo's account."""

from typing import Any

import pytest
from support.simulator import Rpc

ALL = ["74993720692", "74951045771", "78312000022", "74952120120", "78123098765"]


def numbers(data_api: Rpc, **params: Any) -> list[str]:
    rows = data_api.data("get.virtual_numbers", fields=["virtual_phone_number"], **params)
    return [row["virtual_phone_number"] for row in rows]


def one(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


def test_numbers_come_with_their_scenarios(data_api: Rpc) -> None:
    rows = data_api.data("get.virtual_numbers")
    assert [bool(row["scenarios"]) for row in rows] == [True, True, True, True, False]
    assert (rows[0]["status"], rows[0]["type"], rows[0]["scenarios"][0]["is_active"]) == ("active", "va", True)


def test_media_files_are_the_users_and_the_systems(data_api: Rpc) -> None:
    rows = data_api.data("get.media_files")
    assert [(row["id"], row["type"]) for row in rows] == [(237, "user"), (1, "system")]


def test_the_account_is_a_list_and_spells_its_metadata_in_its_own_way(data_api: Rpc) -> None:
    result = data_api.ask("get.account")["result"]
    assert result["data"] == [{"app_id": 4861, "name": "Северный ветер", "timezone": "Europe/Moscow"}]
    assert result["meta_data"]["limits"]["day_limit"] == 1_000_000
    assert "metadata" not in result


def test_pages_say_how_many_there_are(data_api: Rpc) -> None:
    answer = data_api.ask("get.virtual_numbers", {"limit": 2, "offset": 4})["result"]
    assert (len(answer["data"]), answer["metadata"]["total_items"]) == (1, 5)
    assert numbers(data_api, limit=2, offset=1) == ALL[1:3]
    assert numbers(data_api, offset=5) == []


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (one("virtual_phone_number", "=", ALL[1]), [1]),
        (one("virtual_phone_number", "!=", ALL[1]), [0, 2, 3, 4]),
        (one("virtual_phone_number", "in", [ALL[4], ALL[0], "1"]), [0, 4]),
        (one("virtual_phone_number", "like", "7495%"), [1, 3]),
        (one("name", "like", "%МОСКВА%"), [0, 1, 3]),
        (one("virtual_phone_number", "like", "7495"), []),
        (one("virtual_phone_number", "regexp", "22$"), [2]),
        (one("id", "<", 4861003), [0, 1]),
        (one("id", ">", 4861003), [3, 4]),
        (one("id", "<=", 4861003), [0, 1, 2]),
        (one("id", ">=", 4861003), [2, 3, 4]),
        (one("comment", "=", None), [0, 1, 2, 3, 4]),
        (one("comment", "<", "x"), []),
        (
            {
                "condition": "or",
                "filters": [
                    one("virtual_phone_number", "=", ALL[2]),
                    {"condition": "and", "filters": [one("id", ">", 4861003), one("id", "<", 4861005)]},
                ],
            },
            [2, 3],
        ),
    ],
)
def test_filters_choose_rows(data_api: Rpc, condition: dict[str, Any], found: list[int]) -> None:
    assert numbers(data_api, filter=condition) == [ALL[index] for index in found]


def test_rows_are_sorted_by_several_fields(data_api: Rpc) -> None:
    order = [{"field": "status", "order": "asc"}, {"field": "virtual_phone_number", "order": "desc"}]
    assert numbers(data_api, sort=order) == sorted(ALL, reverse=True)


@pytest.mark.parametrize(
    ("params", "mnemonic", "field"),
    [
        ({"fields": ["id", "colour"]}, "invalid_parameter_value", "fields"),
        ({"fields": [5]}, "data_type_error", "fields"),
        ({"limit": 0}, "invalid_parameter_value", "limit"),
        ({"limit": 10_001}, "invalid_parameter_value", "limit"),
        ({"limit": "10"}, "data_type_error", "limit"),
        ({"limit": 2.5}, "data_type_error", "limit"),
        ({"offset": 100_001}, "invalid_parameter_value", "offset"),
        ({"filter": one("colour", "=", "x")}, "invalid_parameter_value", "filter.field"),
        ({"filter": one("id", "~", 1)}, "invalid_parameter_value", "filter.operator"),
        ({"filter": one("scenarios", "=", [])}, "invalid_parameter_value", "filter.operator"),
        ({"filter": one("id", "=", "1")}, "data_type_error", "filter.value"),
        ({"filter": one("id", "in", 1)}, "data_type_error", "filter.value"),
        ({"filter": one("id", "in", [1, "2"])}, "data_type_error", "filter.value"),
        ({"filter": one("name", "regexp", "(")}, "invalid_parameter_value", "filter.value"),
        ({"filter": {"field": "id", "operator": "="}}, "required_parameter_missed", "filter.value"),
        ({"filter": one("id", "=", 1) | {"not": 1}}, "unexpected_parameters", "filter.not"),
        ({"filter": {"filters": []}}, "required_parameter_missed", "filter.condition"),
        ({"filter": {"filters": [], "condition": "xor"}}, "invalid_parameter_value", "filter.condition"),
        ({"filter": {"filters": {}, "condition": "or"}}, "data_type_error", "filter.filters"),
        ({"filter": {"filters": ["x"], "condition": "or"}}, "data_type_error", "filter.filters"),
        ({"sort": [{"field": "id"}]}, "required_parameter_missed", "sort.order"),
        ({"sort": [{"field": "colour", "order": "asc"}]}, "invalid_parameter_value", "sort.field"),
        ({"sort": [{"field": "id", "order": "up"}]}, "invalid_parameter_value", "sort.order"),
        ({"sort": [{"field": "id", "order": "asc", "nulls": 1}]}, "unexpected_parameters", "sort.nulls"),
        ({"sort": ["id"]}, "data_type_error", "sort"),
        ({"page": 2}, "unexpected_parameters", "page"),
    ],
)
def test_what_a_list_does_not_know_is_refused(data_api: Rpc, params: dict[str, Any], mnemonic: str, field: str) -> None:
    error = data_api.error("get.virtual_numbers", **params)
    assert (error["mnemonic"], error["field"]) == (mnemonic, field)
