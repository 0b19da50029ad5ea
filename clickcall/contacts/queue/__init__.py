"""The queue of a list: it offers, a person presses. Each contact is with one person at a time."""

from .leases import release, renew
from .offers import Offer, next_for
from .places import forget
from .results import is_overtaken, move, note_end, note_outcome

__all__ = ["Offer", "forget", "is_overtaken", "move", "next_for", "note_end", "note_outcome", "release", "renew"]
