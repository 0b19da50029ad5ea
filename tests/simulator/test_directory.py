"""What the Data API keeps beside calls: employees, tags, the blacklist; and numbers with several scenarios."""

from collections.abc import Callable
from typing import Any

import pytest
from support.simulator import NUMBER, Clock, Rpc, sever_config

from clickcall.simulator import Config, Simulator
from clickcall.simulator.config import Blocked, Number, Scenario, Tag

Start = Callable[[Config], Rpc]
CLIENT = "79169990011"


def press(contact: str) -> dict[str, Any]:
    return {"virtual_phone_number": NUMBER, "contact": contact, "first_call": "employee"}


def test_employees_come_with_their_phones_and_status(data_api: Rpc) -> None:
    rows = data_api.data("get.employees")
    assert rows[0] == {
        "id": 486101,
        "full_name": "Анна Кузнецова",
        "status": "available",
        "phone_numbers": ["0486101"],
        "extension": "101",
        "email": "anna@sever.example",
    }
    assert len(rows) == 5


def test_tags_are_the_accounts_and_the_systems(data_api: Rpc) -> None:
    system = {"field": "is_system", "operator": "=", "value": True}
    assert data_api.data("get.tags", filter=system) == [{"id": 1, "name": "Спам", "is_system": True}]
    assert len(data_api.data("get.tags", sort=[{"field": "name", "order": "desc"}], fields=["name"])) == 3


def test_lists_are_paged_sorted_and_narrowed_as_all_are(data_api: Rpc) -> None:
    by_id = [{"field": "id", "order": "desc"}]
    answer = data_api.ask("get.employees", {"limit": 2, "offset": 1, "sort": by_id, "fields": ["id"]})["result"]
    assert answer["data"] == [{"id": 486104}, {"id": 486103}]
    assert answer["metadata"]["total_items"] == 5
    assert data_api.error("get.tags", fields=["colour"])["mnemonic"] == "invalid_parameter_value"


def test_a_phone_on_the_blacklist_is_not_rung_until_it_is_taken_off(call_api: Rpc, data_api: Rpc) -> None:
    call_api.start(CLIENT)
    added = data_api.data("create.phone_number_to_blacklist", phone_number=CLIENT, add_comment="спам")
    assert call_api.error("start.vnumber_call", **press(CLIENT))["mnemonic"] == "contact_in_blacklist"
    mine = {"field": "phone_number", "operator": "=", "value": CLIENT}
    assert data_api.data("get.blacklist_phone_numbers", filter=mine) == [
        {"id": added["id"], "phone_number": CLIENT, "comment": "спам"}
    ]
    data_api.data("delete.phone_number_from_blacklist", id=added["id"])
    assert data_api.data("get.blacklist_phone_numbers", filter=mine) == []
    assert call_api.start(CLIENT)


def test_a_configured_entry_has_its_comment_and_comes_back_with_a_reset(call_api_of: Start) -> None:
    rpc = call_api_of(sever_config(blacklist=(CLIENT,), blocked=(Blocked("79169990012", "грубил"),)))
    rpc.url = rpc.url.replace("v4.0", "v2.0")
    rows = rpc.data("get.blacklist_phone_numbers")
    assert [(row["phone_number"], row["comment"]) for row in rows] == [(CLIENT, None), ("79169990012", "грубил")]


def test_a_reset_brings_back_the_configured_blacklist(data_api: Rpc, simulator: Simulator) -> None:
    before = data_api.data("get.blacklist_phone_numbers", fields=["phone_number"])
    data_api.data("create.phone_number_to_blacklist", phone_number=CLIENT)
    simulator.reset()
    assert data_api.data("get.blacklist_phone_numbers", fields=["phone_number"]) == before


def test_what_the_blacklist_cannot_do_is_refused_in_words(data_api: Rpc) -> None:
    data_api.data("create.phone_number_to_blacklist", phone_number=CLIENT)
    twice = data_api.error("create.phone_number_to_blacklist", phone_number=CLIENT)
    unknown = data_api.error("delete.phone_number_from_blacklist", id=5)
    assert (twice["mnemonic"], unknown["mnemonic"]) == ("error", "error")
    assert CLIENT in twice["message"]
    wrong = data_api.error("create.phone_number_to_blacklist", phone_number="+7916")
    assert (wrong["mnemonic"], wrong["field"]) == ("invalid_parameter_value", "phone_number")


def test_a_running_call_can_be_tagged_once(call_api: Rpc, clock: Clock) -> None:
    session = call_api.start()
    assert call_api.data("tag.call", call_session_id=session, tag_id=91) == {"success": "true"}
    assert call_api.data("list.calls")[0]["tags"] == [{"tag_id": 91, "tag_name": "Целевой"}]
    assert call_api.error("tag.call", call_session_id=session, tag_id=91)["mnemonic"] == "duplicate_tag"
    assert call_api.error("tag.call", call_session_id=session, tag_id=5)["mnemonic"] == "tag_not_found"
    clock.tick(60)
    assert call_api.error("tag.call", call_session_id=session, tag_id=92)["mnemonic"] == "call_session_not_found"


