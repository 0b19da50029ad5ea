"""The customer's parameter table, case by case, over HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.simulator import Rpc

from clickcall.simulator import Simulator
from clickcall.simulator.config import Account, Config, Media, Number, Token

DOCUMENT = json.loads(Path(__file__).with_name("conformance.json").read_text(encoding="utf-8"))


def account(facts: dict[str, Any]) -> Account:
    return Account(
        slug="conformance",
        tokens=(Token("conformance-token-0123456789"),),
        numbers=tuple(
            Number(number, scenario=number not in facts["without_scenario"])
            for number in facts["virtual_phone_numbers"]
        ),
        media=tuple(Media(name, type=kind) for name, kind in facts["media_files"].items()),
        blacklist=tuple(facts["blacklist"]),
        tts_message_max_length=facts["tts_message_max_length"],
        automatic_number_management=facts["automatic_number_management"],
    )


@pytest.fixture(scope="module")
def provider() -> Iterator[Rpc]:
    with Simulator(Config(accounts=(account(DOCUMENT["account"]),))) as simulator:
        rpc = Rpc(simulator.call_api_url, "conformance-token-0123456789")
        yield rpc
        rpc.close()


@pytest.mark.parametrize("case", DOCUMENT["cases"], ids=lambda case: case["name"])
def test_every_case_is_answered_as_the_documents_say(provider: Rpc, case: dict[str, Any]) -> None:
    body = provider.ask("start.vnumber_call", case["params"])
    if case["expect"] == "ok":
        assert body["result"]["data"]["call_session_id"] > 2**32
    else:
        error = body["error"]["data"]
        assert (error["mnemonic"], error.get("field")) == (case["expect"], case.get("field"))
