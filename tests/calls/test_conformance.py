"""The customer's parameter table, case by case: what the form would send is right, or nothing is sent.

The simulator, which shares no code with the form, judges what the form would send.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import people
from support.simulator import Rpc

from clickcall.calls import payload
from clickcall.calls.forms import CallForm
from clickcall.models import Account, BlacklistEntry, MediaFile, Member
from clickcall.simulator import Simulator
from clickcall.simulator import config as provider_config

DOCUMENT = json.loads(Path(__file__).parents[1].joinpath("simulator/conformance.json").read_text(encoding="utf-8"))
FACTS = DOCUMENT["account"]
TOKEN = "conformance-token-0123456789"
# Wrong JSON types and names that nobody knows cannot be typed into a form.
OF_THE_BUILDER = ("data_type_error", "unexpected_parameters")
BY_FORM = [case for case in DOCUMENT["cases"] if case["expect"] not in OF_THE_BUILDER]
BY_BUILDER = [
    case
    for case in DOCUMENT["cases"]
    if case["expect"] in OF_THE_BUILDER and case["field"] != "show_virtual_phone_number"
]
# Where the document names no field, the one that a person would change.
FIELDS = {"scenario_not_found": "virtual_phone_number", "invalid_parameters_combination": "early_switching"}
NORMALISED = {"virtual number with a plus", "contact with a plus", "contact with spaces"}


def provided(*, show_virtual_phone_number: bool = False) -> provider_config.Account:
    return provider_config.Account(
        slug="conformance",
        tokens=(provider_config.Token(TOKEN),),
        numbers=tuple(
            provider_config.Number(digits, scenario=digits not in FACTS["without_scenario"])
            for digits in FACTS["virtual_phone_numbers"]
        ),
        media=tuple(provider_config.Media(name, type=kind) for name, kind in FACTS["media_files"].items()),
        blacklist=tuple(FACTS["blacklist"]),
        tts_message_max_length=FACTS["tts_message_max_length"],
        automatic_number_management=FACTS["automatic_number_management"],
        accepts_show_virtual_phone_number=show_virtual_phone_number,
    )


@pytest.fixture(scope="module")
def provider() -> Iterator[Rpc]:
    with Simulator(provider_config.Config(accounts=(provided(),))) as simulator:
        rpc = Rpc(simulator.call_api_url, TOKEN)
        yield rpc
        rpc.close()


@pytest.fixture
def told(account: Account, anna: Member) -> Account:
    """The account, told of everything that the document's account has."""
    account.tts_max_length = FACTS["tts_message_max_length"]
    account.automatic_number_management = FACTS["automatic_number_management"]
    account.save()
    for digits in FACTS["virtual_phone_numbers"]:
        people.make_number(account, digits, anna, has_scenario=digits not in FACTS["without_scenario"])
    for name, kind in FACTS["media_files"].items():
        MediaFile.objects.create(account=account, provider_id=name, kind=kind)
    for digits in FACTS["blacklist"]:
        BlacklistEntry.objects.create(account=account, digits=digits)
    anna.account = account
    return account


def typed(params: dict[str, Any]) -> dict[str, Any]:
    """Wire parameters as the form's data."""
    message = params.get("contact_message", {})
    flat = {name: value for name, value in params.items() if name != "contact_message"}
    return flat | {f"message_{name}": value for name, value in message.items()}


@pytest.mark.parametrize("case", BY_FORM, ids=lambda case: case["name"])
@pytest.mark.usefixtures("told")
def test_the_form_sends_what_is_right_or_nothing(case: dict[str, Any], anna: Member, provider: Rpc) -> None:
    form = CallForm(typed(case["params"]), member=anna)
    if case["name"] in NORMALISED:
        assert form.is_valid()
        sent = form.payload("x1")
        assert sent == case["params"] | {
            "virtual_phone_number": "74993720692",
            "contact": "79260000000",
            "external_id": "x1",
        }
        assert "result" in provider.ask("start.vnumber_call", sent)
    elif case["expect"] == "ok":
        assert form.is_valid(), form.errors
        assert form.payload("x1") == case["params"] | {"external_id": "x1"}
    else:
        assert not form.is_valid()
        assert list(form.wire_errors()) == [case.get("field") or FIELDS[case["expect"]]]


@pytest.mark.parametrize("case", BY_BUILDER, ids=lambda case: case["name"])
def test_wrong_types_and_unknown_names_are_never_built(case: dict[str, Any]) -> None:
    with pytest.raises(payload.PayloadError) as caught:
        payload.build(case["params"])
    assert (caught.value.mnemonic, caught.value.field) == (case["expect"], case["field"])


@pytest.mark.usefixtures("told")
def test_the_parameter_outside_the_table_is_left_out(anna: Member, provider: Rpc) -> None:
    """The case of the sample request as printed: a strict provider refuses it, so that the form does not send it."""
    form = CallForm(typed(seed_sample()), member=anna)
    assert form.is_valid()
    sent = form.payload("34rty567")
    assert sent == {name: value for name, value in seed_sample().items() if name != "show_virtual_phone_number"}
    assert "result" in provider.ask("start.vnumber_call", sent)


def test_the_sample_request_is_reproduced_where_an_admin_has_turned_it_on(told: Account, anna: Member) -> None:
    told.show_virtual_phone_number = True
    told.save()
    form = CallForm(typed(seed_sample()), member=anna)
    assert form.is_valid()
    sent = form.payload("34rty567")
    assert sent == seed_sample()
    with Simulator(provider_config.Config(accounts=(provided(show_virtual_phone_number=True),))) as simulator:
        rpc = Rpc(simulator.call_api_url, TOKEN)
        assert rpc.ask("start.vnumber_call", sent, request_id="req1")["result"]["data"]["call_session_id"]
        rpc.close()


def seed_sample() -> dict[str, Any]:
    """The sample request of the document, without the token."""
    case = next(case for case in DOCUMENT["cases"] if case["name"] == "the seed's sample request as printed")
    return dict(case["params"])
