"""The secret at the end of the address: made once, renewed with an overlap, never shown by accident."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from clickcall.calls.webhooks import addresses
from clickcall.models import Account
from clickcall.models.fields import cipher

pytestmark = pytest.mark.django_db
CHOSEN = "chosen-elsewhere_0123456789.~"


def opens(account: Account, secret: str) -> bool:
    return addresses.opened(str(account.public_id), secret) == account


def test_the_first_secret_is_made_once(account: Account) -> None:
    again = Account.objects.get()
    assert addresses.make_secret(account)
    assert not addresses.make_secret(again)
    assert account.hook_secret == again.hook_secret
    assert len(account.hook_secret.reveal()) >= 40
    assert opens(account, account.hook_secret.reveal())


def test_the_one_before_opens_for_another_day(account: Account) -> None:
    addresses.make_secret(account)
    before = account.hook_secret.reveal()
    assert addresses.renew(account, last_four=account.hook_secret.last_four)
    after = account.hook_secret.reveal()
    assert before != after
    assert (opens(account, before), opens(account, after)) == (True, True)
    with time_machine.travel(now() + addresses.OVERLAP + timedelta(seconds=1)):
        assert (opens(account, before), opens(account, after)) == (False, True)


def test_a_page_sent_twice_does_not_close_the_address_in_use(account: Account) -> None:
    addresses.make_secret(account)
    before, last_four = account.hook_secret.reveal(), account.hook_secret.last_four
    assert addresses.renew(account, last_four=last_four)
    assert not addresses.renew(account, last_four=last_four)
    assert not addresses.renew(account, last_four="")
    assert opens(account, before)


def test_to_renew_what_is_not_there_makes_it(account: Account) -> None:
    assert addresses.renew(account, last_four="")
    assert opens(account, account.hook_secret.reveal())


def test_to_renew_once_more_ends_the_oldest(account: Account) -> None:
    addresses.make_secret(account)
    oldest = account.hook_secret.reveal()
    for _ in range(2):
        addresses.renew(account, last_four=account.hook_secret.last_four)
    assert not opens(account, oldest)


def test_a_secret_that_was_chosen_elsewhere_overlaps_with_the_one_before(account: Account) -> None:
    assert addresses.set_secret(account, CHOSEN)
    assert not addresses.set_secret(account, CHOSEN)
    assert addresses.set_secret(account, f"{CHOSEN}2")
    assert opens(account, CHOSEN)
    assert opens(account, f"{CHOSEN}2")


@pytest.mark.parametrize(
    "text", ["", "short", "x" * 201, "with/a/slash-0123456789", "с-русскими-буквами-01", "a" * 16 + "\n"]
)
def test_a_secret_that_fits_into_no_address_is_refused(account: Account, text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        addresses.set_secret(account, text)
    assert "hook_secret" in refused.value.message_dict


def test_the_address_is_what_opens(account: Account) -> None:
    addresses.set_secret(account, CHOSEN)
    whole = addresses.address(account, "https://calls.example/")
    assert whole == f"https://calls.example/hooks/{account.public_id}/{CHOSEN}/"


def test_the_masked_address_ends_with_four_characters(account: Account) -> None:
    addresses.set_secret(account, CHOSEN)
    masked = addresses.masked(account, "https://calls.example")
    assert masked == f"https://calls.example/hooks/{account.public_id}/••••{CHOSEN[-4:]}/"


def decryptions(monkeypatch: pytest.MonkeyPatch, look: Callable[[], object]) -> int:
    """How often a look has to decrypt: the dearest thing in it."""
    done: list[bytes] = []
    real = type(cipher()).decrypt
    monkeypatch.setattr(type(cipher()), "decrypt", lambda self, token: (done.append(token), real(self, token))[1])
    look()
    monkeypatch.undo()
    return len(done)


def test_a_wrong_address_costs_the_same_whatever_is_there(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, own = "x" * 43, str(account.public_id)
    costs = [decryptions(monkeypatch, lambda: addresses.opened(str(uuid4()), wrong))]
    costs.append(decryptions(monkeypatch, lambda: addresses.opened(own, wrong)))
    addresses.make_secret(account)
    costs.append(decryptions(monkeypatch, lambda: addresses.opened(own, wrong)))
    addresses.renew(account, last_four=account.hook_secret.last_four)
    costs.append(decryptions(monkeypatch, lambda: addresses.opened(own, wrong)))
    with time_machine.travel(now() + 2 * addresses.OVERLAP):
        costs.append(decryptions(monkeypatch, lambda: addresses.opened(own, wrong)))
    assert costs == [2] * 5


def test_a_secret_is_compared_in_constant_time(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bytes] = []
    monkeypatch.setattr(addresses, "compare_digest", lambda one, other: compared.append(other) or one == other)
    addresses.set_secret(account, CHOSEN)
    assert opens(account, CHOSEN)
    assert compared == [CHOSEN.encode()] * 4  # with what is remembered, and with what is held: two each


def test_an_address_that_has_opened_is_not_looked_up_again_at_once(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses.set_secret(account, CHOSEN)
    for remembered, asked in ((addresses.REMEMBERED, [1, 0, 0]), (0.0, [1, 1, 1])):
        addresses._opened.clear()
        monkeypatch.setattr(addresses, "REMEMBERED", remembered)
        counts = []
        for _ in asked:
            with CaptureQueriesContext(connection) as queries:
                assert opens(account, CHOSEN)
            counts.append(len(queries))
        assert counts == asked


def test_a_secret_made_now_opens_at_once_though_the_one_before_is_remembered(account: Account) -> None:
    addresses.set_secret(account, CHOSEN)
    assert opens(account, CHOSEN)
    addresses.set_secret(account, f"{CHOSEN}2")
    assert opens(account, f"{CHOSEN}2")
    assert not opens(account, f"{CHOSEN}3")


def test_an_empty_secret_opens_nothing(account: Account) -> None:
    assert not account.hook_secret
    assert not opens(account, "")
    assert not opens(account, addresses._STAND_IN)
