"""The simulator as an HTTP server in threads of its own."""

import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

from clickcall.simulator.config import Config
from clickcall.simulator.config_file import check, load_config
from clickcall.simulator.listener import Server
from clickcall.simulator.world import World


class Simulator:
    """A provider on `host`:`port` (0 = a free one) whose calls run `speed` times as fast as real ones.

        with Simulator(config, speed=50) as simulator:
            requests.post(simulator.call_api_url, json=...)

    Raises ConfigError for an impossible configuration, OSError when the port is taken.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        speed: float = 1.0,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Callable[[], float] | None = None,
    ) -> None:
        config = config or load_config()
        check(config)
        self.world = World(config, speed, *([clock] if clock else []))
        self._server = Server((host, port), self.world)
        self.world.exchange.base_url = self.url
        self._thread = threading.Thread(target=self._server.serve, name="simulator", daemon=True)

    @property
    def url(self) -> str:
        """The root, with a slash at the end."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}/"

    @property
    def call_api_url(self) -> str:
        """Where the Call API takes its POSTs."""
        return f"{self.url}v4.0"

    @property
    def data_api_url(self) -> str:
        """Where the Data API takes its POSTs."""
        return f"{self.url}v2.0"

    def start(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        self.world.webhooks.start()
        return self

    def stop(self) -> None:
        """Answer no more: close every connection, whatever was being waited for, and free the port."""
        self._server.stop_listening()
        if self._thread.is_alive():
            self._thread.join()
        self.world.webhooks.stop()
        self._server.hang_up()
        self._server.server_close()

    def journal(self) -> list[dict[str, Any]]:
        """What `GET /journal` answers, parsed."""
        with self.world.lock:
            self.world.exchange.settle()
            return self.world.journal.lines()

    def webhook(self, slug: str, url: str, templates: Mapping[str, str] | None = None) -> None:
        """What `POST /webhook` does. Raises ConfigError."""
        with self.world.lock:
            self.world.webhooks.aim(self.world.config.account(slug), url, templates or {})

    def inbound(self, slug: str, contact: str, virtual_phone_number: str = "", *, missed: bool = False) -> int:
        """What `POST /inbound` does: the call's session id. Raises ConfigError."""
        with self.world.lock:
            account = self.world.config.account(slug)
            number = account.ringing_number(virtual_phone_number)
            return self.world.exchange.let_in(account, number, contact, missed=missed).id

    def reset(self) -> None:
        """What `POST /reset` does."""
        self.world.reset()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
