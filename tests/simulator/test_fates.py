"""Every fate: what comes back, whether a call exists, and what the report says in the end."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests
from support.simulator import NUMBER, SEVER, Clock, sever_config

from clickcall.simulator import Fate, Simulator
from clickcall.simulator.fates import REFUSED, markdown_table

CONTACTS = {fate: number for number, fate in sever_config().fates.items()}
REASONS = {
    Fate.ANSWERED: "caller_disconnects",
    Fate.BUSY: "caller_busy",
    Fate.NO_ANSWER: "caller_not_responsive",
    Fate.EMPLOYEE_NO_ANSWER: "operator_not_responsive",
    Fate.PHONE_OFFLINE: "sip_offline",
    Fate.COLLEAGUE_ANSWERS: "another_operator_answer",
    Fate.CONTACT_UNAVAILABLE: "no_success_caller_call",
    Fate.UNKNOWN_REASON: "line_quality_disconnects",
}


@pytest.fixture(scope="module")
def _patient(clock: Clock) -> Iterator[Simulator]:
    config = sever_config(blacklist=())
    with Simulator(replace(config, slow_seconds=0.05), clock=clock) as simulator:
        yield simulator


@pytest.fixture
def provider(_patient: Simulator) -> Simulator:
    _patient.reset()
    return _patient


def press(simulator: Simulator, fate: Fate, timeout: float = 5) -> requests.Response:
    params = {"access_token": SEVER, "virtual_phone_number": NUMBER, "contact": CONTACTS[fate]}
    request = {
        "jsonrpc": "2.0",
        "id": "press",
        "method": "start.vnumber_call",
        "params": {**params, "first_call": "employee", "external_id": "ours"},
    }
    return requests.post(simulator.call_api_url, json=request, timeout=timeout)


def outcome(simulator: Simulator) -> tuple[str, int]:
    """What the journal says of the one request, and how many calls were placed."""
    lines = simulator.journal()
    (answer,) = [line["answer"] for line in lines if line["type"] == "request"]
    return answer, sum(line.get("event") == "placed" for line in lines)


def test_the_demo_knows_a_number_for_every_fate() -> None:
    assert set(CONTACTS) == set(Fate)


@pytest.mark.parametrize(("fate", "reason"), REASONS.items())
def test_a_call_ends_as_its_fate_says(provider: Simulator, clock: Clock, fate: Fate, reason: str) -> None:
    session = press(provider, fate).json()["result"]["data"]["call_session_id"]
    clock.tick(60)
    ended = provider.journal()[-1]
    assert (ended["event"], ended["call_session_id"], ended["finish_reason"]) == ("ended", session, reason)
    assert ended["external_id"] == "ours"
    assert outcome(provider) == ("ok", 1)


@pytest.mark.parametrize(("fate", "mnemonic"), REFUSED.items())
def test_a_refusal_places_no_call(provider: Simulator, fate: Fate, mnemonic: str) -> None:
    error = press(provider, fate).json()["error"]["data"]
    assert error["mnemonic"] == mnemonic
    assert outcome(provider) == (mnemonic, 0)


def test_an_expired_token_is_echoed_and_an_exceeded_limit_says_which(provider: Simulator) -> None:
    expired = press(provider, Fate.ACCESS_TOKEN_EXPIRED).json()["error"]["data"]
    limited = press(provider, Fate.LIMIT_EXCEEDED).json()["error"]["data"]
    assert expired["value"] == SEVER
    assert limited["params"] == {"limit_type": "minute", "limit_max_value": 100_000}
    assert limited["metadata"]["limits"]["minute_remaining"] == 0
    assert 0 < limited["metadata"]["limits"]["minute_reset"] <= 60


@pytest.mark.parametrize(("fate", "placed"), [(Fate.LOST_TIMEOUT, 1), (Fate.LOST_NEVER, 0)])
def test_an_answer_that_never_comes(provider: Simulator, fate: Fate, placed: int) -> None:
    with pytest.raises(requests.ReadTimeout):
        press(provider, fate, timeout=0.05)
    assert outcome(provider) == (fate, placed)


def test_a_connection_that_is_reset(provider: Simulator) -> None:
    with pytest.raises(requests.ConnectionError, match="reset by peer"):
        press(provider, Fate.LOST_RESET)
    assert outcome(provider) == ("lost_reset", 1)


def test_an_answer_that_is_cut_off(provider: Simulator) -> None:
    with pytest.raises(requests.exceptions.JSONDecodeError):
        press(provider, Fate.LOST_BROKEN_JSON).json()
    assert outcome(provider) == ("lost_broken_json", 1)


def test_an_answer_to_another_request(provider: Simulator) -> None:
    assert press(provider, Fate.LOST_WRONG_ID).json()["id"] == "another-request"
    assert outcome(provider) == ("lost_wrong_id", 1)


@pytest.mark.parametrize(("fate", "placed"), [(Fate.HTTP_502, 0), (Fate.HTTP_502_PLACED, 1)])
def test_a_bad_gateway(provider: Simulator, fate: Fate, placed: int) -> None:
    answer = press(provider, fate)
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html")
    assert outcome(provider) == (fate, placed)


def test_an_internal_error_after_the_call_was_placed(provider: Simulator) -> None:
    answer = press(provider, Fate.INTERNAL_ERROR_PLACED).json()
    assert (answer["id"], answer["error"]["data"]["mnemonic"]) == ("press", "internal_error")
    assert outcome(provider) == ("internal_error_placed", 1)


def test_a_slow_answer_comes_in_the_end(provider: Simulator) -> None:
    answer = press(provider, Fate.SLOW)
    assert answer.elapsed.total_seconds() >= 0.05
    assert answer.json()["result"]["data"]["call_session_id"]
    assert outcome(provider) == ("slow", 1)


def test_a_long_talk_outlives_the_others(provider: Simulator, clock: Clock) -> None:
    press(provider, Fate.LONG_TALK)
    clock.tick(600)
    assert provider.journal()[-1]["event"] == "placed"
    clock.tick(60)
    assert provider.journal()[-1]["event"] == "ended"


def test_a_simulator_ends_at_once_while_a_client_still_waits() -> None:
    waiting: list[Exception] = []

    def wait() -> None:
        try:
            press(simulator, Fate.LOST_TIMEOUT, timeout=30)
        except requests.ConnectionError as error:
            waiting.append(error)

    with Simulator(sever_config()) as simulator:
        thread = threading.Thread(target=wait)
        thread.start()
        while not simulator.journal():
            time.sleep(0.001)
    thread.join(timeout=5)
    assert len(waiting) == 1


def test_the_readme_table_has_a_row_for_every_number() -> None:
    table = markdown_table({"79260000001": Fate.BUSY})
    assert table.splitlines()[2] == "| `79260000001` | `busy` | The contact is busy (`caller_busy`). |"
