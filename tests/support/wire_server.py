"""A server on a real socket that does to each request what its script says."""

import gzip
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any


@dataclass
class Seen:
    """A request as it arrived, and the connection (numbered from 1) that brought it."""

    connection: int
    head: str
    body: bytes

    @property
    def call(self) -> dict[str, Any]:
        return json.loads(self.body)


Script = Callable[[Seen, socket.socket], None]


class WireServer:
    """`script` may answer, drip, or close; by default the connection stays open for the next request."""

    def __init__(self, script: Script, tls: ssl.SSLContext | None = None) -> None:
        self.script = script
        self.requests: list[Seen] = []
        self.connections = 0
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}/v4.0"
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def arrived(self, count: int = 1) -> list[Seen]:
        """The requests, as soon as there are `count`: a client that gave up can be ahead of this server's threads."""
        give_up = time.monotonic() + 5
        while len(self.requests) < count and time.monotonic() < give_up:
            time.sleep(0.001)
        return self.requests

    def close(self) -> None:
        for sock in [self._listener, *self._open]:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self._open.append(sock)
                self.connections += 1
                threading.Thread(target=self._serve, args=(sock, self.connections), daemon=True).start()

    def _serve(self, sock: socket.socket, number: int) -> None:
        with suppress(OSError, ValueError):
            if self._tls:
                sock = self._tls.wrap_socket(sock, server_side=True)
                self._open.append(sock)
            with sock, sock.makefile("rb") as stream:
                while seen := _read(stream, number):
                    self.requests.append(seen)
                    self.script(seen, sock)


def _read(stream: Any, number: int) -> Seen | None:
    head = ""
    while line := stream.readline().decode("latin-1"):
        head += line
        if line == "\r\n":
            length = next(
                (int(h.split(":")[1]) for h in head.split("\r\n") if h.lower().startswith("content-length")), 0
            )
            return Seen(number, head, stream.read(length))
    return None


@contextmanager
def serving(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[WireServer]:
    server = WireServer(script, tls)
    try:
        yield server
    finally:
        server.close()


def http(body: bytes | str, status: str = "200 OK", *headers: str) -> bytes:
    raw = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(raw)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + raw


def success(seen: Seen, data: Any, metadata: Any = None) -> bytes:
    result = {"data": data} if metadata is None else {"data": data, "metadata": metadata}
    return http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "result": result}))


def answers(data: Any, metadata: Any = None) -> Script:
    """Every request succeeds with `data`."""
    return lambda seen, sock: sock.sendall(success(seen, data, metadata))


def sends(*pieces: bytes, pause: float = 0.0) -> Script:
    """The same bytes for every request, piece by piece."""

    def script(_seen: Seen, sock: socket.socket) -> None:
        for piece in pieces:
            sock.sendall(piece)
            time.sleep(pause)

    return script


def closes_with_a_reset(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def resets(_seen: Seen, sock: socket.socket) -> None:
    closes_with_a_reset(sock)
    raise ConnectionError("the server ends the connection")


def hangs(_seen: Seen, _sock: socket.socket) -> None:
    """The request is read, and that is all."""


def sends_and_closes(piece: bytes) -> Script:
    def script(_seen: Seen, sock: socket.socket) -> None:
        sock.sendall(piece)
        sock.shutdown(socket.SHUT_RDWR)

    return script


def gzipped(body: bytes) -> bytes:
    return http(gzip.compress(body), "200 OK", "Content-Encoding: gzip")