def test_a_call_that_is_over_is_tagged_by_its_communication(call_api: Rpc, data_api: Rpc, clock: Clock) -> None:
    call_api.start()
    clock.tick(60)
    window = {
        "date_from": "2026-10-01 00:00:00",
        "date_till": "2026-12-01 00:00:00",
        "fields": ["communication_id", "tags"],
    }
    (row,) = data_api.data("get.calls_report", **window)
    mark = {"communication_id": row["communication_id"], "communication_type": "call", "tag_id": 92}
    data_api.data("set.tag_communications", **mark)
    (row,) = data_api.data("get.calls_report", **window)
    assert row["tags"] == [{"tag_id": 92, "tag_name": "Перезвонить"}]
    assert data_api.error("set.tag_communications", **mark)["mnemonic"] == "duplicate_tag"
    assert data_api.error("set.tag_communications", **{**mark, "communication_id": 1})["mnemonic"] == "error"
    data_api.data("unset.tag_communications", **mark)
    assert data_api.data("get.calls_report", **window)[0]["tags"] == []
    assert data_api.error("unset.tag_communications", **mark)["mnemonic"] == "tag_not_found"


@pytest.mark.parametrize("method", ["set.tag_communications", "unset.tag_communications"])
def test_a_communication_is_tagged_with_just_what_the_documents_name(data_api: Rpc, method: str) -> None:
    mark = {"communication_id": 77, "communication_type": "call", "tag_id": 92}
    wrong = (
        ({"communication_id": "77"}, "data_type_error"),
        ({"communication_type": "chat"}, "invalid_parameter_value"),
        ({"colour": 1}, "unexpected_parameters"),
    )
    assert [data_api.error(method, **{**mark, **one})["mnemonic"] for one, _says in wrong] == [
        says for _, says in wrong
    ]
    assert data_api.error(method, communication_id=77, tag_id=92)["mnemonic"] == "required_parameter_missed"


@pytest.fixture
def numbers() -> tuple[Number, ...]:
    inactive = Scenario("Прежний", is_active=False)
    return (
        Number("74950000001", scenarios=(inactive, Scenario("Новый"))),
        Number("74950000002", scenarios=(inactive,), status="manual_lock", type="call_tracking", category="business"),
    )


def test_a_number_rings_while_one_of_its_scenarios_is_active(call_api_of: Start, numbers: tuple[Number, ...]) -> None:
    rpc = call_api_of(sever_config(numbers=numbers))
    assert rpc.start(virtual_phone_number="74950000001")
    error = rpc.error("start.vnumber_call", **press(CLIENT) | {"virtual_phone_number": "74950000002"})
    assert error["mnemonic"] == "scenario_not_found"
    rpc.url = rpc.url.replace("v4.0", "v2.0")
    first, second = rpc.data("get.virtual_numbers")
    assert [scenario["is_active"] for scenario in first["scenarios"]] == [False, True]
    assert len({scenario["scenario_id"] for scenario in first["scenarios"]}) == 2
    assert (second["status"], second["type"], second["category"]) == ("manual_lock", "call_tracking", "business")


def test_a_method_without_its_component_is_refused_by_either_api_in_its_way(call_api_of: Start) -> None:
    rpc = call_api_of(sever_config(disabled_methods=("get.tags", "tag.call"), tags=(Tag(1, "x"),)))
    assert rpc.error("tag.call", call_session_id=1, tag_id=1)["mnemonic"] == "component_disabled"
    rpc.url = rpc.url.replace("v4.0", "v2.0")
    error = rpc.error("get.tags")
    assert (error["mnemonic"], error["code"]) == ("method_component_disabled", -32008)
    assert rpc.data("get.employees")


def test_a_field_without_its_component_is_refused_when_it_is_named(call_api_of: Start) -> None:
    rpc = call_api_of(sever_config(disabled_fields=("name",)))
    rpc.url = rpc.url.replace("v4.0", "v2.0")
    error = rpc.error("get.tags", fields=["id", "name"])
    assert (error["mnemonic"], error["code"]) == ("parameter_component_disabled", -32008)
    assert (error["field"], error["value"]) == ("fields", "name")
    assert "result" in rpc.ask("get.tags", {"fields": ["id"]})


@pytest.mark.parametrize("spelling", ["current_version_deprecated", "current_version_depricated"])
def test_a_deprecated_version_is_told_with_every_answer(call_api_of: Start, spelling: str) -> None:
    rpc = call_api_of(sever_config(deprecated=spelling))
    for metadata in (rpc.ask("list.calls")["result"]["metadata"], rpc.error("tag.call")["metadata"]):
        assert (metadata["api_version"], metadata["current_version"]) == (spelling, "v4.0")
        assert metadata["latest_version"] == "v5.0"
