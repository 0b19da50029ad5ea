"""What a status and a body mean, without a socket."""

import json

import pytest

from clickcall.provider.answers import judge
from clickcall.provider.errors import AnswerUnknown, Outcome, ProviderError, Refused
from clickcall.provider.metadata import Limits

TOKEN = "2fRN4g217ca0b4224a67988aff3e584f"
LIMITS = {
    "day_limit": 30000,
    "day_remaining": 29990,
    "day_reset": 3600,
    "minute_limit": 60,
    "minute_remaining": 0,
    "minute_reset": 23,
}


def rpc(**parts: object) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": "r1", **parts}).encode()


def error(mnemonic: object = "scenario_not_found", **data: object) -> dict[str, object]:
    return {"code": -32007, "message": "No", "data": {"mnemonic": mnemonic, **data}}


def fault(status: int, body: bytes) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        judge(status, body, request_id="r1", secrets=[TOKEN])
    assert caught.value.http_status == status
    return caught.value


@pytest.mark.parametrize("status", [200, 202, 302, 307, 404, 500, 502])
def test_a_success_with_our_id_decides_whatever_the_status(status):
    answer = judge(status, rpc(result={"data": {"x": 1}}), request_id="r1", secrets=[])
    assert (answer.data, answer.http_status) == ({"x": 1}, status)


@pytest.mark.parametrize("status", [200, 307, 400, 401, 500, 503])
@pytest.mark.parametrize("identifier", ["r1", None])
def test_an_error_with_our_id_or_null_decides_whatever_the_status(status, identifier):
    found = fault(status, rpc(id=identifier, error=error()))
    assert isinstance(found, Refused)
    assert (found.mnemonic, found.cause, found.code, found.message) == ("scenario_not_found", "error", -32007, "No")


def test_an_error_beside_a_null_result_is_an_error():
    assert isinstance(fault(200, rpc(result=None, error=error())), Refused)


def test_a_result_beside_a_null_error_is_a_success():
    assert judge(200, rpc(result={"data": 1}, error=None), request_id="r1", secrets=[]).data == 1


@pytest.mark.parametrize(
    ("status", "body", "cause"),
    [
        pytest.param(200, b"", "not_json", id="empty"),
        pytest.param(200, b"<html>", "not_json", id="a page"),
        pytest.param(200, b'{"jsonrpc": "2.0", "id": "r1", "res', "not_json", id="half"),
        pytest.param(200, b"\xff\xfe\xfa", "not_json", id="no UTF-8"),
        pytest.param(200, rpc(result={"data": float("nan")}), "not_json", id="no JSON but Python"),
        pytest.param(200, b"[" * 100_000, "not_json", id="too deep"),
        pytest.param(200, b"9" * 5000, "not_json", id="a number beyond all bounds"),
        pytest.param(200, b"[]", "not_json", id="a batch"),
        pytest.param(200, b'"ok"', "not_json", id="text"),
        pytest.param(200, rpc(), "not_json", id="neither result nor error"),
        pytest.param(200, rpc(id="r2", result={"data": {}}), "wrong_id", id="another's id"),
        pytest.param(200, rpc(id="r2", error=error()), "wrong_id", id="another's error"),
        pytest.param(200, rpc(id=None, result={"data": {}}), "wrong_id", id="success with null id"),
        pytest.param(200, rpc(id=["r1"], result={"data": {}}), "wrong_id", id="id of another type"),
        pytest.param(200, b'{"jsonrpc": "2.0", "result": {}}', "wrong_id", id="success without id"),
        pytest.param(200, b'{"jsonrpc": "2.0", "error": {}}', "wrong_id", id="error without id"),
        pytest.param(200, rpc(result={"data": {}}, error=error()), "wrong_id", id="both at once"),
        pytest.param(400, rpc(id="r2", error=error()), "wrong_id", id="4xx with another's error"),
        pytest.param(200, rpc(error=error("internal_error")), "internal_error", id="internal_error"),
        pytest.param(200, rpc(id=None, error=error("internal_error")), "internal_error", id="internal_error, null"),
        pytest.param(400, rpc(error=error("")), "no_mnemonic", id="empty mnemonic"),
        pytest.param(200, rpc(error=error(None)), "no_mnemonic", id="null mnemonic"),
        pytest.param(200, rpc(error={"code": -32603, "message": "x"}), "no_mnemonic", id="no data"),
        pytest.param(200, rpc(error="no"), "no_mnemonic", id="error is text"),
        pytest.param(200, rpc(error={"data": ["x"]}), "no_mnemonic", id="data is a list"),
        pytest.param(500, b"", "http_5xx", id="500"),
        pytest.param(502, b"<html>Bad gateway", "http_5xx", id="502"),
        pytest.param(503, rpc(id="r2", error=error()), "http_5xx", id="5xx with another's error"),
        pytest.param(301, b"", "redirect", id="301"),
        pytest.param(302, b"", "redirect", id="302"),
        pytest.param(304, b"", "redirect", id="304"),
        pytest.param(204, b"", "not_json", id="204"),
        pytest.param(101, b"", "bad_status", id="101"),
        pytest.param(999, b"", "bad_status", id="999"),
    ],
)
def test_what_is_no_answer_to_us_is_unknown(status, body, cause):
    found = fault(status, body)
    assert isinstance(found, AnswerUnknown)
    assert (found.cause, found.outcome) == (cause, Outcome.UNKNOWN)


