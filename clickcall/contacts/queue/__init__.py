"""The queue of a list: it offers, a person presses. Each contact is with one person at a time."""

from .leases import release, renew
from .offers import Offer, next_for
from .results import move, note_end, note_outcome

__all__ = ["Offer", "move", "next_for", "note_end", "note_outcome", "release", "renew"]
