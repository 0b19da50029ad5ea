"""Presets: what one may hold, and what becomes of it in a press."""

from typing import Any

import pytest
from support import people

from clickcall.calls.forms import CallForm, with_preset
from clickcall.calls.params import PresetForm, preset_values
from clickcall.calls.preflight import ORDINARY
from clickcall.models import Account, Member, Preset

ORDINARY_DATA = {
    "name": "Ordinary call",
    "first_call": "employee",
    "switch_at_once": "true",
    "early_switching": "true",
    "direction": "out",
}


@pytest.fixture
def spoken(account: Account) -> Preset:
    """A preset with every parameter."""
    return Preset.objects.create(
        account=account,
        name="Reminder",
        first_call="contact",
        switch_at_once=False,
        direction="out",
        virtual_phone_usage_rule="fixed",
        dtmf_string="..1",
        message_type="tts",
        message_value="Добрый день",
    )


def editing(account: Account, preset: Preset | None = None, **data: Any) -> PresetForm:
    return PresetForm(ORDINARY_DATA | data, account=account, preset=preset)


def pressing(member: Member, preset: Preset, **flags: Any) -> dict[str, Any]:
    """What a press with this preset and these flags sends beside the phones."""
    people.make_number(member.account, "74993720692")
    data = {"virtual_phone_number": "74993720692", "contact": "+79260000000", **flags}
    form = CallForm(data, member=member, preset=preset)
    assert form.is_valid(), form.errors
    sent = form.payload("x1")
    return {name: sent[name] for name in sent.keys() - {"virtual_phone_number", "contact", "external_id"}}


def test_a_preset_keeps_what_was_left_alone_apart_from_no(account: Account) -> None:
    form = editing(account, switch_at_once="false", early_switching="")
    assert form.is_valid(), form.errors
    preset = Preset.objects.create(account=account, **form.cleaned_data)
    assert (preset.switch_at_once, preset.early_switching) == (False, None)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"first_call": ""}, "first_call"),
        ({"first_call": "operator"}, "first_call"),
        ({"direction": "outbound"}, "direction"),
        ({"first_call": "contact"}, "early_switching"),
        ({"switch_at_once": ""}, "early_switching"),
        ({"dtmf_string": "A"}, "dtmf_string"),
        ({"dtmf_string": "1" * 101}, "dtmf_string"),
        ({"message_type": "tts"}, "message_value"),
        ({"message_value": "Hello"}, "message_type"),
    ],
)
def test_a_preset_obeys_the_rules_of_the_parameters(account: Account, data: dict[str, str], field: str) -> None:
    form = editing(account, **data)
    assert list(form.errors) == [field]


def test_two_presets_of_an_account_have_two_names(account: Account, stranger: Member) -> None:
    old = Preset.objects.create(account=account, name="Ordinary call")
    assert editing(account).errors.as_data()["name"][0].code == "taken"
    assert editing(account, preset=old).is_valid()
    assert editing(stranger.account).is_valid()


def test_a_preset_is_edited_from_what_it_says(account: Account, spoken: Preset) -> None:
    form = PresetForm(account=account, preset=spoken)
    assert form["name"].value() == "Reminder"
    assert form["switch_at_once"].value() == "false"
    assert form["early_switching"].value() == ""
    assert form["message_value"].value() == "Добрый день"
    assert next(iter(form.fields)) == "name"
    assert preset_values(None) == {}


def test_a_press_with_a_preset_sends_what_the_preset_says(anna: Member, spoken: Preset) -> None:
    assert pressing(anna, spoken) == {
        "first_call": "contact",
        "switch_at_once": False,
        "direction": "out",
        "virtual_phone_usage_rule": "fixed",
        "dtmf_string": "..1",
        "contact_message": {"type": "tts", "value": "Добрый день"},
    }


@pytest.mark.parametrize(
    ("flags", "changed"),
    [
        ({"first_call": "employee"}, {"first_call": "employee"}),
        ({"switch_at_once": "true"}, {"switch_at_once": True}),
        ({"switch_at_once": True}, {"switch_at_once": True}),
        ({"direction": "in"}, {"direction": "in"}),
        ({"dtmf_string": "5"}, {"dtmf_string": "5"}),
        ({"dtmf_string": "", "direction": None}, {}),
        (
            {"message_type": "media", "message_value": "237"},
            {"contact_message": {"type": "media", "value": "237"}},
        ),
    ],
)
def test_a_flag_wins_over_the_preset(
    anna: Member, spoken: Preset, flags: dict[str, Any], changed: dict[str, Any]
) -> None:
    assert pressing(anna, spoken, **flags) == {
        "first_call": "contact",
        "switch_at_once": False,
        "direction": "out",
        "virtual_phone_usage_rule": "fixed",
        "dtmf_string": "..1",
        "contact_message": {"type": "tts", "value": "Добрый день"},
        **changed,
    }


def test_no_given_as_a_flag_wins_over_yes_in_the_preset(anna: Member, account: Account) -> None:
    preset = Preset.objects.create(account=account, name="Ordinary call", **ORDINARY)
    sent = pressing(anna, preset, switch_at_once=False, early_switching=False)
    assert (sent["switch_at_once"], sent["early_switching"]) == (False, False)


@pytest.mark.parametrize(
    ("flag", "missing"), [({"message_type": "tts"}, "message_value"), ({"message_value": "Hello"}, "message_type")]
)
def test_half_a_message_is_not_completed_by_the_presets(
    anna: Member, spoken: Preset, flag: dict[str, str], missing: str
) -> None:
    people.make_number(anna.account)
    data = {"virtual_phone_number": "74993720692", "contact": "+79260000000", **flag}
    assert list(CallForm(data, member=anna, preset=spoken).errors) == [missing]


def test_an_empty_message_does_not_silence_the_presets(spoken: Preset) -> None:
    merged = with_preset({"message_type": "", "message_value": "  "}, spoken)
    assert (merged["message_type"], merged["message_value"]) == ("tts", "Добрый день")


def test_a_flag_that_contradicts_the_preset_is_refused(anna: Member, account: Account) -> None:
    people.make_number(account)
    preset = Preset.objects.create(account=account, name="Ordinary call", **ORDINARY)
    data = {"virtual_phone_number": "74993720692", "contact": "+79260000000", "first_call": "contact"}
    assert list(CallForm(data, member=anna, preset=preset).errors) == ["early_switching"]


def test_without_a_preset_nothing_is_added() -> None:
    assert with_preset({"contact": "1", "direction": "", "dtmf_string": None, "switch_at_once": False}, None) == {
        "contact": "1",
        "switch_at_once": False,
    }
