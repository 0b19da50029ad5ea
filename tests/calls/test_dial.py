"""`dial`: the JSON object and the exit codes that other programs rely on."""

import json
from collections.abc import Callable

import pytest
from django.forms.utils import ErrorDict
from django.utils import translation
from support import people, processes
from support.dials import ACCEPTED, KEYS, NO_CALL, UNKNOWN, dial, sent
from support.presses import placed_at, requests_of
from support.simulator import NUMBER
from support.wire_server import WireServer, answers, resets

from clickcall.calls.forms import CallForm
from clickcall.models import Call, Contact, Dispatch, Member, Preset
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]


def test_an_accepted_call(mine: Simulator) -> None:
    said = dial()
    (placed,) = placed_at(mine)
    call = Call.objects.get()
    assert said == {
        "external_id": call.external_id,
        "dispatch": "accepted",
        "call_session_id": placed["call_session_id"],
        "duplicate": False,
        "warnings": [],
        "error": None,
        "errors": None,
        "exit": ACCEPTED,
    }


def test_without_flags_the_defaults_are_sent_and_nothing_else(mine: Simulator) -> None:
    dial()
    assert sent(mine) == {
        "virtual_phone_number": NUMBER,
        "contact": "79260000000",
        "first_call": "employee",
        "direction": "out",
    }


def test_every_flag_reaches_the_wire(mine: Simulator) -> None:
    flags = {
        "--number": "+7 495 104-57-71",
        "--virtual-phone-usage-rule": "random",
        "--dtmf-string": ".12#",
        "--direction": "in",
        "--first-call": "contact",
        "--message-type": "media",
        "--message-value": "237",
    }
    people.make_number(Member.objects.get().account, "74951045771")
    said = dial(*(word for pair in flags.items() for word in pair), "--switch-at-once", "--no-early-switching")
    assert said["exit"] == ACCEPTED
    assert sent(mine) == {
        "virtual_phone_number": "74951045771",
        "virtual_phone_usage_rule": "random",
        "contact": "79260000000",
        "dtmf_string": ".12#",
        "direction": "in",
        "first_call": "contact",
        "switch_at_once": True,
        "early_switching": False,
        "contact_message": {"type": "media", "value": "237"},
    }


def test_a_preset_is_used_and_a_flag_wins_over_it(mine: Simulator, anna: Member) -> None:
    Preset.objects.create(
        account=anna.account,
        name="Quick",
        first_call="employee",
        switch_at_once=True,
        early_switching=True,
        direction="in",
    )
    dial("--preset", "Quick", "--no-early-switching")
    assert sent(mine) == {
        "virtual_phone_number": NUMBER,
        "contact": "79260000000",
        "direction": "in",
        "first_call": "employee",
        "switch_at_once": True,
        "early_switching": False,
    }


def test_the_default_preset_is_not_used_unless_it_is_named(mine: Simulator, anna: Member) -> None:
    Preset.objects.create(
        account=anna.account, name="Usual", is_default=True, switch_at_once=True, first_call="contact"
    )
    dial()
    assert "switch_at_once" not in sent(mine)
    assert sent(mine)["first_call"] == "employee"


@pytest.mark.parametrize(
    ("contact", "dispatch", "mnemonic", "code"),
    [
        ("79260000007", "refused", "contact_in_blacklist", NO_CALL),
        ("79260000015", "refused", "limit_exceeded", NO_CALL),
        ("79260000013", "unknown", "internal_error", UNKNOWN),
        ("79260000009", "unknown", None, UNKNOWN),
    ],
)
def test_what_came_back_decides_the_exit_code(
    mine: Simulator, contact: str, dispatch: str, mnemonic: str | None, code: int
) -> None:
    said = dial(contact=contact)
    assert (said["dispatch"], said["exit"], said["call_session_id"]) == (dispatch, code, None)
    assert set(said["error"]) == {"mnemonic", "message", "field"}
    assert said["error"]["mnemonic"] == mnemonic
    assert said["error"]["message"]
    assert said["errors"] is None


