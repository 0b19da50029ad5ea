"""`hook_secret_env`: the end of the address for notifications comes from the environment."""

import pytest
from support.provisioning import ACCOUNT, Provision, Refuse

from clickcall.calls.webhooks import addresses
from clickcall.models import Account

ONE, OTHER = "first-secret-0123456789", "second-secret-0123456789"
LINE = '\nhook_secret_env = "ACME_HOOK"'


def test_a_new_account_gets_it_and_the_same_file_changes_nothing(
    provision: Provision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACME_HOOK", ONE)
    assert provision(ACCOUNT + LINE)["created"] == 1
    assert Account.objects.get().hook_secret.reveal() == ONE
    assert provision(ACCOUNT + LINE) == {"created": 0, "updated": 0, "unchanged": 1}


def test_another_secret_overlaps_with_the_one_before(provision: Provision, monkeypatch: pytest.MonkeyPatch) -> None:
    for secret, updated in ((ONE, 0), (OTHER, 1)):
        monkeypatch.setenv("ACME_HOOK", secret)
        assert provision(ACCOUNT + LINE)["updated"] == updated
    account = Account.objects.get()
    assert [addresses.opened(str(account.public_id), one) for one in (ONE, OTHER)] == [account, account]


def test_without_the_key_the_secret_is_left_alone(provision: Provision, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_HOOK", ONE)
    provision(ACCOUNT + LINE)
    assert provision(ACCOUNT)["unchanged"] == 1
    assert Account.objects.get().hook_secret.reveal() == ONE


def test_a_variable_that_is_not_there_is_a_bad_file(refuse: Refuse) -> None:
    assert refuse(ACCOUNT + LINE).startswith("account[0].hook_secret_env: the environment has no ACME_HOOK")


def test_a_secret_that_is_too_short_is_a_bad_file(refuse: Refuse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_HOOK", "short")
    assert refuse(ACCOUNT + LINE).startswith("account[0].hook_secret_env: 16 to 200 letters")


def test_the_secret_itself_has_no_place_in_the_file(refuse: Refuse) -> None:
    assert "unknown key" in refuse(f'{ACCOUNT}\nhook_secret = "{ONE}"')
