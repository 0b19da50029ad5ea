import socket
from collections import deque

import pytest
from gunicorn.workers.gthread import ThreadWorker
from pytest_django import Settings

from clickcall.management.web_server import EvenWorker, PortTaken, WebServer, listen


def test_a_port_that_somebody_listens_on_is_taken() -> None:
    with listen("127.0.0.1", 0) as first, pytest.raises(PortTaken) as found:
        listen("127.0.0.1", first.getsockname()[1])
    assert "in use" in str(found.value)


def test_an_ended_process_does_not_hold_its_port() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            accepted, _ = first.accept()
            accepted.close()
    listen("127.0.0.1", port).close()


def test_a_press_in_flight_has_its_answer_before_the_server_insists(settings: Settings) -> None:
    settings.CLICKCALL_CONNECT_TIMEOUT, settings.CLICKCALL_READ_TIMEOUT = 2.5, 20.0
    settings.CLICKCALL_WEB_PROCESSES, settings.CLICKCALL_WEB_THREADS = 3, 7
    server = WebServer(listen("127.0.0.1", 0), ready=lambda: None)
    assert server.cfg.graceful_timeout > 22.5
    assert (server.cfg.workers, server.cfg.threads, server.cfg.worker_class) == (3, 7, EvenWorker)
    assert (server.cfg.keepalive, server.cfg.control_socket_disable) == (5, True)
    socket.socket(fileno=server.cfg.address[0]).close()


def test_a_process_at_work_leaves_a_new_connection_to_another(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("clickcall.management.web_server.time.sleep", waited.append)
    taken: list[object] = []
    monkeypatch.setattr(ThreadWorker, "accept", lambda _worker, listener: taken.append(listener))
    worker = EvenWorker.__new__(EvenWorker)
    worker.pending_conns = deque()
    for open_ones, kept in ((0, 0), (5, 5), (3, 1), (99, 9)):
        worker.nr_conns, worker.keepalived_conns = open_ones, deque(range(kept))
        worker.accept("the listener")  # type: ignore[arg-type]
    assert waited == pytest.approx([0, 0, 0.0006, 0.0024])
    assert taken == ["the listener"] * 4
