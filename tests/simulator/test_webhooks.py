"""Event notifications, over real HTTP to a receiver of ours."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import requests
from support.notices import PRESS, all_of, sent
from support.simulator import NORTHWIND, NUMBER, Clock, Receiver, Rpc, eventually, sever_config

from clickcall.simulator import ConfigError, Simulator
from clickcall.simulator.config import Inbound, Notifications


def test_a_press_is_told_from_its_beginning_to_its_recording(
    told: Receiver, simulator: Simulator, call_api: Rpc, clock: Clock
) -> None:
    session = call_api.start(direction="out", external_id="ours")
    legs = [call_api.data("list.calls")[0]["legs"][0]["leg_id"]]
    eventually(lambda: told.events() == PRESS[:2])
    clock.tick(60)
    bodies = all_of(simulator, told)
    assert [body["event"] for body in bodies] == PRESS
    assert {body["call_session_id"] for body in bodies} == {session}
    outgoing, employee, contact, started, finished, ended, recorded = bodies
    assert "external_id" not in outgoing
    assert (outgoing["employee_phone_number"], employee["external_id"]) == ("0486101", "ours")
    assert [employee["leg_id"]] == legs
    assert started["leg_ids"] == f"{employee['leg_id']},{contact['leg_id']}"
    assert (started["employee_id"], started["employee_full_name"]) == (486101, "Анна Кузнецова")
    assert (finished["talk_time_duration"], finished["scenario_name"]) == (12, "Москва, Анна")
    assert [ended[f"{name}_time_duration"] for name in ("wait", "talk", "total")] == [8, 12, 20]
    assert (ended["direction"], ended["external_id"]) == ("out", "ours")
    assert recorded["file_duration"] == 12
    assert requests.get(recorded["file_link"], timeout=5).status_code == 200


def test_times_are_the_accounts_own_and_those_of_the_events(
    told: Receiver, simulator: Simulator, call_api: Rpc, clock: Clock
) -> None:
    began = int(clock.now)
    call_api.start(direction="out")
    clock.tick(60)
    bodies = all_of(simulator, told)
    assert [body["notification_timestamp"] - began for body in bodies] == [0, 0, 3, 8, 20, 20, 25]
    for body in bodies:
        local = datetime.fromtimestamp(body["notification_timestamp"], ZoneInfo("Europe/Moscow"))
        assert body["notification_time"] == local.strftime("%Y-%m-%d %H:%M:%S")
    assert {body["app_id"] for body in bodies} == {4861}


@pytest.mark.parametrize(
    ("contact", "events"),
    [
        ("79260000001", ["incoming", "waiting", "waiting", "lost_call", "call_finished"]),
        ("79260000004", ["incoming", "waiting", "lost_call", "call_finished"]),
    ],
)
def test_a_call_without_a_talk_has_no_events_of_one(
    told: Receiver, simulator: Simulator, call_api: Rpc, clock: Clock, contact: str, events: list[str]
) -> None:
    call_api.start(contact)
    clock.tick(60)
    assert [body["event"] for body in all_of(simulator, told)] == events


def test_colleagues_are_told_of_by_name(told: Receiver, simulator: Simulator, call_api: Rpc, clock: Clock) -> None:
    call_api.start("79260000005", direction="out")
    clock.tick(60)
    bodies = all_of(simulator, told)
    waiting = [body["employee_full_name"] for body in bodies if body["event"] == "waiting"]
    assert waiting == ["Анна Кузнецова", "Олег Дементьев", "Олег Дементьев"]
    assert bodies[-1]["employee_id"] == 486102


def test_a_call_that_is_hung_up_is_told_as_it_ended(
    told: Receiver, simulator: Simulator, call_api: Rpc, clock: Clock
) -> None:
    session = call_api.start(direction="out")
    clock.tick(5)
    call_api.data("release.call", call_session_id=session)
    clock.tick(60)
    bodies = all_of(simulator, told)
    assert [body["event"] for body in bodies] == ["outgoing", "waiting", "waiting", "call_finished"]
    assert bodies[-1]["wait_time_duration"] == 5
    session = call_api.start(direction="out")
    clock.tick(10)
    call_api.data("release.call", call_session_id=session)
    clock.tick(60)
    bodies = [body for body in all_of(simulator, told) if body["call_session_id"] == session]
    assert [body["event"] for body in bodies] == PRESS
    assert bodies[-2]["talk_time_duration"] == 2


def test_calls_from_outside_are_told_too_and_missed_ones_as_lost(
    told: Receiver, simulator: Simulator, clock: Clock
) -> None:
    simulator.inbound("sever", "79161234501", NUMBER)
    missed = simulator.inbound("sever", "79161234502", NUMBER, missed=True)
    clock.tick(60)
    bodies = all_of(simulator, told)
    talk = [body["event"] for body in bodies if body["call_session_id"] != missed]
    lost = [body for body in bodies if body["call_session_id"] == missed]
    assert talk == ["incoming", "waiting", "talk_started", "talk_finished", "call_finished", "recording_ready"]
    assert [body["event"] for body in lost] == ["incoming", "waiting", "lost_call", "call_finished"]
    assert (lost[2]["employee_ids"], lost[2]["wait_time_duration"]) == ("486101", 15)
    assert (lost[0]["contact_phone_number"], lost[3]["external_id"]) == ("79161234502", "")


def test_callers_come_although_nobody_asks(clock: Clock, receiver: Receiver) -> None:
    callers = Inbound(every=90, account="sever", callers=("79161234501",))
    with Simulator(sever_config(inbound=callers, webhook=receiver.url), clock=clock) as simulator:
        clock.tick(91)
        eventually(lambda: receiver.events() == ["incoming", "waiting"])
    assert [line["event"] for line in sent(simulator)] == ["incoming", "waiting"]


def test_a_press_need_not_be_announced(clock: Clock, receiver: Receiver) -> None:
    config = replace(sever_config(webhook=receiver.url), webhooks=Notifications(announce_presses=False))
    with Simulator(config, clock=clock) as simulator:
        rpc = Rpc(simulator.call_api_url)
        rpc.start(direction="out")
        simulator.inbound("sever", "79161234501")
        rpc.close()
        eventually(lambda: Counter(receiver.events()) == {"waiting": 2, "incoming": 1})


def test_an_event_can_come_before_the_answer_to_the_press(receiver: Receiver) -> None:
    config = replace(sever_config(webhook=receiver.url), slow_seconds=0.3)
    with Simulator(config) as simulator:
        rpc = Rpc(simulator.call_api_url)
        rpc.start("79260000017")
        assert receiver.events() == ["incoming", "waiting"]
        rpc.close()


def test_speed_divides_the_times_of_events(receiver: Receiver) -> None:
    with Simulator(sever_config(webhook=receiver.url), speed=200) as simulator:
        rpc = Rpc(simulator.call_api_url)
        rpc.start(direction="out")
        eventually(lambda: receiver.events() == PRESS, 3)
        rpc.close()


def test_other_accounts_are_not_told_about(told: Receiver, simulator: Simulator, call_api: Rpc) -> None:
    call_api.token = NORTHWIND
    call_api.start(virtual_phone_number="442038070100")
    assert simulator.world.webhooks.pending == 0


def test_the_url_can_be_set_over_http_while_calls_run(
    simulator: Simulator, call_api: Rpc, receiver: Receiver, clock: Clock
) -> None:
    call_api.start(direction="out")
    clock.tick(1)
    order = {"account": "sever", "url": receiver.url, "templates": {"waiting": '{"event": "waiting", "n": {{leg_id}}}'}}
    assert requests.post(f"{simulator.url}webhook", json=order, timeout=5).status_code == 204
    clock.tick(60)
    bodies = all_of(simulator, receiver)
    assert [body["event"] for body in bodies] == PRESS[2:]
    assert set(bodies[0]) == {"event", "n"}
    assert requests.post(f"{simulator.url}webhook", json={"account": "sever"}, timeout=5).status_code == 204
    call_api.start()
    assert simulator.world.webhooks.pending == 0


def test_a_template_that_was_pasted_wrongly_is_sent_as_it_is(
    simulator: Simulator, call_api: Rpc, receiver: Receiver
) -> None:
    wrong = '{"event": "waiting", "id": "{{external_id}}", "none": {{nonsense}}, {{talk_time_duration}}'
    simulator.webhook("sever", receiver.url, {"waiting": wrong})
    call_api.start(external_id="ours")
    eventually(lambda: len(receiver.taken) == 2)
    simulator.webhook("sever", "")
    assert receiver.taken[1] == '{"event": "waiting", "id": ""ours"", "none": "", ""'


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http://", "http://a b/", "http://a:x/", "http://ä/", "/hooks/"])
def test_what_is_no_url_is_refused(simulator: Simulator, url: str) -> None:
    with pytest.raises(ConfigError, match="URL"):
        simulator.webhook("sever", url)
    answer = requests.post(f"{simulator.url}webhook", json={"account": "sever", "url": url}, timeout=5)
    assert (answer.status_code, "URL" in answer.text) == (400, True)


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"account": 5}', b'{"colour": 1}', b'{"account": "nobody"}', b"\xff"])
@pytest.mark.parametrize("path", ["webhook", "inbound"])
def test_an_order_that_makes_no_sense_is_refused(simulator: Simulator, path: str, body: bytes) -> None:
    assert requests.post(f"{simulator.url}{path}", data=body, timeout=5).status_code == 400


def test_a_reset_forgets_what_has_not_been_told(told: Receiver, simulator: Simulator, call_api: Rpc) -> None:
    call_api.start()
    simulator.reset()
    eventually(lambda: simulator.world.webhooks.pending == 0)
    assert sent(simulator) == []
    call_api.start(direction="out")
    eventually(lambda: told.events()[-2:] == ["outgoing", "waiting"])
