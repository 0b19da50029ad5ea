"""An account that notifications come to."""

import pytest
from support.hooks import Send, sender

from clickcall.calls.webhooks import raw_days
from clickcall.models import Account, VirtualNumber


@pytest.fixture
def send(account: Account, number: VirtualNumber) -> Send:
    return sender(account)


@pytest.fixture(autouse=True)
def _awake() -> None:
    raw_days.wake()
