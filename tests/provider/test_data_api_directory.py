"""Lists and acts of the Data API beside calls."""

import pytest
from support.wire_server import answers, http, success

from clickcall.provider.client import Client
from clickcall.provider.data_api import DataApi
from clickcall.provider.errors import Refused


@pytest.fixture
def api(wires, serve, token):
    """api(script) -> the API and the server behind it."""

    def make(script):
        server = serve(script)
        return DataApi(Client(wires(), server.url), token), server

    return make


def params(server, place=0):
    found = dict(server.requests[place].call["params"])
    assert found.pop("access_token")
    return found


@pytest.mark.parametrize(
    ("ask", "method"),
    [
        ("get_virtual_numbers", "get.virtual_numbers"),
        ("get_media_files", "get.media_files"),
        ("get_employees", "get.employees"),
        ("get_tags", "get.tags"),
        ("get_blacklist", "get.blacklist_phone_numbers"),
    ],
)
def test_a_list_is_asked_for_by_its_name(api, ask, method):
    data, server = api(answers([{"id": 1}], {"total_items": 1}))
    assert getattr(data, ask)(request_id="r1") == [{"id": 1}]
    assert server.requests[0].call["method"] == method
    assert params(server) == {"limit": 1000, "offset": 0}


class ClosedError(Exception):
    pass


def test_a_gate_that_closes_stops_before_the_next_page(api):
    def page(seen, sock):
        sock.sendall(success(seen, [{"id": seen.call["params"]["offset"]}], {"total_items": 9}))

    def gate():
        passed.append(1)
        if len(passed) > 2:
            raise ClosedError

    data, server = api(page)
    passed = []
    with pytest.raises(ClosedError):
        data.get_tags(request_id="r1", gate=gate)
    assert len(server.requests) == 2


def test_the_entries_of_one_phone_are_asked_for(api):
    data, server = api(answers([], {"total_items": 0}))
    data.get_blacklist("79991112233", request_id="r1")
    assert params(server)["filter"] == {"field": "phone_number", "operator": "=", "value": "79991112233"}


@pytest.mark.parametrize("answer", [{"id": 5}, [{"id": "5"}]])
def test_an_entry_is_made_and_named(api, answer):
    data, server = api(answers(answer))
    assert data.create_blacklist_entry("79991112233", "rude", request_id="r1") == "5"
    assert server.requests[0].call["method"] == "create.phone_number_to_blacklist"
    assert params(server) == {"phone_number": "79991112233", "add_comment": "rude"}


@pytest.mark.parametrize("answer", [{}, None, [], "x", {"id": None}])
def test_an_entry_that_was_made_without_a_name_has_none(api, answer):
    data, server = api(answers(answer))
    assert data.create_blacklist_entry("79991112233", request_id="r1") == ""
    assert params(server) == {"phone_number": "79991112233"}


def test_an_entry_is_taken_away_by_its_number(api):
    data, server = api(answers({"success": "true"}))
    data.delete_blacklist_entry("70000000000000000001", request_id="r1")
    assert server.requests[0].call["method"] == "delete.phone_number_from_blacklist"
    assert params(server) == {"id": 70000000000000000001}


@pytest.mark.parametrize("method", ["set", "unset"])
def test_a_tag_is_put_on_a_call_that_has_ended_and_taken_off(api, method):
    data, server = api(answers({"success": "true"}))
    getattr(data, f"{method}_tag_communications")("77", "x9", request_id="r1")
    assert server.requests[0].call["method"] == f"{method}.tag_communications"
    assert params(server) == {"communication_id": 77, "communication_type": "call", "tag_id": "x9"}


def test_a_refusal_comes_through(api):
    def no(seen, sock):
        sock.sendall(http('{"id":"r1","error":{"data":{"mnemonic":"error"},"message":"already there"}}'))

    with pytest.raises(Refused, match="error"):
        api(no)[0].create_blacklist_entry("79991112233", request_id="r1")
