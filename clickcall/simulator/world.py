"""Everything that the simulator knows, behind one lock."""

import threading
import time
from collections.abc import Callable

from clickcall.simulator.access import Access
from clickcall.simulator.blacklist import Blacklists
from clickcall.simulator.config import Config
from clickcall.simulator.exchange import Exchange
from clickcall.simulator.journal import Journal
from clickcall.simulator.points import Points
from clickcall.simulator.webhooks import Webhooks


class World:
    """The state of a simulator; whoever touches it holds `lock`. `clock` gives Unix time."""

    def __init__(self, config: Config, speed: float = 1.0, clock: Callable[[], float] = time.time) -> None:
        self.config, self.clock, self.lock = config, clock, threading.Lock()
        self.access = Access(config, clock)
        self.points = Points(clock)
        self.blacklists = Blacklists(config)
        self.journal = Journal(clock)
        self.exchange = Exchange(config, speed, clock, self.journal, self.blacklists)
        self.speed = speed
        self.webhooks = Webhooks(config, clock, self.lock, self.exchange, self.journal)

    def reset(self) -> None:
        """Forget calls, journal, points and changes of blacklists; configuration and session keys stay."""
        with self.lock:
            self.exchange.reset()
            self.webhooks.reset()
            self.journal.clear()
            self.points.reset()
            self.blacklists.reset()
