"""The TOML file: what it may say, and how a mistake is named."""

from pathlib import Path
from typing import Any

import pytest

from clickcall.simulator import Config, ConfigError, Fate, Simulator, load_config, read_config
from clickcall.simulator.config import Account, Token

ACCOUNT = {"slug": "one", "number": [{"number": "74950000001"}]}


def test_the_demo_has_two_accounts() -> None:
    sever, northwind = load_config().accounts
    assert (sever.slug, sever.timezone, northwind.timezone) == ("sever", "Europe/Moscow", "Europe/London")
    assert [token.state for token in sever.tokens] == ["active", "expired"]
    assert sever.automatic_number_management
    assert not northwind.automatic_number_management


def test_every_table_of_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "provider.toml"
    path.write_text(
        """
        report_delay = 2
        [[account]]
        slug = "one"
        allowed_ips = ["10.0.0.0/8"]
          [[account.token]]
          value = "t"
          state = "blocked"
          [[account.employee]]
          id = 7
          name = "Anna"
          phones = ["0101"]
          [[account.number]]
          number = "74950000001"
          employee = 7
        [fates]
        79260000001 = "busy"
        [inbound]
        every = 30
        callers = ["79260000009"]
        """,
        encoding="utf-8",
    )
    config = load_config(path)
    (account,) = config.accounts
    assert account.tokens == (Token("t", state="blocked"),)
    assert account.employee(account.numbers[0]) == account.employees[0]
    assert (config.report_delay, config.inbound.every) == (2.0, 30.0)
    assert config.fates == {"79260000001": Fate.BUSY}


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        ({"colour": 1}, "top level: unknown key 'colour'"),
        ({"account": [{"slug": "one", "colour": 1}]}, "account 1: unknown key 'colour'"),
        ({"account": [{"slug": "one", "tokens": []}]}, "account 1: unknown key 'tokens'"),
        ({"account": [{"name": "One"}]}, "account 1: 'slug' is missing"),
        ({"account": [{"slug": "one", "token": [{}]}]}, "account 1, token 1: 'value' is missing"),
        ({"account": [{"slug": 1}]}, "account 1: slug has the wrong type"),
        ({"account": [{"slug": "one", "inactive": 1}]}, "account 1: inactive has the wrong type"),
        ({"account": [{"slug": "one", "blacklist": [1]}]}, "account 1: blacklist has the wrong type"),
        ({"account": [{"slug": "one", "timezone": "Mars/Base"}]}, "account one"),
        ({"account": [{"slug": "one", "allowed_ips": ["home"]}]}, "account one"),
        (
            {"account": [{"slug": "one", "token": [{"value": "t", "state": "dead"}]}]},
            "state must be one of active, blocked, expired, invalid",
        ),
        (
            {"account": [{"slug": "one", "number": [{"number": "7", "scenarios": [{"is_active": True}]}]}]},
            "account 1, number 1, scenarios 1: 'name' is missing",
        ),
        ({"account": [{"slug": "one", "deprecated": "yes"}]}, "deprecated must be one of"),
        ({"account": [ACCOUNT, ACCOUNT]}, "two accounts with one slug"),
        (
            {"account": [{"slug": "one", "token": [{"value": "t"}, {"value": "t"}]}]},
            "two tokens with one value",
        ),
        (
            {"account": [{"slug": "one", "number": [{"number": "7", "employee": 3}]}]},
            "number 7: there is no employee 3",
        ),
        ({"fates": {"7926": "eaten"}}, "fates: 7926: there is no fate 'eaten'"),
        ({"inbound": {"account": "two"}}, "inbound: there is no account 'two'"),
        ({"account": [{"slug": "one"}], "inbound": {"every": 5}}, "the account has no number with a scenario"),
        ({"webhooks": {"lose": 1.5}}, "webhooks: lose must be a share"),
        (
            {"account": [{"slug": "one", "webhook": "ftp://there/"}]},
            "account one: 'ftp://there/' is no http or https URL",
        ),
        ({"inbound": {"every": 5}}, "inbound: there is no account"),
    ],
)
def test_a_mistake_is_named_with_its_place(document: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        read_config(document)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "provider.toml"
    with pytest.raises(ConfigError, match=r"provider\.toml"):
        load_config(path)
    path.write_text("account =", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"provider\.toml"):
        load_config(path)


def test_a_configuration_made_by_hand_is_checked_too() -> None:
    with pytest.raises(ConfigError):
        Simulator(Config(accounts=(Account("one"), Account("one"))))
