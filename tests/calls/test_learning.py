"""What a refusal teaches."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from support.forms import press, refusal, sent

from clickcall.calls.events import Event
from clickcall.calls.learning import learn
from clickcall.calls.lifecycle import Facts
from clickcall.models import Account, Dispatch, EventSource, MediaFile, Member

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MEDIA = {"contact_message": {"type": "media", "value": "237"}}
TTS = {"contact_message": {"type": "tts", "value": "Hello"}}


def refused(mnemonic: str, *, dispatch: str = Dispatch.REFUSED, field: str | None = None, **params: Any) -> Event:
    error = {"mnemonic": mnemonic, "field": field, "params": params}
    return Event(EventSource.ANSWER, "refused", NOW, Facts(dispatch=dispatch), columns={"error": error})


@pytest.mark.usefixtures("number")
def test_a_text_that_was_too_long_teaches_the_limit(account: Account, anna: Member) -> None:
    learn(account, refused("tts_text_exceeded", tts_message_max_length=300, sent_tts_message_length=400), TTS)
    account.refresh_from_db()
    assert account.tts_max_length == 300
    form = press(anna, message_type="tts", message_value="я" * 301)
    assert refusal(form) == ("contact_message.value", "tts_text_exceeded")


def test_a_limit_may_come_as_text(account: Account) -> None:
    learn(account, refused("tts_text_exceeded", tts_message_max_length="300"), TTS)
    account.refresh_from_db()
    assert account.tts_max_length == 300


@pytest.mark.parametrize("limit", [None, 0, -1, "many", 10**9, True, [300]])
def test_a_limit_without_sense_is_not_believed(account: Account, limit: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        learn(account, refused("tts_text_exceeded", tts_message_max_length=limit), TTS)
    account.refresh_from_db()
    assert account.tts_max_length is None
    assert "without a usable limit" in caplog.text


@pytest.mark.usefixtures("number")
def test_a_file_that_the_provider_does_not_know_is_gone(account: Account, anna: Member) -> None:
    learn(account, refused("media_file_not_found", media_file_id="237"), MEDIA)
    assert MediaFile.objects.get(account=account, provider_id="237").gone_at
    form = press(anna, message_type="media", message_value="237")
    assert refusal(form) == ("contact_message.value", "media_file_not_found")


@pytest.mark.parametrize("field", [None, "virtual_phone_usage_rule"])
@pytest.mark.usefixtures("number")
def test_a_component_that_is_missing_is_remembered(account: Account, anna: Member, field: str | None) -> None:
    learn(account, refused("component_disabled", field=field), {"virtual_phone_usage_rule": "random"})
    account.refresh_from_db()
    assert account.automatic_number_management is False
    form = press(anna, virtual_phone_usage_rule="random")
    assert refusal(form) == ("virtual_phone_usage_rule", "component_disabled")


@pytest.mark.parametrize(
    ("rule", "field"),
    [(None, None), ("fixed", None), ("random", "contact_message.type"), ("random", "early_switching")],
)
def test_another_missing_component_says_nothing_about_numbers(
    account: Account, rule: str | None, field: str | None
) -> None:
    learn(account, refused("component_disabled", field=field), {"virtual_phone_usage_rule": rule})
    account.refresh_from_db()
    assert account.automatic_number_management is None


@pytest.mark.parametrize("dispatch", [Dispatch.UNKNOWN, Dispatch.NOT_SENT, Dispatch.ACCEPTED])
@pytest.mark.usefixtures("number")
def test_only_a_refusal_teaches(account: Account, anna: Member, dispatch: str) -> None:
    learn(account, refused("tts_text_exceeded", dispatch=dispatch, tts_message_max_length=1), TTS)
    account.refresh_from_db()
    form = press(anna, message_type="tts", message_value="Hello")
    assert sent(form)["contact_message"]["value"] == "Hello"
