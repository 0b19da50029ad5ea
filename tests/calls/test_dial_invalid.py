"""What `dial` does not send: every value is judged by the form and named as on the wire."""

from collections.abc import Callable

import pytest
from support import processes
from support.dials import ACCEPTED, INVALID, dial
from support.presses import requests_of
from support.simulator import NUMBER
from support.wire_server import WireServer

from clickcall.models import Call, Member, Token
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]


@pytest.mark.parametrize(
    ("flags", "field"),
    [
        (["--first-call", "operator"], "first_call"),
        (["--direction", "sideways"], "direction"),
        (["--dtmf-string", "12a"], "dtmf_string"),
        (["--virtual-phone-usage-rule", "any"], "virtual_phone_usage_rule"),
        (["--message-type", "fax", "--message-value", "x"], "contact_message.type"),
        (["--message-type", "tts"], "contact_message.value"),
        (["--message-value", "Hello"], "contact_message.type"),
        (["--early-switching"], "early_switching"),
        (["--early-switching", "--switch-at-once", "--first-call", "contact"], "early_switching"),
        (["--number", "74950000000"], "virtual_phone_number"),
        (["--number", "nonsense"], "virtual_phone_number"),
        (["--external-id", "x" * 65], "external_id"),
        (["--external-id", "звонок"], "external_id"),
        (["--external-id", " "], "external_id"),
        (["--external-id", " lead-17"], "external_id"),
        (["--external-id", "lead-17 "], "external_id"),
        (["--external-id", "a\udcff"], "external_id"),
        (["--external-id", "a\x00"], "external_id"),
        (["--first-call", "\udcff"], "first_call"),
        (["--preset", "none"], "preset"),
    ],
)
def test_a_value_is_judged_by_the_form_and_named_as_on_the_wire(mine: Simulator, flags: list[str], field: str) -> None:
    said = dial(*flags)
    assert (said["dispatch"], said["exit"], said["call_session_id"]) == ("invalid", INVALID, None)
    assert list(said["errors"]) == [field]
    assert all(isinstance(text, str) and text for text in said["errors"][field])
    assert (said["error"], said["duplicate"]) == (None, False)
    assert requests_of(mine) == []
    assert not Call.objects.exists()


@pytest.mark.parametrize("contact", ["", "Иван", "101", "79260000000 доб. 12", "7926000", NUMBER, "\udcff"])
def test_a_contact_that_cannot_be_called_is_invalid(mine: Simulator, contact: str) -> None:
    said = dial(contact=contact)
    assert (said["exit"], list(said["errors"])) == (INVALID, ["contact"])
    assert requests_of(mine) == []


def test_several_errors_stand_at_their_fields(mine: Simulator) -> None:
    said = dial("--first-call", "operator", "--direction", "up", contact="abc")
    assert set(said["errors"]) == {"first_call", "direction", "contact"}


@pytest.mark.parametrize(
    ("who", "field"), [({"account": "nobody"}, "account"), ({"who": "nobody"}, "as"), ({"who": "stranger"}, "as")]
)
def test_an_unknown_account_or_member_is_invalid(
    mine: Simulator, stranger: Member, who: dict[str, str], field: str
) -> None:
    said = dial(**who)
    assert (said["exit"], list(said["errors"])) == (INVALID, [field])


def test_a_member_who_was_disabled_calls_nobody(mine: Simulator, anna: Member) -> None:
    anna.user.is_active = False
    anna.user.save()
    assert list(dial()["errors"]) == ["as"]


def test_without_a_number_of_ones_own_one_has_to_be_named(provider: Simulator, anna: Member) -> None:
    assert list(dial()["errors"]) == ["virtual_phone_number"]
    assert dial("--number", NUMBER)["exit"] == ACCEPTED


def test_without_an_access_key_the_press_is_invalid(mine: Simulator) -> None:
    Token.objects.all().delete()
    said = dial()
    assert (said["exit"], list(said["errors"])) == (INVALID, ["account"])
    assert not Call.objects.exists()


def test_an_invalid_attempt_does_not_use_up_its_id(mine: Simulator) -> None:
    assert dial("--external-id", "X", contact="abc")["exit"] == INVALID
    assert dial("--external-id", "X")["exit"] == ACCEPTED


@pytest.mark.django_db(transaction=True)
def test_an_argument_that_is_no_utf_8_or_begins_with_a_dash_is_answered_like_any_other(mine: Simulator) -> None:
    flags = ("--contact", "1", "--first-call", "\udcff", "--message-value", "-Hello")
    said = processes.result(processes.manage("dial", "--account", "acme", "--as", "anna", *flags))
    assert (said["exit"], set(said["errors"])) == (INVALID, {"contact", "first_call", "contact_message.type"})
