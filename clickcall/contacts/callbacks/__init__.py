"""Calls that were promised for a time: by one person, or by anyone who works the list."""

from ...web.waiting import callbacks as waiting
from .agenda import agenda, due
from .services import call_off, fulfil, hand_over, move, promise, remind, replaced, settle, withdraw

__all__ = [
    "agenda",
    "call_off",
    "due",
    "fulfil",
    "hand_over",
    "move",
    "promise",
    "remind",
    "replaced",
    "settle",
    "waiting",
    "withdraw",
]
