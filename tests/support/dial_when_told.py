"""`dial` in a process of its own that starts up first and begins when it is told, so that several begin together.

With DIE_BEFORE_SENDING set it is killed, as by `kill -9`, when its row is written and nothing has been sent.
"""

import os
import signal
import sys
from typing import Any

import django
from django.core.management import call_command


def die(*_args: Any, **_kwargs: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    django.setup()
    from clickcall.calls.services import press

    if os.environ.get("DIE_BEFORE_SENDING"):
        press.send = die  # type: ignore[assignment]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    call_command("dial", *sys.argv[1:])


if __name__ == "__main__":
    main()
