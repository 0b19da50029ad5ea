"""gunicorn inside our own process: threads, no configuration file, its messages among our own log lines."""

import gc
import math
import socket
import time
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from .warm_threads import WarmThreads

BACKLOG = 512
_OBJECTS = 10_000  # between two looks for cycles
_WAIT, _MOST_WAITS = 0.0003, 8  # seconds for each request under way


class PortTaken(OSError):  # noqa: N818 - what the operator has to know
    """Somebody else listens there, or we may not."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that is ours from now on. Raises `PortTaken`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise PortTaken(error.errno, error.strerror) from error
    return listener


def _settle(_worker: Any) -> None:
    """What has been loaded stays: a full collection that walks all of it would hold up a press for 60 ms.

    A press makes about ten thousand objects. Looking for cycles after every seven hundred took a tenth of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS)


class ServerLogger(Logger):  # type: ignore[misc]
    """Hands gunicorn's messages to our handlers, which mask what has to be masked; requests are not logged."""

    def setup(self, cfg: Any) -> None:
        self.cfg = cfg
        self._access_log_enabled = False
        self.error_log.propagate = True
        self.error_log.setLevel("WARNING")


class EvenWorker(ThreadWorker):  # type: ignore[misc]
    """Leaves a new connection to a process that has less to do, and a request to a thread that has just worked.

    Clients keep their connections: without this most of those that come at once stay with the process that woke up
    first, and a process runs Python on one processor only.
    """

    def get_thread_pool(self) -> WarmThreads:
        return WarmThreads(self.cfg.threads)

    def accept(self, listener: socket.socket) -> None:
        """Whoever is at work waits a moment for each request; by then another one has the connection."""
        at_work = self.nr_conns - len(self.keepalived_conns) - len(self.pending_conns)
        time.sleep(max(0, min(at_work, _MOST_WAITS)) * _WAIT)
        super().accept(listener)


class WebServer(BaseApplication):  # type: ignore[misc]
    """Serves the WSGI application on a socket that listens already."""

    def __init__(self, listener: socket.socket, ready: Any) -> None:
        self._listener = listener
        self._ready = ready
        super().__init__()

    def load_config(self) -> None:
        # A press that is being sent when we are told to end has its answer by then.
        graceful = settings.CLICKCALL_CONNECT_TIMEOUT + settings.CLICKCALL_READ_TIMEOUT + 5
        chosen = {
            "bind": f"fd://{self._listener.detach()}",
            "workers": settings.CLICKCALL_WEB_PROCESSES,
            "worker_class": EvenWorker,
            "threads": settings.CLICKCALL_WEB_THREADS,
            "keepalive": 5,
            "timeout": 60,
            "graceful_timeout": math.ceil(graceful),
            "control_socket_disable": True,
            "proc_name": "clickcall",
            "logger_class": ServerLogger,
            "post_worker_init": _settle,
            "when_ready": lambda _: self._ready(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_wsgi_application()

    def run(self) -> None:
        connections.close_all()  # a connection must not be shared with the processes that are forked now
        super().run()
