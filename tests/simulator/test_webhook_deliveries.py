"""How notifications travel: tried again, lost, repeated and shuffled on request, to addresses that change."""

import json
from collections import Counter
from dataclasses import replace
from typing import Any

from support.notices import PRESS, all_of, sent
from support.simulator import Clock, Receiver, Rpc, eventually, sever_config

from clickcall.simulator import Simulator
from clickcall.simulator.config import Notifications


def test_every_delivery_is_in_the_journal_with_its_status_and_tried_again(clock: Clock) -> None:
    with Receiver(503, 404) as receiver, Simulator(sever_config(webhook=receiver.url), clock=clock) as simulator:
        session = simulator.inbound("sever", "79161234501")
        eventually(lambda: len(sent(simulator)) == 2)
        clock.tick(0.3)
        lines = eventually(lambda: found if len(found := sent(simulator)) == 3 else None)
    told = sorted((line["event"], line["attempt"], line["status"]) for line in lines)
    assert told == [("incoming", 1, 503), ("incoming", 2, 200), ("waiting", 1, 404)]
    assert {line["call_session_id"] for line in lines} == {session}
    assert json.loads(lines[2]["body"]) == receiver.bodies()[0]
    assert "secret" not in json.dumps(lines)


def test_a_receiver_that_is_not_there_stops_no_call(clock: Clock) -> None:
    config = sever_config(webhook="http://127.0.0.1:9/")
    with Simulator(config, clock=clock) as simulator:
        rpc = Rpc(simulator.call_api_url)
        rpc.start()
        for pause in (0.21, 1.01, 3.01):
            before = len(eventually(lambda: sent(simulator)))
            clock.tick(pause)
            eventually(lambda before=before: len(sent(simulator)) > before)
        eventually(lambda: [line["attempt"] for line in sent(simulator) if line["event"] == "incoming"] == [1, 2, 3, 4])
        assert {line["status"] for line in sent(simulator)} == {None}
        assert rpc.data("list.calls") != []
        rpc.close()


def faulty(receiver: Receiver, clock: Clock, **shares: float) -> tuple[list[str], list[dict[str, Any]]]:
    """The events that come of twenty presses, and the journal's lines about them."""
    config = replace(sever_config(webhook=receiver.url), webhooks=Notifications(seed=7, **shares))  # type: ignore[arg-type]
    with Simulator(config, clock=clock) as simulator:
        rpc = Rpc(simulator.call_api_url)
        for _ in range(20):
            rpc.start(direction="out")
        clock.tick(90)
        all_of(simulator, receiver)
        rpc.close()
    return receiver.events(), sent(simulator)


def test_lost_events_do_not_come(receiver: Receiver, clock: Clock) -> None:
    events, lines = faulty(receiver, clock, lose=0.3)
    lost = [line for line in lines if line["fault"] == "lost"]
    assert len(events) + len(lost) == 20 * len(PRESS)
    assert 20 < len(lost) < 70
    assert {line["status"] for line in lost} == {None}


def test_repeated_events_come_again_as_they_were(receiver: Receiver, clock: Clock) -> None:
    events, lines = faulty(receiver, clock, repeat=0.3)
    assert 20 < len(events) - 20 * len(PRESS) < 70
    assert len([line for line in lines if line["fault"] == "repeated"]) == len(events) - 20 * len(PRESS)
    assert len(set(receiver.taken)) == 20 * len(PRESS)


def test_shuffled_events_come_out_of_order_but_all(receiver: Receiver, clock: Clock) -> None:
    events, _ = faulty(receiver, clock, shuffle=0.5)
    orders = {}
    for body in receiver.bodies():
        orders.setdefault(body["call_session_id"], []).append(body["event"])
    assert Counter(events) == Counter(PRESS * 20)
    assert any(order != PRESS for order in orders.values())


def test_faults_are_alike_for_the_same_seed(clock: Clock) -> None:
    runs = []
    for _ in range(2):
        with Receiver() as receiver:
            events, _ = faulty(receiver, clock, lose=0.3, repeat=0.2)
            runs.append(Counter(events))
    assert runs[0] == runs[1]
