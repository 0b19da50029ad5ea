"""The demo's accounts at the simulator, over sockets."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from django.utils.timezone import localdate, now
from support.simulator import Receiver, Rpc, eventually, sever_config

from clickcall.management.demo.fill import fill
from clickcall.management.demo.past import rows_of
from clickcall.management.demo.provider import connect
from clickcall.models import Account, Call, Member, Origin
from clickcall.simulator import Simulator

pytestmark = pytest.mark.django_db


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(sever_config()) as simulator:
        yield simulator


@pytest.fixture
def pages() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


def start(folder: Path, simulator: Simulator, pages: Receiver) -> None:
    """What a start of the demo does."""
    provider = simulator.url.rstrip("/")
    is_new = fill(folder, int(provider.rpartition(":")[2]))
    connect(provider, pages.url.partition("/hooks")[0], is_new=is_new)


def test_a_start_links_people_and_is_told_of_calls(tmp_path: Path, simulator: Simulator, pages: Receiver) -> None:
    start(tmp_path, simulator, pages)
    linked = Member.objects.exclude(employee=None).select_related("employee", "user", "account")
    assert {(one.account.slug, one.user.username) for one in linked} == {
        *(("sever", name) for name in ("anna", "oleg", "rita", "mikhail", "elena")),
        *(("northwind", name) for name in ("grace", "tom")),
    }
    assert all(one.employee and one.employee.phones for one in linked)
    simulator.inbound("sever", "79161234501", "74993720692")
    bodies = eventually(lambda: pages.bodies() if len(pages.taken) == 2 else None)
    assert [body["event"] for body in bodies] == ["incoming", "waiting"]


def test_the_simulator_knows_the_past_and_plays_it(tmp_path: Path, simulator: Simulator, pages: Receiver) -> None:
    start(tmp_path, simulator, pages)
    sever = Account.objects.get(slug="sever")
    day = timedelta(days=1)  # in the account's zone it may be tomorrow already
    window = {"date_from": f"{localdate() - 20 * day} 00:00:00", "date_till": f"{localdate() + 2 * day} 00:00:00"}
    rpc = Rpc(simulator.data_api_url)
    rows = rpc.data("get.calls_report", **window, limit=10_000, fields=["id", "call_api_external_id", "talk_duration"])
    rpc.close()
    ours = sever.calls.exclude(call_session_id="").values_list("call_session_id", "external_id", "talk_duration")
    theirs = {(str(row["id"]), row["call_api_external_id"], row["talk_duration"]) for row in rows}
    assert theirs == {(session, ours_id, talk or 0) for session, ours_id, talk in ours}
    talk = Call.objects.filter(account=sever, origin=Origin.PRESS).exclude(record_link="")[0]
    assert requests.get(talk.record_link, timeout=5).headers["Content-Type"] == "audio/wav"


def test_a_second_start_tells_the_past_anew_and_links_nobody_again(
    tmp_path: Path, simulator: Simulator, pages: Receiver
) -> None:
    start(tmp_path, simulator, pages)
    anna = Member.objects.get(user__username="anna")
    anna.employee = None
    anna.save()
    simulator.reset()
    start(tmp_path, simulator, pages)
    anna.refresh_from_db()
    assert anna.employee is None
    sever = Account.objects.get(slug="sever")
    known = list(simulator.world.exchange.past.between(sever_config().account("sever"), 0, now().timestamp()))
    assert len(known) == len(list(rows_of(sever))) > 40


def test_a_simulator_that_is_not_there_is_waited_for_and_then_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clickcall.management.demo.provider.PATIENCE", 0.0)
    with pytest.raises(requests.ConnectionError):
        connect("http://127.0.0.1:9", "http://127.0.0.1:8", is_new=False)
