from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from support.wire_server import answers, http, success

from clickcall.provider.client import Client
from clickcall.provider.data_api import CALLS_REPORT_FIELDS, DataApi
from clickcall.provider.errors import AnswerUnknown, Refused

MOSCOW = ZoneInfo("Europe/Moscow")
FROM, TILL = datetime(2026, 11, 1, 21, 0, tzinfo=UTC), datetime(2026, 11, 2, 20, 59, 59, tzinfo=UTC)


@pytest.fixture
def api(wires, serve, token):
    """api(script) -> the API and the server behind it."""

    def make(script):
        server = serve(script)
        return DataApi(Client(wires(), server.url), token), server

    return make


def pages_of(total, most=10_000, **extra):
    """A provider with `total` rows that gives at most `most` at a time."""

    def script(seen, sock):
        params = seen.call["params"]
        end = min(total, params["offset"] + min(most, params["limit"]))
        rows = [{"id": n, **extra} for n in range(params["offset"], end)]
        sock.sendall(success(seen, rows, {"total_items": total}))

    return script


@pytest.mark.parametrize(
    "data", [[{"app_id": 5, "timezone": "Europe/Moscow"}], {"app_id": 5, "timezone": "Europe/Moscow"}]
)
def test_the_account_is_found_in_a_list_or_alone(api, data):
    account = api(answers(data, {"limits": {"day_limit": 9}}))[0].get_account(request_id="r1")
    assert account == {"app_id": 5, "timezone": "Europe/Moscow"}
    assert account.metadata.limits.day_limit == 9


@pytest.mark.parametrize("data", [None, [], {}, [None], ["x"]])
def test_an_answer_without_an_account_is_none(api, data):
    with pytest.raises(AnswerUnknown, match="no_data"):
        api(answers(data))[0].get_account(request_id="r1")


def test_pages_are_asked_for_until_all_rows_are_here_even_if_one_is_short(api):
    numbers, server = api(pages_of(2500, most=700))
    assert [row["id"] for row in numbers.get_virtual_numbers(request_id="r1")] == list(range(2500))
    assert [seen.call["id"] for seen in server.requests] == ["r1", "r1#p2", "r1#p3", "r1#p4"]
    assert [seen.call["params"]["offset"] for seen in server.requests] == [0, 700, 1400, 2100]


def test_one_page_is_enough_when_it_holds_all(api):
    files, server = api(pages_of(1000))
    found = files.get_media_files(request_id="r1")
    assert len(found) == 1000
    assert found.is_complete
    assert [seen.call["method"] for seen in server.requests] == ["get.media_files"]


def test_an_empty_page_ends_a_list_that_promises_more(api):
    files, server = api(answers([], {"total_items": 5}))
    found = files.get_media_files(request_id="r1")
    assert found == []
    assert not found.is_complete
    assert len(server.requests) == 1


def test_without_a_total_a_short_page_is_the_last(api):
    files, server = api(answers([{"id": 1}]))
    assert files.get_media_files(request_id="r1") == [{"id": 1}]
    assert len(server.requests) == 1


def test_a_page_that_is_too_large_is_asked_for_in_smaller_ones(api):
    report, server = api(pages_of(600, text="x" * 4000))
    found = report.get_calls_report(FROM, TILL, MOSCOW, request_id="r1")
    assert [row["id"] for row in found] == list(range(600))
    assert {seen.call["params"]["limit"] for seen in server.requests} == {500, 125}


def test_a_row_that_is_too_large_alone_ends_the_question(api):
    report, server = api(pages_of(5, text="x" * 2**21))
    with pytest.raises(AnswerUnknown, match="too_large"):
        report.get_calls_report(FROM, TILL, MOSCOW, request_id="r1")
    assert [seen.call["params"]["limit"] for seen in server.requests] == [500, 125, 31, 7, 1]


