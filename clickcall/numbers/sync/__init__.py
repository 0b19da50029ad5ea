"""Fetching what the provider keeps for an account: itself, its numbers, media files, employees, tags and blacklist.

One run at a time for an account, by a lease. The network is outside of transactions; each list is applied in one. What
is gone at the provider is marked gone, never deleted, and a list that did not come whole changes nothing.
"""

from .apply import Counts
from .run import STEPS, SyncResult, synchronise
from .state import State, ask_for, state

__all__ = ["STEPS", "Counts", "State", "SyncResult", "ask_for", "state", "synchronise"]
