"""What the simulator tells of calls, as its receiver and its journal have it."""

from typing import Any

from clickcall.simulator import Simulator

from .simulator import Receiver, eventually

PRESS = ["outgoing", "waiting", "waiting", "talk_started", "talk_finished", "call_finished", "recording_ready"]


def sent(simulator: Simulator) -> list[dict[str, Any]]:
    """The journal's lines for what was delivered, or was to be."""
    return [line for line in simulator.journal() if line["type"] == "webhook"]


def all_of(simulator: Simulator, receiver: Receiver) -> list[dict[str, Any]]:
    """What the receiver was told, once nothing is under way any more."""
    eventually(lambda: simulator.world.webhooks.pending == 0)
    return receiver.bodies()