def test_more_rows_than_can_be_reached_are_not_read_in_part(api):
    report, server = api(pages_of(200_000))
    with pytest.raises(AnswerUnknown, match="too_large"):
        report.get_calls_report(FROM, TILL, MOSCOW, request_id="r1")
    assert len(server.requests) == 1


def test_a_refused_page_refuses_the_whole(api):
    def first_then_no(seen, sock):
        if seen.call["params"]["offset"]:
            body = '{"id":"%s","error":{"data":{"mnemonic":"limit_exceeded"}}}' % seen.call["id"]  # noqa: UP031
            sock.sendall(http(body))
        else:
            sock.sendall(success(seen, [{"id": 1}], {"total_items": 2}))

    with pytest.raises(Refused, match="limit_exceeded"):
        api(first_then_no)[0].get_media_files(request_id="r1")


def test_the_report_is_asked_for_in_the_accounts_time_with_our_fields(api, token):
    report, server = api(pages_of(0))
    wanted = {"field": "call_api_external_id", "operator": "=", "value": "e1"}
    report.get_calls_report(FROM, TILL, MOSCOW, filter=wanted, include_ongoing_calls=True, request_id="r1")
    assert server.requests[0].call["params"] == {
        "access_token": token,
        "date_from": "2026-11-02 00:00:00",
        "date_till": "2026-11-02 23:59:59",
        "fields": list(CALLS_REPORT_FIELDS),
        "filter": wanted,
        "include_ongoing_calls": True,
        "limit": 500,
        "offset": 0,
    }


def refusing(field):
    """A provider to whom one field of the report is not known, as long as it is asked for."""

    def answer(seen, sock):
        if "cpn_region_name" in seen.call["params"]["fields"]:
            data = '{"mnemonic":"invalid_parameter_value","field":"%s"}' % field  # noqa: UP031
            sock.sendall(http('{"id":"r1","error":{"data":%s}}' % data))  # noqa: UP031
        else:
            sock.sendall(success(seen, [{"id": 1}], {"total_items": 1}))

    return answer


@pytest.mark.parametrize("field", ["fields", "cpn_region_name", ""])
def test_a_provider_that_does_not_know_the_region_is_asked_again_without(api, field):
    report, server = api(refusing(field))
    assert report.get_calls_report(FROM, TILL, MOSCOW, request_id="r1") == [{"id": 1}]
    first, second = (seen.call["params"]["fields"] for seen in server.requests)
    assert set(first) - set(second) == {"cpn_region_name"}
    assert report.get_calls_report(FROM, TILL, MOSCOW, request_id="r1") == [{"id": 1}]
    assert [seen.call["params"]["fields"] for seen in server.requests[2:]] == [second], "asked once for all"


def test_a_report_that_is_refused_for_something_else_is_not_asked_for_again(api):
    report, server = api(refusing("filter.field"))
    with pytest.raises(Refused):
        report.get_calls_report(FROM, TILL, MOSCOW, request_id="r1")
    assert len(server.requests) == 1


def test_the_last_second_begun_is_asked_for_too(api):
    report, server = api(pages_of(0))
    report.get_calls_report(FROM, TILL.replace(second=1, microsecond=1), MOSCOW, ["id"], request_id="r1")
    params = server.requests[0].call["params"]
    assert (params["date_till"], params["fields"]) == ("2026-11-02 23:59:02", ["id"])
    assert not {"filter", "include_ongoing_calls"} & params.keys()


def test_a_naive_time_is_a_mistake_and_asks_nobody(api):
    report, server = api(pages_of(0))
    with pytest.raises(ValueError, match="aware"):
        report.get_calls_report(FROM.replace(tzinfo=None), TILL, MOSCOW, request_id="r1")
    assert server.requests == []


def test_what_no_default_report_holds_is_asked_for():
    assert {"call_api_external_id", "call_api_request_id", "tags", "employees"} <= set(CALLS_REPORT_FIELDS)
