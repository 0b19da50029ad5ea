"""The parameters of a call, each by itself and together."""

import pytest
from support.forms import press, refusal, sent

from clickcall.models import Account, MediaFile, Member, UsageRule

pytestmark = pytest.mark.usefixtures("number")
OTHER_RULES = [rule for rule in UsageRule.values if rule != UsageRule.FIXED]


def test_only_what_was_given_is_sent(anna: Member) -> None:
    assert sent(press(anna)) == {
        "virtual_phone_number": "74993720692",
        "contact": "79260000000",
        "first_call": "employee",
        "external_id": "x1",
    }


@pytest.mark.parametrize("name", ["virtual_phone_number", "contact", "first_call"])
def test_what_is_required_is_asked_for(anna: Member, name: str) -> None:
    assert refusal(press(anna, **{name: ""})) == (name, "required")


@pytest.mark.parametrize("name", ["first_call", "direction", "virtual_phone_usage_rule"])
def test_an_unknown_word_is_refused_with_the_known_ones(anna: Member, name: str) -> None:
    form = press(anna, **{name: "operator"})
    assert refusal(form) == (name, "invalid_choice")
    known = {"first_call": "employee, contact", "direction": "in, out"}.get(name, "fixed, fixed_for_numa, random")
    assert known in form.wire_errors()[name][0]
    assert "operator" in form.wire_errors()[name][0]


def test_an_unknown_type_of_message_is_refused_with_the_known_ones(anna: Member) -> None:
    form = press(anna, message_type="text", message_value="x")
    assert refusal(form) == ("contact_message.type", "invalid_choice")
    assert "media, tts" in form.wire_errors()["contact_message.type"][0]


@pytest.mark.parametrize("text", ["0", "..1.2.3", ".12.1..4", "1*#", " 5 "])
def test_keys_are_digits_star_hash_and_pauses(anna: Member, text: str) -> None:
    assert sent(press(anna, dtmf_string=text))["dtmf_string"] == text.strip()


@pytest.mark.parametrize("text", ["12A", "1,2", "1 2", "+1", "١", "\ud83d"])
def test_other_keys_are_refused(anna: Member, text: str) -> None:
    assert refusal(press(anna, dtmf_string=text)) == ("dtmf_string", "alphabet")


@pytest.mark.parametrize("name", ["switch_at_once", "early_switching"])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, True) for text in ("true", "1", "on", "Yes", True)),
        *((text, False) for text in ("false", "0", "off", " no ", False)),
        *((text, None) for text in ("", "  ", None)),
    ],
)
def test_booleans_are_yes_no_or_left_alone(
    anna: Member, name: str, text: str | bool | None, value: bool | None
) -> None:
    payload = sent(press(anna, **({"switch_at_once": "true"} | {name: text})))
    assert payload.get(name, None) is value
    assert (name in payload) is (value is not None)


@pytest.mark.parametrize("name", ["switch_at_once", "early_switching"])
def test_anything_else_is_no_boolean(anna: Member, name: str) -> None:
    assert refusal(press(anna, **{name: "maybe"})) == (name, "invalid")


@pytest.mark.parametrize("external_id", ["a", "x" * 64, "~ !", "34rty567"])
def test_a_callers_own_id_is_printable_ascii(anna: Member, external_id: str) -> None:
    form = press(anna, external_id=external_id)
    assert form.is_valid()
    assert form.cleaned_data["external_id"] == external_id


@pytest.mark.parametrize("external_id", ["x" * 65, " ", "ид", "a\n", "\ta", "a\x7f", "a\u00a0b"])
def test_any_other_id_is_refused(anna: Member, external_id: str) -> None:
    assert refusal(press(anna, external_id=external_id)) == ("external_id", "invalid")


def test_several_mistakes_are_all_named(anna: Member) -> None:
    form = press(anna, contact="101", direction="up", dtmf_string="A", message_type="tts")
    assert not form.is_valid()
    assert set(form.wire_errors()) == {"contact", "direction", "dtmf_string", "contact_message.value"}


@pytest.mark.parametrize(
    "data",
    [
        {"first_call": "contact", "switch_at_once": "true"},
        {"switch_at_once": "false"},
        {"switch_at_once": ""},
        {"first_call": "contact"},
    ],
)
def test_early_switching_needs_the_salesperson_first_and_connecting_at_once(anna: Member, data: dict[str, str]) -> None:
    assert refusal(press(anna, early_switching="true", **data)) == ("early_switching", "combination")


def test_early_switching_with_both_is_sent(anna: Member) -> None:
    payload = sent(press(anna, early_switching="true", switch_at_once="true"))
    assert (payload["early_switching"], payload["switch_at_once"]) == (True, True)


def test_no_early_switching_is_always_allowed(anna: Member) -> None:
    assert sent(press(anna, early_switching="false", first_call="contact"))["early_switching"] is False


def test_a_mistake_elsewhere_is_not_said_twice(anna: Member) -> None:
    assert refusal(press(anna, early_switching="true", first_call="operator"))[0] == "first_call"


