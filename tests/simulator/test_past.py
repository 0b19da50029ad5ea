"""Calls of before the simulator was started."""

from typing import Any

import pytest
import requests
from support.simulator import Clock, Rpc

from clickcall.simulator import Simulator

WINDOW = {"date_from": "2026-11-01 00:00:00", "date_till": "2026-11-30 00:00:00"}
RECORD = "0123456789abcdef0123456789abcdef"


def row(**fields: Any) -> dict[str, Any]:
    return {
        "id": 5,
        "start_time": "2026-11-02 10:00:00",
        "finish_time": "2026-11-02 10:01:00",
        "finish_reason": "caller_disconnects",
        "is_lost": False,
        "direction": "out",
        "contact_phone_number": "79261112030",
        "virtual_phone_number": "74993720692",
        "wait_duration": 20,
        "talk_duration": 3,
        "clean_talk_duration": 3,
        "total_duration": 23,
        "call_records": [RECORD],
        "full_record_file_link": None,
        "communication_id": 77,
        "employees": [],
        "tags": [],
        "call_api_external_id": "ours",
        "call_api_request_id": "ours",
        **fields,
    }


def remember(simulator: Simulator, *rows: Any) -> int:
    return requests.post(f"{simulator.url}past", json={"account": "sever", "rows": rows}, timeout=5).status_code


def test_what_was_told_is_in_the_report_beside_new_calls(
    simulator: Simulator, call_api: Rpc, data_api: Rpc, clock: Clock
) -> None:
    assert remember(simulator, row(), row(id=4, start_time="2026-11-01 09:00:00", call_api_external_id=None)) == 204
    assert remember(simulator, row(), row(id=6, start_time="2026-12-01 09:00:00")) == 204
    session = call_api.start()
    clock.tick(60)
    assert [one["id"] for one in data_api.data("get.calls_report", **WINDOW)] == [4, 5, session]
    mine = {"field": "call_api_external_id", "operator": "=", "value": "ours"}
    assert [one["id"] for one in data_api.data("get.calls_report", **WINDOW, filter=mine)] == [5]


def test_its_recordings_play(simulator: Simulator) -> None:
    remember(simulator, row())
    assert requests.get(f"{simulator.url}system/media/talk/77/{RECORD}/", timeout=5).status_code == 200
    assert requests.get(f"{simulator.url}system/media/talk/78/{RECORD}/", timeout=5).status_code == 404


def test_it_is_tagged_as_a_new_call_is(simulator: Simulator, data_api: Rpc) -> None:
    remember(simulator, row())
    mark = {"communication_id": 77, "communication_type": "call", "tag_id": 92}
    data_api.data("set.tag_communications", **mark)
    assert data_api.error("set.tag_communications", **mark)["mnemonic"] == "duplicate_tag"
    (told,) = data_api.data("get.calls_report", **WINDOW, fields=["tags"])
    assert told["tags"] == [{"tag_id": 92, "tag_name": "Перезвонить"}]
    data_api.data("unset.tag_communications", **mark)
    assert data_api.data("get.calls_report", **WINDOW, fields=["tags"]) == [{"tags": []}]


def test_a_reset_forgets_the_past(simulator: Simulator, data_api: Rpc) -> None:
    remember(simulator, row())
    simulator.reset()
    assert data_api.data("get.calls_report", **WINDOW) == []


@pytest.mark.parametrize("wrong", ["row", {}, {"id": 1}, row(start_time="yesterday"), row(colour=1), row(start_time=5)])
def test_what_is_no_row_is_refused(simulator: Simulator, data_api: Rpc, wrong: Any) -> None:
    assert remember(simulator, row(), wrong) == 400
    assert data_api.data("get.calls_report", **WINDOW) == []
