from datetime import date

import pytest
from support.provisioning import ACCOUNT, Provision, Refuse

from clickcall.models import Account, Token


@pytest.mark.parametrize(
    ("wrong", "path", "reason"),
    [
        ('secret_env = "NOT_THERE"', "account[0].token[0].secret_env", "NOT_THERE"),
        ("", "account[0].token[0].secret", "give a secret"),
        ('secret = "a"\nlogin = "b"', "account[0].token[0].secret", "give a secret"),
        ('secret = "a"\nsecret_env = "ACME_TOKEN"', "account[0].token[0].secret_env", "either"),
        ('login = "b"', "account[0].token[0].password", "login"),
        ('secret = "a"\npassword = "b"', "account[0].token[0].password", "login"),
        ('secret = ""', "account[0].token[0].secret", "empty"),
        ('secret = "a"\nexpires_on = "2030-01-31"', "account[0].token[0].expires_on", "a date"),
        ('login = "a"\npassword = "b"\nexpires_on = 2030-01-31', "account[0].token[0].expires_on", "no last day"),
        ('login = "b"\npassword_env = "NOT_THERE"', "account[0].token[0].password_env", "NOT_THERE"),
    ],
)
def test_a_token_without_a_whole_secret_is_a_bad_file(refuse: Refuse, wrong: str, path: str, reason: str) -> None:
    said = refuse(f'{ACCOUNT}\n[[account.token]]\nname = "main"\n{wrong}')
    assert said.startswith(f"{path}: ")
    assert reason in said


def test_the_order_of_tokens_is_the_order_of_use(provision: Provision) -> None:
    first, second = (f'[[account.token]]\nname = "{name}"\nsecret = "secret-of-{name}"\n' for name in "ab")
    provision(ACCOUNT + first + second)
    assert provision(ACCOUNT + second + first)["updated"] == 2
    assert [token.name for token in Token.objects.usable()] == ["b", "a"]


def test_the_last_day_of_a_key_is_kept_and_changes_with_the_file(provision: Provision) -> None:
    key = f'{ACCOUNT}\n[[account.token]]\nname = "main"\nsecret = "secret-of-a"\nexpires_on = '
    provision(f"{key}2030-01-31")
    assert provision(f"{key}2030-01-31")["updated"] == 0
    assert provision(f"{key}2031-01-31")["updated"] == 1
    assert Token.objects.get().expires_on == date(2031, 1, 31)


def test_a_login_with_a_password_from_the_environment_is_a_token_too(
    provision: Provision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_PASSWORD", "sesame")
    provision(f'{ACCOUNT}\n[[account.token]]\nname = "main"\nlogin = "api"\npassword_env = "API_PASSWORD"')
    token = Token.objects.get()
    assert (token.kind, token.login, token.password.reveal()) == ("login", "api", "sesame")


@pytest.mark.parametrize(
    ("setting", "key"),
    [
        ('timezone = "Mars"', "timezone"),
        ('country = "Russia"', "country"),
        ("colour = 9", "colour"),
        ("tts_max_length = -1", "tts_max_length"),
        ('call_api_url = "http://127.0.0.1:9000/v4.0"', "call_api_url"),
        ('blacklist = ["79260000000", "1"]', "blacklist[1]"),
    ],
)
def test_a_wrong_setting_of_the_account_is_refused_at_its_key(refuse: Refuse, setting: str, key: str) -> None:
    assert refuse(ACCOUNT + setting).startswith(f"account[0].{key}: ")


def test_a_new_account_needs_a_name_and_a_brand_with_its_addresses(refuse: Refuse) -> None:
    assert refuse('[[account]]\nslug = "a"').startswith("account[0].name: ")
    assert refuse('[[account]]\nslug = "a"\nname = "A"').startswith("account[0].brand: ")
    assert refuse('[[account]]\nslug = "a"\nname = "A"\nbrand = "custom"').startswith("account[0].call_api_url: ")


def test_what_the_file_says_again_is_the_operators_whoever_typed_it(provision: Provision, example: str) -> None:
    provision(example)
    account = Account.objects.get()
    assert account.typed_urls == []
    Account.objects.update(typed_urls=[account.call_api_url])
    assert provision(example)["updated"] == 1
    assert Account.objects.get().typed_urls == []