@pytest.mark.parametrize(
    ("status", "body", "cause"),
    [
        (307, b"", "redirect"),
        (308, rpc(id="r2", result={}), "redirect"),
        (400, b"", "http_4xx"),
        (403, b"<html>Forbidden", "http_4xx"),
        (404, b"{}", "http_4xx"),
        (404, b'{"error": "no route"}', "http_4xx"),
    ],
)
def test_a_status_that_says_no_is_refused(status, body, cause):
    found = fault(status, body)
    assert isinstance(found, Refused)
    assert (found.cause, found.mnemonic) == (cause, "")


def test_an_error_keeps_field_params_and_limits():
    data = {"field": "contact_message.value", "params": {"limit_type": "minute"}, "metadata": {"limits": LIMITS}}
    found = fault(200, rpc(error=error("limit_exceeded", **data)))
    assert isinstance(found, Refused)
    assert (found.field, found.params) == ("contact_message.value", {"limit_type": "minute"})
    assert found.metadata is not None
    assert found.metadata.limits == Limits(**LIMITS)


def test_an_unknown_answer_keeps_its_limits_too():
    found = fault(200, rpc(error=error("internal_error", metadata={"limits": LIMITS})))
    assert found.metadata is not None
    assert found.metadata.limits is not None
    assert found.metadata.limits.minute_reset == 23


def test_the_token_that_an_error_echoes_is_nowhere():
    data = {"value": TOKEN, "field": TOKEN, "params": {TOKEN: [TOKEN]}, "extended_helper": f"is {TOKEN}"}
    body = rpc(error={"code": TOKEN, "message": f"bad {TOKEN}", "data": {"mnemonic": TOKEN, **data}})
    found = fault(200, body)
    assert TOKEN not in repr(vars(found)) + str(found) + repr(found)


def test_the_token_in_a_body_that_is_no_json_is_nowhere():
    found = fault(502, b"x" * 1990 + f"<p>{TOKEN}</p>".encode())
    assert TOKEN[:10] not in repr(found.raw)


def test_a_short_secret_leaves_the_providers_words_alone():
    with pytest.raises(Refused) as caught:
        judge(200, rpc(error=error("access_token_invalid", field="access_token")), request_id="r1", secrets=["token"])
    assert (caught.value.mnemonic, caught.value.field) == ("access_token_invalid", "access_token")


def test_a_mnemonic_that_is_none_is_cut_to_one_short_line():
    found = fault(200, rpc(error=error("a\nb" * 100)))
    assert isinstance(found, Refused)
    assert "\n" not in found.mnemonic
    assert len(found.mnemonic) <= 64


def test_a_success_does_not_show_its_data():
    answer = judge(200, rpc(result={"data": {"access_token": TOKEN}}), request_id="r1", secrets=[])
    assert answer.data == {"access_token": TOKEN}
    assert TOKEN not in repr(answer)


def test_text_that_no_database_takes_is_replaced_in_what_is_kept():
    answer = judge(200, rpc(result={"data": "a\x00\ud800"}), request_id="r1", secrets=[])
    assert answer.raw["result"] == {"data": "a\ufffd\ufffd"}
