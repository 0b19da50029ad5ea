"""How we call: an admin prepares presets, every choice explained, nothing forbidden saved."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clickcall.calls.services import make_default, save_preset
from clickcall.models import Account, MediaFile, Member, Preset

SignIn = Callable[..., Client]
ORDINARY = {
    "name": "Ordinary call",
    "first_call": "employee",
    "switch_at_once": "true",
    "early_switching": "true",
    "direction": "out",
}


@pytest.fixture
def admin(adam: Member, as_: SignIn) -> Client:
    return as_(adam)


@pytest.fixture
def preset(account: Account) -> Preset:
    return save_preset(account=account, name="Ordinary call", first_call="employee", switch_at_once=True)


def saved(preset: Preset) -> Preset:
    return Preset.objects.get(pk=preset.pk)


def choices(client: Client, field: str, pk: int | None = None) -> dict[str, Any]:
    address = reverse("calls:preset_edit", args=[pk]) if pk else reverse("calls:preset_new")
    return {choice.data["value"]: choice.data["attrs"] for choice in client.get(address).context["form"][field]}


def test_without_presets_the_page_says_what_to_do_next(admin: Client) -> None:
    html = admin.get(reverse("calls:presets")).content.decode()
    assert "No way to call yet" in html
    assert reverse("calls:preset_new") in html


def test_a_new_preset_begins_as_an_ordinary_call(admin: Client, account: Account) -> None:
    form = admin.get(reverse("calls:preset_new")).context["form"]
    assert {name: form[name].value() for name in ORDINARY if name != "name"} == {
        "first_call": "employee",
        "switch_at_once": "true",
        "early_switching": "true",
        "direction": "out",
    }


def test_a_preset_is_saved_with_what_was_left_alone_left_out(admin: Client, account: Account) -> None:
    assert admin.post(reverse("calls:preset_new"), {**ORDINARY, "early_switching": ""}).status_code == 302
    preset = Preset.objects.get(account=account)
    assert (preset.switch_at_once, preset.early_switching, preset.direction) == (True, None, "out")
    assert (preset.virtual_phone_usage_rule, preset.dtmf_string, preset.message_type) == ("", "", "")


def test_a_preset_is_edited(admin: Client, preset: Preset) -> None:
    admin.post(reverse("calls:preset_edit", args=[preset.pk]), {**ORDINARY, "name": "North", "dtmf_string": ".12"})
    assert (saved(preset).name, saved(preset).dtmf_string, saved(preset).early_switching) == ("North", ".12", True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"dtmf_string": ".12 доб"}, "dtmf_string"),
        ({"first_call": ""}, "first_call"),
        ({"first_call": "contact"}, "early_switching"),
        ({"switch_at_once": "false"}, "early_switching"),
        ({"message_type": "tts"}, "message_value"),
        ({"message_value": "Hello"}, "message_type"),
        ({"virtual_phone_usage_rule": "sometimes"}, "virtual_phone_usage_rule"),
    ],
)
def test_what_breaks_a_rule_is_refused_beside_the_field_and_stays_typed(
    admin: Client, typed: dict[str, str], field: str
) -> None:
    response = admin.post(reverse("calls:preset_new"), {**ORDINARY, "name": "Kept", **typed})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    for name, text in typed.items():
        assert response.context["form"][name].value() == text
    assert not Preset.objects.exists()


def test_two_presets_of_one_name_are_refused_beside_the_name(admin: Client, preset: Preset) -> None:
    response = admin.post(reverse("calls:preset_new"), ORDINARY)
    assert response.context["form"].errors["name"] == ["There is already one with this name."]


def test_a_forbidden_choice_stays_visible_with_its_reason(admin: Client, account: Account) -> None:
    assert "disabled" not in choices(admin, "virtual_phone_usage_rule")["random"]
    Account.objects.filter(pk=account.pk).update(automatic_number_management=False)
    offered = choices(admin, "virtual_phone_usage_rule")
    assert "no automatic number management" in offered["random"]["help"]
    assert {value for value, attrs in offered.items() if "disabled" in attrs} == {
        "fixed_for_numa",
        "random",
        "regional_random",
        "regional_fixed_for_numa",
    }
    html = admin.get(reverse("calls:preset_new")).content.decode()
    assert html.count("Not available: UIS") == 4


def test_the_longest_text_and_the_known_files_are_named(admin: Client, account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(tts_max_length=300)
    MediaFile.objects.create(account=account, provider_id="237", name="Hello")
    MediaFile.objects.create(account=account, provider_id="238", name="Gone", gone_at="2026-11-01T00:00Z")
    html = admin.get(reverse("calls:preset_new")).content.decode()
    assert "Up to 300 characters." in html
    assert "Known files: 237 (Hello)" in html
    assert "238 (" not in html


def test_what_lets_the_client_hear_a_machine_is_marked_and_never_the_default(admin: Client, account: Account) -> None:
    preset = save_preset(account=account, name="Robot", first_call="contact")
    assert "The client hears a machine first" in admin.get(reverse("calls:presets")).content.decode()
    response = admin.post(reverse("calls:preset_default", args=[preset.pk]), follow=True)
    assert "Nothing was changed" in response.content.decode()
    assert not saved(preset).is_default


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_call": "contact", "early_switching": ""}, "first_call"),
        ({"message_type": "tts", "message_value": "Hello"}, "message_type"),
    ],
)
def test_the_default_cannot_be_turned_into_one_that_begins_with_a_machine(
    admin: Client, preset: Preset, typed: dict[str, str], field: str
) -> None:
    make_default(preset)
    response = admin.post(reverse("calls:preset_edit", args=[preset.pk]), {**ORDINARY, **typed})
    assert list(response.context["form"].errors) == [field]
    assert (saved(preset).first_call, saved(preset).message_type) == ("employee", "")


def test_there_is_one_default(admin: Client, account: Account, preset: Preset) -> None:
    other = save_preset(account=account, name="Other", first_call="employee")
    for chosen in (preset, other):
        admin.post(reverse("calls:preset_default", args=[chosen.pk]))
    assert list(Preset.objects.filter(is_default=True)) == [other]


def test_a_preset_is_put_away_and_used_again(admin: Client, preset: Preset) -> None:
    make_default(preset)
    admin.post(reverse("calls:preset_archive", args=[preset.pk]))
    assert (saved(preset).archived_at is not None, saved(preset).is_default) == (True, False)
    admin.post(reverse("calls:preset_default", args=[preset.pk]))
    assert not saved(preset).is_default
    admin.post(reverse("calls:preset_restore", args=[preset.pk]))
    assert saved(preset).archived_at is None


@pytest.mark.parametrize("name", ["presets", "preset_new", "preset_edit"])
def test_a_page_asks_the_database_few_questions(
    admin: Client, account: Account, preset: Preset, name: str, django_assert_max_num_queries: Any
) -> None:
    for i in range(10):
        save_preset(account=account, name=f"Preset {i}")
    with django_assert_max_num_queries(12):
        admin.get(reverse(f"calls:{name}", args=[preset.pk] if name == "preset_edit" else []))


@pytest.mark.parametrize("who", ["anna", "maria"])
@pytest.mark.parametrize(
    "name", ["presets", "preset_new", "preset_edit", "preset_archive", "preset_restore", "preset_default"]
)
def test_sales_and_managers_neither_see_nor_change_presets(
    request: pytest.FixtureRequest, as_: SignIn, preset: Preset, who: str, name: str
) -> None:
    client = as_(request.getfixturevalue(who))
    address = reverse(f"calls:{name}", args=[] if name in ("presets", "preset_new") else [preset.pk])
    ask = client.get if name == "presets" else client.post
    assert ask(address, ORDINARY).status_code == 403
    assert saved(preset).name == "Ordinary call"


@pytest.mark.parametrize("name", ["preset_edit", "preset_archive", "preset_restore", "preset_default"])
def test_a_stranger_finds_nothing(stranger: Member, as_: SignIn, preset: Preset, name: str) -> None:
    client = as_(stranger)
    assert client.post(reverse(f"calls:{name}", args=[preset.pk]), ORDINARY).status_code == 404
    assert "Ordinary call" not in client.get(reverse("calls:presets")).content.decode()


def test_who_is_not_signed_in_is_asked_to(client: Client, preset: Preset) -> None:
    assert client.get(reverse("calls:preset_edit", args=[preset.pk])).status_code == 302
