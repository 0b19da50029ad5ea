"""One press, at most one call: however many threads, processes and requests come with the same ID at once."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.test import Client
from support import processes
from support.presses import at_once, placed_at, press, requests_of
from support.simulator import NUMBER

from clickcall.models import Account, Call, CallEvent, CallRules, Dispatch, Member
from clickcall.simulator import Simulator

pytestmark = pytest.mark.django_db(transaction=True)
STORM = pytest.mark.storm
ONCE = "pressed-by-everybody"


def one_call(provider: Simulator) -> Call:
    """The provider has one call, was asked once, and so it stands in our row."""
    (placed,) = placed_at(provider)
    assert len(requests_of(provider)) == 1
    call = Call.objects.get()
    assert (call.dispatch, call.call_session_id) == (Dispatch.ACCEPTED, str(placed["call_session_id"]))
    assert CallEvent.objects.filter(kind="pressed").count() == 1
    return call


def flags(external_id: str = ONCE, contact: str = "79260000000") -> list[str]:
    told = ["--account", "acme", "--as", "anna", "--number", NUMBER]
    return [*told, "--external-id", external_id, "--contact", contact]


@pytest.mark.parametrize(
    ("threads", "others"), [(5, 1), pytest.param(50, 8, marks=STORM)], ids=["a tenth", "full size"]
)
def test_threads_and_processes_with_one_id_place_one_call(
    provider: Simulator, anna: Member, threads: int, others: int
) -> None:
    waiting = [processes.dial(*flags()) for _ in range(others)]
    for process in waiting:
        processes.go(process)
    placements = at_once(threads, lambda _: press(anna, external_id=ONCE))
    printed = [processes.result(process) for process in waiting]

    call = one_call(provider)
    assert {placement.call for placement in placements} == {call}
    assert {placement.call.call_session_id for placement in placements if placement.call} == {call.call_session_id}
    assert {(one["dispatch"], one["call_session_id"], one["exit"]) for one in printed} == {
        ("accepted", int(call.call_session_id), 0)
    }
    first = [placement.duplicate for placement in placements] + [one["duplicate"] for one in printed]
    assert first.count(False) == 1


@pytest.mark.parametrize("threads", [5, pytest.param(50, marks=STORM)])
def test_whoever_comes_while_the_answer_is_slow_waits_for_it(provider: Simulator, anna: Member, threads: int) -> None:
    slow = provider.world.config.slow_seconds
    object.__setattr__(provider.world.config, "slow_seconds", 0.3)
    try:
        placements = at_once(threads, lambda _: press(anna, "+7 926 000-00-17", external_id=ONCE))
    finally:
        object.__setattr__(provider.world.config, "slow_seconds", slow)
    call = one_call(provider)
    assert {(one.call.dispatch, one.call.call_session_id) for one in placements if one.call} == {
        (Dispatch.ACCEPTED, call.call_session_id)
    }


@pytest.mark.parametrize("threads", [5, pytest.param(50, marks=STORM)])
def test_presses_of_their_own_place_a_call_each(provider: Simulator, anna: Member, threads: int) -> None:
    placements = at_once(threads, lambda position: press(anna, f"+7 926 100-00-{position:02}"))
    sessions = {one.call.call_session_id for one in placements if one.call}
    assert len(sessions) == threads
    assert {str(line["call_session_id"]) for line in placed_at(provider)} == sessions
    assert set(Call.objects.values_list("call_session_id", flat=True)) == sessions


@pytest.fixture
def site(account: Account) -> Iterator[str]:
    """A server of its own process, which has the machine's clock: calls at any hour."""
    CallRules.objects.create(account=account, hours_on=False)
    with processes.serving() as address:
        yield address


class Browser:
    """A signed-in session of its own connection, as a tab has."""

    def __init__(self, site: str, member: Member) -> None:
        client = Client()
        client.force_login(member.user)
        self.site, self.http = site, requests.Session()
        self.http.trust_env = False
        self.http.cookies.update({"sessionid": client.cookies["sessionid"].value, "csrftoken": "x" * 32})

    def press(self, **fields: str) -> requests.Response:
        with self.http:
            return self.http.post(
                f"{self.site}/calls/",
                data={"virtual_phone_number": NUMBER, "contact": "+79260000000", "place": "row", **fields},
                headers={"X-CSRFToken": "x" * 32, "HX-Request": "true"},
                timeout=30,
            )


@pytest.mark.parametrize("tabs", [6, pytest.param(64, marks=STORM)])
def test_tabs_with_one_id_place_one_call(provider: Simulator, anna: Member, site: str, tabs: int) -> None:
    browsers = [Browser(site, anna) for _ in range(tabs)]
    answers: list[Any] = at_once(tabs, lambda position: browsers[position].press(external_id=ONCE))
    assert {answer.status_code for answer in answers} == {200}
    call = one_call(provider)
    assert all(f"/calls/{call.pk}/bar/" in answer.text for answer in answers)
    assert all(ONCE not in answer.text for answer in answers), "a used button must offer a new ID"
