"""Event notifications: an HTTP POST for each event of a call, sent by threads of their own that hold up nobody."""

import heapq
import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from clickcall.simulator.calls import Call
from clickcall.simulator.config import Account, Config
from clickcall.simulator.exchange import Exchange
from clickcall.simulator.journal import Journal
from clickcall.simulator.notices import Notice, notices, variables
from clickcall.simulator.posting import Target, post
from clickcall.simulator.recordings import talk_link
from clickcall.simulator.templates import render

SENDERS = 4
TICK = 0.02
RETRIES = (0.2, 1.0, 3.0)
"""Real seconds until a delivery that failed is tried again."""
LATEST = 6.0
"""Seconds at speed 1 by which a delivery can be late on request, or repeated."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notice on its way; `ends_at` is when the call was to end, and `era` how many resets there had been, when it was
    planned.
    """

    call: Call
    notice: Notice
    ends_at: float
    era: int
    fault: str = ""
    attempt: int = 1
    body: str = ""


@dataclass(slots=True)
class Queue:
    """What one sender has to do, by its time. Deliveries of one call share a queue, so that they keep their order."""

    due: list[tuple[float, int, Delivery]] = field(default_factory=list)
    wake: threading.Event = field(default_factory=threading.Event)
    busy: bool = False

    def next(self, now: float) -> Delivery | None:
        """What is due at `now`, taken out."""
        self.busy = bool(self.due and self.due[0][0] <= now)
        return heapq.heappop(self.due)[2] if self.busy else None


class Webhooks:
    """Follows the calls of an exchange and tells about them. `lock` is the world's; `aim` and `reset` want it held."""

    def __init__(
        self, config: Config, clock: Callable[[], float], lock: threading.Lock, exchange: Exchange, journal: Journal
    ) -> None:
        self._config, self._clock, self._lock, self._exchange, self._journal = config, clock, lock, exchange, journal
        exchange.watch(self._follow)
        self._targets = {account.slug: Target(account.webhook) for account in config.accounts if account.webhook}
        self._queues = [Queue() for _ in range(SENDERS)]
        self._serial, self._era = count(), 0
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(one,), daemon=True) for one in self._queues]

    @property
    def pending(self) -> int:
        """How many deliveries have not been made yet, those of running calls included."""
        with self._lock:
            return sum(len(queue.due) + queue.busy for queue in self._queues)

    def aim(self, account: Account, url: str, templates: Mapping[str, str]) -> None:
        """Send the account's notifications there from now on; an empty `url` ends them. Raises ConfigError."""
        if not url:
            self._targets.pop(account.slug, None)
            return
        known, now = account.slug in self._targets, self._clock()
        self._targets[account.slug] = Target(url, templates)
        for call in [] if known else self._exchange.live(account):
            self._plan(call, now)

    def reset(self) -> None:
        """Forget what has not been sent. Where to send it is kept."""
        self._era += 1
        for queue in self._queues:
            queue.due.clear()

    def start(self) -> None:
        """Begin to send."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Send no more; waits for deliveries that are on the wire."""
        self._stopping.set()
        for queue, thread in zip(self._queues, self._threads, strict=True):
            queue.wake.set()
            if thread.is_alive():
                thread.join()

    def _follow(self, call: Call) -> None:
        """Plan what will be told about a call: when it was placed, and again when it was cut short."""
        if call.account.slug in self._targets:
            self._plan(call, call.placed_at if call.released_at is None else call.released_at)

    def _plan(self, call: Call, since: float) -> None:
        faults = self._config.webhooks
        announced = call.request_id is None or faults.announce_presses
        told = notices(call, self._config.recording_delay, announced=announced)
        for place, notice in enumerate(told):
            if notice.at >= since:
                self._submit(Delivery(call, notice, call.ends_at, self._era), place)

    def _submit(self, delivery: Delivery, place: int) -> None:
        """Into the queue, once or twice or late, as the configured faults will have it: always alike for a seed."""
        call, notice, faults = delivery.call, delivery.notice, self._config.webhooks
        nth = call.communication_id - self._exchange.first_communication
        dice = random.Random(f"{faults.seed} {nth} {notice.event} {place}")
        loses, repeats, delays = (dice.random() < share for share in (faults.lose, faults.repeat, faults.shuffle))
        late, again = (dice.random() * LATEST / call.speed for _ in range(2))
        due = notice.at + (late if delays else 0.0)
        self._push(replace(delivery, fault="lost" if loses else "late" if delays else ""), due)
        if repeats and not loses:
            self._push(replace(delivery, fault="repeated"), due + again)

    def _push(self, delivery: Delivery, due: float) -> None:
        queue = self._queues[delivery.call.communication_id % SENDERS]
        heapq.heappush(queue.due, (due, next(self._serial), delivery))
        queue.wake.set()

    def _run(self, queue: Queue) -> None:
        while not self._stopping.is_set():
            with self._lock:
                if self._targets:
                    self._exchange.settle()
                delivery = queue.next(self._clock())
                watching = bool(queue.due or (self._targets and self._config.inbound.every))
            if delivery:
                self._send(delivery)
            else:
                queue.wake.wait(TICK if watching else None)
                queue.wake.clear()

    def _send(self, delivery: Delivery) -> None:
        with self._lock:
            target = self._targets.get(delivery.call.account.slug)
            if target is None or _is_void(delivery):
                return
            delivery = replace(delivery, body=delivery.body or self._body(delivery, target))
        status = None if delivery.fault == "lost" else post(target, delivery.body)
        with self._lock:
            if delivery.era != self._era:
                return
            self._note(delivery, status)
            if delivery.fault != "lost" and (status is None or status >= 500) and delivery.attempt <= len(RETRIES):
                pause = RETRIES[delivery.attempt - 1]
                self._push(replace(delivery, attempt=delivery.attempt + 1), self._clock() + pause)

    def _body(self, delivery: Delivery, target: Target) -> str:
        call, notice = delivery.call, delivery.notice
        values = variables(call, notice, talk_link(self._exchange.base_url, call))
        return render(notice.event, values, target.templates.get(notice.event))

    def _note(self, delivery: Delivery, status: int | None) -> None:
        call = delivery.call
        self._journal.write(
            "webhook",
            self._clock(),
            event=delivery.notice.event,
            account=call.account.slug,
            call_session_id=call.id,
            external_id=call.external_id,
            status=status,
            attempt=delivery.attempt,
            fault=delivery.fault or None,
            body=delivery.body,
        )


def _is_void(delivery: Delivery) -> bool:
    """Whether the call was cut short before this could happen."""
    return delivery.call.ends_at != delivery.ends_at and delivery.notice.at >= delivery.call.ends_at