@pytest.mark.parametrize("rule", OTHER_RULES)
def test_until_we_are_told_others_are_sent_with_a_warning(anna: Member, rule: str) -> None:
    form = press(anna, virtual_phone_usage_rule=rule)
    assert sent(form)["virtual_phone_usage_rule"] == rule
    assert form.warnings == ["number_management_unknown"]


@pytest.mark.parametrize("rule", OTHER_RULES)
def test_without_the_component_others_are_refused(anna: Member, rule: str) -> None:
    anna.account.automatic_number_management = False
    form = press(anna, virtual_phone_usage_rule=rule)
    assert refusal(form) == ("virtual_phone_usage_rule", "component_disabled")


@pytest.mark.parametrize("rule", OTHER_RULES)
def test_with_the_component_others_are_sent(anna: Member, rule: str) -> None:
    anna.account.automatic_number_management = True
    form = press(anna, virtual_phone_usage_rule=rule)
    assert sent(form)["virtual_phone_usage_rule"] == rule
    assert form.warnings == []


@pytest.mark.parametrize("known", [True, False, None])
def test_the_fixed_number_is_always_allowed(anna: Member, known: bool | None) -> None:
    anna.account.automatic_number_management = known
    form = press(anna, virtual_phone_usage_rule="fixed")
    assert sent(form)["virtual_phone_usage_rule"] == "fixed"
    assert form.warnings == []


def test_a_text_needs_its_type(anna: Member) -> None:
    assert refusal(press(anna, message_value="Hello"))[0] == "contact_message.type"


@pytest.mark.parametrize("value", ["", "   ", None])
@pytest.mark.parametrize("kind", ["tts", "media"])
def test_a_type_needs_its_value(anna: Member, kind: str, value: str | None) -> None:
    assert refusal(press(anna, message_type=kind, message_value=value))[0] == "contact_message.value"


def test_the_robots_text_may_be_as_long_as_the_plan_allows(anna: Member) -> None:
    anna.account.tts_max_length = 5
    form = press(anna, message_type="tts", message_value="яяяяя")
    assert sent(form)["contact_message"] == {"type": "tts", "value": "яяяяя"}
    assert form.warnings == []
    form = press(anna, message_type="tts", message_value="яяяяяя")
    assert refusal(form) == ("contact_message.value", "tts_text_exceeded")
    assert "6 characters; your plan allows 5" in form.wire_errors()["contact_message.value"][0]


def test_until_the_limit_is_known_any_length_is_sent_with_a_warning(anna: Member) -> None:
    form = press(anna, message_type="tts", message_value="я" * 5000)
    assert sent(form)["contact_message"]["value"] == "я" * 5000
    assert form.warnings == ["tts_length_unknown"]


def test_connecting_at_once_has_no_effect_on_a_robots_text(anna: Member) -> None:
    anna.account.tts_max_length = 300
    form = press(anna, message_type="tts", message_value="Hello", switch_at_once="true")
    assert sent(form)["switch_at_once"] is True
    assert form.warnings == ["switch_at_once_without_effect"]


def test_a_file_that_the_provider_has_is_sent(account: Account, anna: Member) -> None:
    MediaFile.objects.create(account=account, provider_id="237")
    form = press(anna, message_type="media", message_value="237", switch_at_once="true")
    assert sent(form)["contact_message"] == {"type": "media", "value": "237"}
    assert form.warnings == []


def test_once_files_are_known_another_one_is_refused(account: Account, anna: Member) -> None:
    MediaFile.objects.create(account=account, provider_id="237")
    form = press(anna, message_type="media", message_value="999")
    assert refusal(form) == ("contact_message.value", "media_file_not_found")


def test_a_file_that_is_gone_is_refused_even_if_no_other_is_known(account: Account, anna: Member) -> None:
    MediaFile.objects.create(account=account, provider_id="237", gone_at=account.created_at)
    form = press(anna, message_type="media", message_value="237")
    assert refusal(form) == ("contact_message.value", "media_file_not_found")
    other = press(anna, message_type="media", message_value="238")
    assert sent(other)["contact_message"]["value"] == "238"
    assert other.warnings == ["media_files_unknown"]


def test_another_accounts_files_are_not_ours(anna: Member, stranger: Member) -> None:
    MediaFile.objects.create(account=stranger.account, provider_id="237")
    form = press(anna, message_type="media", message_value="237")
    assert form.is_valid()
    assert form.warnings == ["media_files_unknown"]


@pytest.mark.parametrize("kind", ["tts", "media"])
def test_half_a_character_is_refused_beside_the_field(anna: Member, kind: str) -> None:
    form = press(anna, message_type=kind, message_value="Hello \ud83d")
    assert refusal(form)[0] == "contact_message.value"


def test_the_parameter_outside_the_table_is_sent_only_where_an_admin_turned_it_on(anna: Member) -> None:
    assert "show_virtual_phone_number" not in sent(press(anna, show_virtual_phone_number="true"))
    anna.account.show_virtual_phone_number = True
    assert sent(press(anna))["show_virtual_phone_number"] is True
