"""Pressing Call in tests, and what the simulator's journal says of it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connections

from clickcall.calls import services
from clickcall.calls.forms import CallForm
from clickcall.models import Account, Call, Member
from clickcall.simulator import Simulator

from .simulator import NUMBER

T = TypeVar("T")
CONTACT = "+7 926 000-00-00"


def connect(account: Account, root: str) -> None:
    """Points the account at a provider at `root` (an address without the APIs' paths)."""
    root = root.rstrip("/")
    account.call_api_url, account.data_api_url = f"{root}/v4.0", f"{root}/v2.0"
    account.save()


def form_of(member: Member, contact: str = CONTACT, **given: Any) -> CallForm:
    """A valid form."""
    data = {"virtual_phone_number": NUMBER, "contact": contact, "first_call": "employee", **given}
    form = CallForm(data, member=member)
    assert form.is_valid(), form.errors
    return form


def press(member: Member, contact: str = CONTACT, *, external_id: str = "", **given: Any) -> services.Placement:
    """A press that asks no questions; with a new ID of its own unless one is given."""
    form = form_of(member, contact, **given)
    return services.place_call(form, external_id=external_id or services.new_external_id(), asks=False)


def pressed(member: Member, contact: str = CONTACT, **given: Any) -> Call:
    """The call of a press."""
    call = press(member, contact, **given).call
    assert call is not None
    return Call.objects.get(pk=call.pk)


def requests_of(simulator: Simulator, method: str = "start.vnumber_call") -> list[dict[str, Any]]:
    """The journal's lines for requests of this method."""
    return [line for line in simulator.journal() if line["type"] == "request" and line["method"] == method]


def placed_at(simulator: Simulator) -> list[dict[str, Any]]:
    """The journal's lines for calls placed."""
    return [line for line in simulator.journal() if line["type"] == "call" and line["event"] == "placed"]


def at_once(count: int, work: Callable[[int], T]) -> list[T]:
    """`work(0)` … `work(count - 1)` in as many threads, let go together; their results."""
    gate = threading.Barrier(count)

    def one(position: int) -> T:
        try:
            gate.wait()
            return work(position)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
