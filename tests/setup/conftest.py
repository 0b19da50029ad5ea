"""An account whose provider answers on a real socket, and its admin."""

from collections.abc import Callable, Iterator

import pytest
from support import people
from support.presses import connect
from support.simulator import NUMBER, SEVER, sever_config

from clickcall import gateway
from clickcall.models import Account, Member
from clickcall.setup.known import Known
from clickcall.setup.step import Step
from clickcall.setup.survey import Survey, survey
from clickcall.simulator import Simulator

__all__ = ["NUMBER", "SEVER"]


@pytest.fixture
def provider(account: Account) -> Iterator[Simulator]:
    """The demo's provider; the account is connected to it and has no key yet."""
    with Simulator(sever_config(blacklist=())) as simulator:
        connect(account, simulator.url)
        yield simulator
    gateway.wire().close()


@pytest.fixture
def look(adam: Member) -> Callable[[], Survey]:
    """The set-up as the admin would see it now."""
    return lambda: survey(Known(Member.objects.select_related("account").get(pk=adam.pk)))


@pytest.fixture
def at(look: Callable[[], Survey]) -> Callable[[str], Step]:
    """How a step stands now."""
    return lambda slug: next(step for step in look().steps if step.slug == slug)


@pytest.fixture
def keyed(account: Account) -> Account:
    people.make_token(account, SEVER)
    return account
