"""Does my phone ring? Only a phone check tells: one call that rings nobody else, and what its member says of it."""

from .light import Light, light, offline
from .proofs import Proof, proofs
from .services import CheckForm, begin, hang_up_overdue, linked_phone, tell

__all__ = [
    "CheckForm",
    "Light",
    "Proof",
    "begin",
    "hang_up_overdue",
    "light",
    "linked_phone",
    "offline",
    "proofs",
    "tell",
]
