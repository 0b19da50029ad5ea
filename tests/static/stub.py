"""A small server that holds still: it answers as a test tells it to, and writes down what it was asked."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from django.template.loader import render_to_string

STATIC = Path(__file__).resolve().parents[2] / "static"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"
)


class Stub(ThreadingHTTPServer):
    """`answers[path]` = (status, body) or a list of them, the last one for ever; `seen` = what was asked, in order.

    The body of a redirect is where it leads.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.body = ""
        self.answers: dict[str, Any] = {}
        self.says: list[str] = []  # a heading and a line, as the server has words of its own for a refusal
        self.seen: list[str] = []
        self.gate = threading.Event()
        self.gate.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def answer(self, path: str) -> tuple[int, str]:
        found = self.answers.get(path, (404, "nothing here"))
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found

    def wait_for(self, asked: int) -> None:
        """Until so much was asked: a page's clock can be turned faster than its requests travel."""
        deadline = time.monotonic() + 10
        while len(self.seen) < asked and time.monotonic() < deadline:
            time.sleep(0.01)

    def page(self) -> str:
        head = render_to_string("components/head.html") + render_to_string("components/scripts.html")
        return f'<!DOCTYPE html><html lang="en"><head><title>Own</title>{head}</head><body>{self.body}</body></html>'


class Handler(BaseHTTPRequestHandler):
    server: Stub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/":
            return self.send(200, self.server.page())
        if path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            return self.send(200, file.read_text(encoding="utf-8"), KINDS[file.suffix])
        self.server.seen.append(f"GET {self.path}")
        return self.send(*self.server.answer(path))

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        where = "" if self.path == "/calls/" else f"{self.path} "
        self.server.seen.append(f"POST {where}{form['external_id'][0]}")
        self.server.gate.wait(10)
        self.send(*self.server.answer(self.path))

    def send(self, status: int, body: str, kind: str = "text/html") -> None:
        content = b"" if status == 204 else body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", STRICT)
        if status == 302:
            self.send_header("Location", body)
        if self.server.says:
            self.send_header("X-Says", json.dumps(self.server.says))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class names it so
        pass
