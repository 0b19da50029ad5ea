"""`rotate_keys`: encrypts every stored secret anew."""

import json
import sys
from typing import Any

from clickcall.management import rotation
from clickcall.management.database import require_ready
from clickcall.management.exact_command import ExactCommand

UNREADABLE = 1


class Command(ExactCommand):
    """`rotate_keys`: all secrets under the newest key of CLICKCALL_TOKEN_KEYS, the first one of the list.

    Prints {rotated, current, unreadable, removable} as JSON: `removable` are the places in the list of the keys that
    may go, once every process has been started with the new list. Ends with 1 when a secret can be read with none of
    the keys: then none may go.
    """

    help = "Encrypts all stored secrets with the newest of CLICKCALL_TOKEN_KEYS and says which keys may go"

    def handle(self, *args: Any, **options: Any) -> None:
        require_ready()
        result = rotation.rotate()
        for place in result.places:
            self.stderr.write(f"No key of CLICKCALL_TOKEN_KEYS opens {place}.")
        counted = {"rotated": result.rotated, "current": result.current, "unreadable": result.unreadable}
        self.stdout.write(json.dumps({**counted, "removable": result.removable}))
        if result.removable:
            places = ", ".join(str(place) for place in result.removable)
            self.stderr.write(
                f"May be removed from CLICKCALL_TOKEN_KEYS once every process was started with this list: key {places}."
            )
        if result.unreadable:
            sys.exit(UNREADABLE)