def test_a_refusal_names_the_field_on_the_wire(mine: Simulator) -> None:
    assert dial(contact="79260000007")["error"]["field"] == "contact"


def test_nothing_sent_ends_with_3(mine: Simulator, anna: Member) -> None:
    anna.account.call_api_url = "http://127.0.0.1:1/v4.0"
    anna.account.save()
    said = dial()
    assert (said["dispatch"], said["exit"]) == ("not_sent", NO_CALL)


def test_a_press_that_is_known_as_not_placed_ends_with_3(mine: Simulator) -> None:
    dial("--external-id", "X", contact="79260000009")
    Call.objects.update(dispatch=Dispatch.NOT_PLACED, status="not_placed", is_final=True)
    said = dial("--external-id", "X")
    assert (said["dispatch"], said["duplicate"], said["exit"]) == ("not_placed", True, NO_CALL)


def test_a_known_id_gives_the_first_calls_state_whatever_else_is_said(mine: Simulator, anna: Member) -> None:
    people.make_member(anna.account, "boris")
    first = dial("--external-id", "X")
    again = dial("--external-id", "X", "--first-call", "nonsense", "--preset", "none", who="boris", contact="abc")
    assert again == first | {"duplicate": True}
    assert len(requests_of(mine)) == 1


def test_soft_guards_are_warnings(mine: Simulator) -> None:
    dial()
    assert dial()["warnings"] == ["in_call", "just_called"]
    assert len(placed_at(mine)) == 2


def test_an_unknown_limit_is_a_warning(scripted: Scripted, anna: Member) -> None:
    scripted(answers({"call_session_id": 5}))
    said = dial("--number", NUMBER, "--message-type", "tts", "--message-value", "Hello", "--switch-at-once")
    assert said["warnings"] == ["tts_length_unknown", "switch_at_once_without_effect"]
    assert said["exit"] == ACCEPTED


@pytest.mark.parametrize("contact", ["+7 (926) 000-00-00", "8 926 000 00 00", "79260000000", "+7-926-000-00-00"])
def test_a_phone_may_be_written_as_people_write_it(mine: Simulator, contact: str) -> None:
    dial(contact=contact)
    assert sent(mine)["contact"] == "79260000000"


def test_the_call_belongs_to_the_only_contact_with_that_phone(mine: Simulator, ivan: Contact) -> None:
    dial()
    assert Call.objects.get().contact == ivan


def test_a_lost_answer_is_not_sent_again(scripted: Scripted, anna: Member) -> None:
    server = scripted(resets)
    first = dial("--number", NUMBER, "--external-id", "X")
    again = dial("--number", NUMBER, "--external-id", "X")
    assert (first["exit"], again["exit"]) == (UNKNOWN, UNKNOWN)
    assert again == first | {"duplicate": True}
    assert len(server.requests) == 1


@pytest.mark.django_db(transaction=True)
def test_standard_output_holds_one_json_object_and_nothing_else(mine: Simulator) -> None:
    process = processes.manage("dial", "--account", "acme", "--as", "anna", "--contact", "+7 926 000-00-15")
    out, err = process.communicate(timeout=processes.START_SECONDS)
    assert process.returncode == NO_CALL
    assert list(json.loads(out)) == KEYS
    assert "demo-key" not in out + err


@pytest.mark.parametrize("language", ["ru", "en"])
def test_messages_are_in_the_language_asked_for(
    mine: Simulator, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    spoken: list[str | None] = []

    def full_clean(form: CallForm) -> None:
        spoken.append(translation.get_language())
        form._errors = ErrorDict(contact=["no"])

    monkeypatch.setattr(CallForm, "full_clean", full_clean)
    dial("--language", language)
    assert spoken == [language]


def test_an_unknown_language_is_no_reason_not_to_call(mine: Simulator) -> None:
    assert dial("--language", "xx")["exit"] == ACCEPTED
