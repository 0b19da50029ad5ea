"""The telephone exchange: holds the calls, ends them when their time has come, lets outsiders call in.

Everything happens when somebody looks: `settle` brings the exchange up to the present. Not safe for threads by
itself; the world's lock is held around it.
"""

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from clickcall.simulator.blacklist import Blacklists
from clickcall.simulator.calls import Call
from clickcall.simulator.config import Account, Config, Number
from clickcall.simulator.journal import Journal
from clickcall.simulator.past import Past
from clickcall.simulator.plans import BLOCKED, Plan, plan_inbound
from clickcall.simulator.refusals import Refusal


class Exchange:
    """The calls of all accounts, in the order in which they were placed. `base_url` is where recordings are played,
    communications are counted from `first_communication` on, another one each time that the simulator is started, and
    `past` holds calls of before the simulator was started.
    """

    def __init__(
        self, config: Config, speed: float, clock: Callable[[], float], journal: Journal, blacklists: Blacklists
    ) -> None:
        self._config, self._speed, self._clock, self._journal = config, speed, clock, journal
        self._blacklists = blacklists
        self.base_url = ""
        self._watchers: list[Callable[[Call], None]] = []
        self._last_id = 0
        self.first_communication = self._communications = int(clock() * 100)
        self.reset()

    def reset(self) -> None:
        """Forget all calls. Identifiers go on."""
        self._calls: defaultdict[str, list[Call]] = defaultdict(list)
        self._live: dict[float, Call] = {}
        self._by_communication: dict[float, Call] = {}
        self.past = Past()
        self._ends: list[tuple[float, int]] = []
        self._inbound_calls = 0
        self._next_inbound = self._clock() + self._inbound_pause()

    def watch(self, watcher: Callable[[Call], None]) -> None:
        """Have `watcher` told of every call that was placed, and again when it was cut short."""
        self._watchers.append(watcher)

    def place(self, account: Account, plan: Plan, **asked: Any) -> Call:
        """Start a call; `asked` are the remaining fields of Call.

        Its id is the start in microseconds: it grows, exceeds 32 bits and differs from run to run.
        """
        return self._start(account, plan, self.settle(), **asked)

    def release(self, account: Account, call_session_id: float) -> Call:
        """Hang up. Raises `call_session_not_found` for a call that is over, unknown or another account's."""
        now, call = self.settle(), self.find(account, call_session_id)
        call.released_at = now
        heapq.heappush(self._ends, (now, call.id))
        self._tell(call)
        self.settle()
        return call

    def find(self, account: Account, call_session_id: float) -> Call:
        """A running call. Raises `call_session_not_found` as `release` does."""
        self.settle()
        call = self._live.get(call_session_id)
        if call is None or call.account.slug != account.slug:
            raise Refusal("call_session_not_found", "call_session_id", call_session_id, call_session_id=call_session_id)
        return call

    def communication(self, communication_id: float) -> Call | None:
        """The call of that communication in any account, running or over."""
        self.settle()
        return self._by_communication.get(communication_id)

    def count(self, account: Account) -> int:
        """How many calls the account has had."""
        return len(self._calls[account.slug])

    def live(self, account: Account) -> list[Call]:
        """The account's running calls."""
        self.settle()
        return [call for call in self._live.values() if call.account.slug == account.slug]

    def between(self, account: Account, first: float, last: float) -> Iterator[Call]:
        """The account's calls that were placed from `first` on and before `last`, Unix times."""
        self.settle()
        calls = self._calls[account.slug]
        for position in range(bisect_left(calls, first, key=lambda call: call.placed_at), len(calls)):
            if calls[position].placed_at >= last:
                return
            yield calls[position]

    def settle(self) -> float:
        """Bring everything up to the present, which is returned."""
        now = self._clock()
        while self._next_inbound <= now:
            self._let_in(self._next_inbound)
            self._next_inbound += self._inbound_pause()
        while self._ends and self._ends[0][0] <= now:
            call = self._live.pop(heapq.heappop(self._ends)[1], None)
            if call is not None:
                self._note("ended", call, call.ends_at, finish_reason=call.finish_reason)
        return now

    def _start(self, account: Account, plan: Plan, at: float, **asked: Any) -> Call:
        self._last_id = max(self._last_id + 1, int(at * 1_000_000))
        self._communications += 1
        call = Call(
            id=self._last_id,
            communication_id=self._communications,
            account=account,
            plan=plan,
            placed_at=at,
            speed=self._speed,
            **asked,
        )
        self._calls[account.slug].append(call)
        self._live[call.id] = self._by_communication[call.communication_id] = call
        heapq.heappush(self._ends, (call.ends_at, call.id))
        self._note("placed", call, at)
        self._tell(call)
        return call

    def _tell(self, call: Call) -> None:
        for watcher in self._watchers:
            watcher(call)

    def _inbound_pause(self) -> float:
        inbound = self._config.inbound
        return inbound.every / self._speed if inbound.every > 0 and inbound.callers else float("inf")

    def let_in(self, account: Account, number: Number, contact: str, *, missed: bool) -> Call:
        """Somebody calls a number of ours at once."""
        self._inbound_calls += 1
        return self._ring_in(account, number, contact, missed, self.settle())

    def _let_in(self, at: float) -> None:
        """The next of the configured callers calls the next number."""
        inbound = self._config.inbound
        account = self._config.account(inbound.account)
        numbers = [number for number in account.numbers if number.rings]
        nth = self._inbound_calls = self._inbound_calls + 1
        missed = bool(inbound.missed_every) and nth % inbound.missed_every == 0
        self._ring_in(account, numbers[nth % len(numbers)], inbound.callers[nth % len(inbound.callers)], missed, at)

    def _ring_in(self, account: Account, number: Number, contact: str, missed: bool, at: float) -> Call:
        blocked = contact in self._blacklists.phones(account)
        return self._start(
            account,
            BLOCKED if blocked else plan_inbound(missed, self._inbound_calls),
            at,
            contact=contact,
            virtual_number=number.number,
            direction="in",
            employee=account.employee(number),
        )

    def _note(self, event: str, call: Call, at: float, **more: Any) -> None:
        self._journal.write(
            "call",
            at,
            event=event,
            account=call.account.slug,
            call_session_id=call.id,
            external_id=call.external_id,
            request_id=call.request_id,
            contact=call.contact,
            virtual_phone_number=call.virtual_number,
            direction=call.direction,
            **more,
        )
