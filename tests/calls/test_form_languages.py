"""Every error names its field and says what to do, in both languages."""

import re
from typing import Any

import pytest
from django.utils import translation
from support import people
from support.forms import press

from clickcall.models import BlacklistEntry, MediaFile, Member

pytestmark = pytest.mark.usefixtures("number")

MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"virtual_phone_number": ""}, "virtual_phone_number"),
    ({"virtual_phone_number": "74950000000"}, "virtual_phone_number"),
    ({"virtual_phone_number": "74950000001"}, "virtual_phone_number"),
    ({"virtual_phone_number": "74950000002"}, "virtual_phone_number"),
    ({"virtual_phone_number": "74950000003"}, "virtual_phone_number"),
    ({"contact": ""}, "contact"),
    ({"contact": "101"}, "contact"),
    ({"contact": "8 926 000 00 00 ext 12"}, "contact"),
    ({"contact": "me"}, "contact"),
    ({"contact": "+7 926"}, "contact"),
    ({"contact": "8 926"}, "contact"),
    ({"contact": "+74993720692"}, "contact"),
    ({"contact": "+79991112233"}, "contact"),
    ({"contact_id": "7"}, "contact"),
    ({"first_call": ""}, "first_call"),
    ({"first_call": "operator"}, "first_call"),
    ({"direction": "up"}, "direction"),
    ({"dtmf_string": "A"}, "dtmf_string"),
    ({"switch_at_once": "maybe"}, "switch_at_once"),
    ({"early_switching": "true"}, "early_switching"),
    ({"virtual_phone_usage_rule": "random"}, "virtual_phone_usage_rule"),
    ({"message_type": "tts"}, "contact_message.value"),
    ({"message_value": "x"}, "contact_message.type"),
    ({"message_type": "tts", "message_value": "xxxxxx"}, "contact_message.value"),
    ({"message_type": "tts", "message_value": "\ud83d"}, "contact_message.value"),
    ({"message_type": "media", "message_value": "999"}, "contact_message.value"),
    ({"external_id": " "}, "external_id"),
]


@pytest.fixture
def told(anna: Member, boris: Member) -> Member:
    """Anna, whose account has been told of everything."""
    anna.account.tts_max_length = 5
    anna.account.automatic_number_management = False
    people.make_number(anna.account, "74950000001", enabled=False)
    people.make_number(anna.account, "74950000002", boris)
    people.make_number(anna.account, "74950000003", has_scenario=False)
    BlacklistEntry.objects.create(account=anna.account, digits="79991112233")
    MediaFile.objects.create(account=anna.account, provider_id="237")
    return anna


@pytest.mark.parametrize(("data", "field"), MISTAKES)
def test_each_mistake_is_explained_beside_its_field_in_both_languages(
    told: Member, data: dict[str, Any], field: str
) -> None:
    said = {}
    for language in ("en", "ru"):
        with translation.override(language):
            ((where, (text,)),) = press(told, **data).wire_errors().items()
        assert where == field
        said[language] = text
    assert not re.search("[а-яё]", said["en"])
    assert re.search("[а-яё]", said["ru"]), said["ru"]
    assert "%(" not in said["en"] + said["ru"]
