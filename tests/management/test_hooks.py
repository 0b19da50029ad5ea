"""`hooks`: what to paste, as people and as programs read it."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clickcall.calls.webhooks import addresses
from clickcall.models import Account
from clickcall.provider.hooks import EVENTS

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("hooks", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def as_json(account: Account) -> Any:
    return json.loads(run("--account", account.slug, "--json")[0])


def test_it_prints_one_object_with_url_and_templates(account: Account, settings: Any) -> None:
    settings.CLICKCALL_PUBLIC_URL = "https://calls.example/"
    printed, said = run("--account", account.slug, "--json")
    found = json.loads(printed)
    account.refresh_from_db()
    assert list(found) == ["url", "templates"]
    assert found["url"] == f"https://calls.example/hooks/{account.public_id}/{account.hook_secret.reveal()}/"
    assert list(found["templates"]) == list(EVENTS)
    assert said == ""


def test_the_secret_is_made_at_the_first_use_and_stays(account: Account) -> None:
    assert as_json(account)["url"] == as_json(account)["url"]
    account.refresh_from_db()
    assert account.hook_secret


def test_a_secret_of_ones_own_is_used(account: Account) -> None:
    addresses.set_secret(account, "chosen-elsewhere-0123")
    assert as_json(account)["url"].endswith("/chosen-elsewhere-0123/")


def test_without_a_public_address_it_warns_where_it_does_not_disturb(account: Account) -> None:
    printed, said = run("--account", account.slug, "--json")
    assert json.loads(printed)["url"].startswith("http://127.0.0.1:8000/hooks/")
    assert "CLICKCALL_PUBLIC_URL is not set" in said


@pytest.mark.parametrize("event", EVENTS)
def test_a_template_names_its_event_and_leaves_quotes_to_the_provider(account: Account, event: str) -> None:
    body = as_json(account)["templates"][event]
    assert f'"event": "{event}"' in body
    assert '"call_session_id": {{call_session_id}}' in body
    assert '"{{' not in body
    assert '}}"' not in body


def test_people_read_it_too(account: Account) -> None:
    printed, _said = run("--account", account.slug)
    assert printed.startswith("POST http://127.0.0.1:8000/hooks/")
    assert "Recording ready (recording_ready)" in printed


def test_an_account_that_is_not_there_ends_it(db: None) -> None:
    with pytest.raises(CommandError, match="no account 'nobody'") as ended:
        run("--account", "nobody", "--json")
    assert ended.value.returncode == 2
