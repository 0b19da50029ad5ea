"""HTTP/1.1 with keep-alive, small packets sent at once, and the ill manners that some fates ask for."""

import socket
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

from clickcall.simulator.delivery import Reply, plain
from clickcall.simulator.dispatch import Visit, answer
from clickcall.simulator.routes import get, order
from clickcall.simulator.world import World

LONGEST_BODY = 1024 * 1024
LONGEST_HANG = 120.0
APIS = {"/v4.0": "call", "/v2.0": "data"}


class Server(ThreadingHTTPServer):
    """Counts connections, and can end them all. A client that goes away is no error."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], world: World) -> None:
        self.world = world
        self.stopping = threading.Event()
        self.numbers = count(1)
        self.to_reset: set[socket.socket] = set()
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        super().__init__(address, Handler)

    def server_bind(self) -> None:
        """Bind without the look-up of our own name that the library makes."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "simulator", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, then serve it in a thread."""
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def close_request(self, request: Any) -> None:
        """Close and forget the connection."""
        super().close_request(request)
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()

    def shutdown_request(self, request: Any) -> None:
        """Close politely, or with a reset where `Handler` asked for one: then without the FIN before it."""
        if request in self.to_reset:
            self.to_reset.discard(request)
            request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent about a client that closed the connection; print anything else."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def serve(self) -> None:
        """Take connections until `stop_listening`: that returns at once, `shutdown` after a poll's interval."""
        while not self.stopping.is_set():
            try:
                request, client_address = self.get_request()
            except OSError:
                continue
            self.process_request(request, client_address)

    def stop_listening(self) -> None:
        """Make `serve` return."""
        self.stopping.set()
        self.socket.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """End every open connection and wait for the threads that serve them."""
        with self._changed:
            for one in self._open:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue
            self._changed.wait_for(lambda: not self._open, timeout=5)


class Handler(BaseHTTPRequestHandler):
    """One connection: the two APIs here, everything else in `routes`."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Simulator", ""
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Server

    def setup(self) -> None:
        """Give the connection its number."""
        super().setup()
        self.number = next(self.server.numbers)

    def do_POST(self) -> None:
        """A request to an API, or an order to the simulator itself."""
        body = self._body()
        if body is None:
            return
        if self.path not in APIS:
            self._send(order(self.server.world, self.path, body))
        elif self.headers.get_content_type() != "application/json":
            self._plain(415, "Content-Type must be application/json; charset=UTF-8")
        else:
            charset = self.headers.get_content_charset("utf-8")
            visit = Visit(APIS[self.path], self.client_address[0], self.number, charset)
            self._carry_out(answer(self.server.world, visit, body))

    def do_GET(self) -> None:
        """The journal, a recording, or a word about what this is."""
        if self.path in APIS:
            self._plain(405, "Only POST is allowed")
        else:
            self._send(get(self.server.world, self.path, self.headers.get("Range", "")))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's name)
        """Say nothing: the journal says it."""

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            self._refuse(411, "Content-Length is required")
            return None
        if int(length) > LONGEST_BODY:
            self._refuse(413, "The request is too long")
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _refuse(self, status: int, text: str) -> None:
        self.close_connection = True
        self._plain(status, text)

    def _plain(self, status: int, text: str) -> None:
        self._send(plain(status, text))

    def _carry_out(self, reply: Reply) -> None:
        if reply.hang:
            self._hang()
        elif reply.reset:
            self.server.to_reset.add(self.request)
            self.close_connection = True
        elif not self.server.stopping.wait(reply.delay):
            self._send(reply)

    def _hang(self) -> None:
        """Say nothing until the client goes away; a time-out or reset ends the thread as a lost client does."""
        self.close_connection = True
        self.connection.settimeout(LONGEST_HANG)
        self.connection.recv(1, socket.MSG_PEEK)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        if reply.status != 204:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
        if reply.status == 405:
            self.send_header("Allow", "POST")
        for name, value in reply.headers:
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body)
